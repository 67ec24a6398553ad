# SPDX-License-Identifier: GPL-3.0-or-later
"""Slices that libraries decode, and headers that say something else than the slices."""
import os
import struct

from pydicom.dataelem import DataElement

import dicom_files as dicom
from case_checks import CASES, GOOD, case, check_refused, check_scans, digest, refuses, run, scan, shows, stored, told
from codestreams import HTJ2K, JPEG_2000, JPEG_BASELINE, JPEG_LS, converted, decoded, encoded, from_picture, openjpeg, openjph, wrapped
from dicom_files import ROWS, COLUMNS, frame_values, pack, save, volume

PIXELS = ROWS * COLUMNS


def narrow(bits, **how):
    """A volume whose values have fewer bits; in cells of 8 or 16."""
    data, code = volume(), "H" if bits > 8 else "B"
    data.BitsAllocated = 16 if bits > 8 else 8
    data.BitsStored, data.HighBit = bits, bits - 1
    data.PixelData = b"".join(pack(frame_values(frame, mask=(1 << bits) - 1), code) for frame in range(3))
    data["PixelData"].VR = "OW" if bits > 8 else "OB"
    for keyword, value in how.items():
        setattr(data, keyword, value)
    return data


def masked(bits, order=(0, 1, 2)):
    return stored(order, mask=(1 << bits) - 1)


# JPEG-LS
CASES.append(("jpeg-ls", lambda f: converted(f, volume(), "dcmcjpls", "+el"), shows(GOOD)))
CASES.append(("jpeg-ls-12-bit", lambda f: converted(f, narrow(12), "dcmcjpls", "+el"), shows(masked(12))))
CASES.append(("jpeg-ls-8-bit", lambda f: converted(f, narrow(8), "dcmcjpls", "+el"), shows(masked(8))))
CASES.append(("jpeg-ls-in-small-fragments", lambda f: converted(f, volume(), "dcmcjpls", "+el", "+fs", "1"), shows(GOOD)))
CASES.append(("jpeg-ls-without-table", lambda f: converted(f, volume(), "dcmcjpls", "+el", "-ot"), shows(GOOD)))


def same_as(*command, warnings=(), code="H"):
    """Each slice is what another program decodes."""
    def wanted(path):
        samples = decoded(path, *command)
        size = len(samples) // 3 // PIXELS * PIXELS
        return [digest(struct.unpack(f"<{PIXELS}{code}", samples[size * i:size * (i + 1)])) for i in range(3)]
    return told(lambda path: check_scans(path, [scan(wanted(path), *warnings)]), (wanted, warnings))


CASES.append(("jpeg-ls-near", lambda f: converted(f, narrow(12), "dcmcjpls", "+en", "+md", "3"), same_as("dcmdjpls")))


def jpeg_ls_padded(padding, folder):
    streams = encoded(folder, volume(), "dcmcjpls", "+el")
    return save(folder, wrapped([one[:one.rindex(b"\xff\xd9")] + padding + b"\xff\xd9" for one in streams], JPEG_LS))


CASES.append(("jpeg-ls-padding-before-the-end", lambda f: jpeg_ls_padded(b"\0\0", f), shows(GOOD)))
CASES.append(("jpeg-ls-fill-before-the-end", lambda f: jpeg_ls_padded(b"\xff", f), shows(GOOD)))


def jpeg_ls_changed(frame, change, folder):
    streams = encoded(folder, volume(), "dcmcjpls", "+el")
    streams[frame] = change(streams[frame])
    return save(folder, wrapped(streams, JPEG_LS))


def of_size(stream, rows, columns):
    at = stream.index(b"\xff\xf7") + 5
    return stream[:at] + struct.pack(">HH", rows, columns) + stream[at + 4:]


CASES.append(("jpeg-ls-cut-slice", lambda f: jpeg_ls_changed(1, lambda s: s[:len(s) // 2], f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-ls-cut-in-zeros", lambda f: jpeg_ls_changed(1, lambda s: s[:40] + bytes(20), f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-ls-first-slice-of-65535", lambda f: jpeg_ls_changed(0, lambda s: of_size(s, 65535, 65535), f), refuses("limit", "65535")))
CASES.append(("jpeg-ls-later-slice-of-65535", lambda f: jpeg_ls_changed(2, lambda s: of_size(s, 65535, 65535), f), shows(stored([0, 1, "corrupt-frame"]))))
CASES.append(("jpeg-ls-nothing-in-a-slice", lambda f: jpeg_ls_changed(0, lambda s: b"\0\0", f), shows(stored(["corrupt-frame", 1, 2]))))

# JPEG 2000
def of_enhanced(data):
    """GDCM refuses the class of DICOS."""
    data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = dicom.ENHANCED_CT
    return data


def signed(bits):
    sign, mask = 1 << (bits - 1), (1 << bits) - 1
    return [digest([((v & mask) ^ sign) - sign for v in frame_values(frame)], "h") for frame in range(3)]


CASES.append(("jpeg-2000", lambda f: converted(f, of_enhanced(volume()), "gdcmconv", "--j2k"), shows(GOOD)))
CASES.append(("jpeg-2000-12-bit-signed", lambda f: converted(f, of_enhanced(narrow(12, PixelRepresentation=1)), "gdcmconv", "--j2k"), shows(signed(12))))
CASES.append(("jpeg-2000-lossy", lambda f: converted(f, of_enhanced(volume()), "gdcmconv", "--j2k", "--lossy", "-q", "40"), same_as("gdcmconv", "--raw")))


def jpeg_2000(folder, bits=16, syntax=JPEG_2000, encoder=openjpeg, header=None, **how):
    streams = [encoder(folder, frame_values(frame, mask=(1 << bits) - 1), bits, **how) for frame in range(3)]
    return named(save(folder, wrapped(streams, JPEG_2000, **(header or {}))), syntax)


def named(path, syntax):
    """Puts in a transfer syntax that pydicom does not know."""
    old, new = (b"UI" + struct.pack("<H", len(uid) + len(uid) % 2) + uid.encode() + b"\0" * (len(uid) % 2) for uid in (JPEG_2000, syntax))
    return dicom.change(path, old, new)


def bits_of(n, **more):
    return dict(BitsStored=n, HighBit=n - 1, **more)


CASES.append(("jpeg-2000-by-openjpeg", jpeg_2000, shows(GOOD)))
CASES.append(("jpeg-2000-in-a-jp2-file", lambda f: jpeg_2000(f, ending=".jp2"), shows(GOOD)))
CASES.append(("jpeg-2000-in-tiles", lambda f: jpeg_2000(f, options=("-t", "8,8")), shows(GOOD)))
CASES.append(("jpeg-2000-by-layers", lambda f: jpeg_2000(f, options=("-r", "20,10,1", "-p", "RPCL")), shows(GOOD)))
CASES.append(("high-throughput-jpeg-2000", lambda f: jpeg_2000(f, syntax=HTJ2K, encoder=openjph), shows(GOOD)))
CASES.append(("high-throughput-12-bit", lambda f: jpeg_2000(f, 12, HTJ2K, openjph, bits_of(12)), shows(masked(12))))



def in_fragments(folder, streams, syntax, *ends):
    """Each codestream cut at these places, and no offset table."""
    data = wrapped(streams, syntax)
    items = [b""]
    for stream in streams:
        stream += b"\0" * (len(stream) % 2)
        places = [0, *ends, len(stream)]
        items += [stream[a:b] for a, b in zip(places, places[1:])]
    data.PixelData = b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(one)) + one for one in items)
    data["PixelData"].is_undefined_length = True
    return save(folder, data)


CASES.append(("jpeg-ls-in-uneven-fragments", lambda f: in_fragments(f, encoded(f, volume(), "dcmcjpls", "+el"), JPEG_LS, 4, 6, 30), shows(GOOD)))
CASES.append(("jpeg-2000-in-uneven-fragments", lambda f: in_fragments(f, [openjpeg(f, frame_values(i)) for i in range(3)], JPEG_2000, 4, 6, 50), shows(GOOD)))
CASES.append(("jp2-file-in-uneven-fragments", lambda f: in_fragments(f, [openjpeg(f, frame_values(i), ending=".jp2") for i in range(3)], JPEG_2000, 8, 90), shows(GOOD)))

# The header says something else
CASES.append(("jpeg-2000-of-12-bits-not-16", lambda f: jpeg_2000(f, 12), shows(masked(12), "codestream-differs", bits_stored=12)))
CASES.append(("jpeg-2000-of-16-bits-not-8", lambda f: jpeg_2000(f, header=bits_of(8, BitsAllocated=8)), shows(GOOD, "codestream-differs", bits_allocated=16, bits_stored=16)))
CASES.append(("jpeg-2000-of-14-bits-not-12", lambda f: jpeg_2000(f, 14, header=bits_of(12)), shows(masked(14), "codestream-differs", bits_stored=14)))
CASES.append(("jpeg-2000-without-a-sign", lambda f: jpeg_2000(f, header={"PixelRepresentation": 1}), shows(GOOD, "codestream-differs", signed=False)))
CASES.append(("jpeg-2000-of-another-size", lambda f: jpeg_2000(f, header={"Rows": 20, "Columns": 7}), shows(GOOD, "codestream-differs", rows=ROWS, columns=COLUMNS)))
CASES.append(("jpeg-ls-of-another-size", lambda f: save(f, wrapped(encoded(f, volume(), "dcmcjpls", "+el"), JPEG_LS, Rows=512)), shows(GOOD, "codestream-differs", rows=ROWS)))
CASES.append(("jpeg-ls-called-jpeg-2000", lambda f: save(f, wrapped(encoded(f, volume(), "dcmcjpls", "+el"), JPEG_2000)), shows(GOOD, "codestream-differs")))
CASES.append(("jpeg-lossless-of-12-bits-not-16", lambda f: jpeg_lossless_narrow(f), lambda path: has_sign_at_12(path)))


def jpeg_lossless_narrow(folder):
    """Two's complement of 12 bits in a codestream of 12 bits: only there stands where the sign is."""
    streams = encoded(folder, narrow(12), "dcmcjpeg", "+e1", "+pl", "+bt")
    return save(folder, wrapped(streams, dicom.JPEG_LOSSLESS, PixelRepresentation=1))


def has_sign_at_12(path):
    samples = struct.unpack(f"<{3 * PIXELS}h", decoded(path, "dcmdjpeg"))
    assert min(samples) >= 0 and max(samples) >= 2048, "the values are no test of a sign"
    values = [(v ^ 2048) - 2048 for v in samples]
    frames = [digest(values[PIXELS * i:PIXELS * (i + 1)], "h") for i in range(3)]
    check_scans(path, [scan(frames, "codestream-differs", bits_stored=12, signed=True)])


@case("later-slice-of-another-size", shows(stored([0, "corrupt-frame", 2])))
def _(folder):
    streams = [openjpeg(folder, frame_values(frame)) for frame in range(3)]
    streams[1] = openjpeg(folder, frame_values(1, columns=7), columns=7)
    return save(folder, wrapped(streams, JPEG_2000))


@case("later-slice-of-another-kind", shows(stored([0, "corrupt-frame", 2])))
def _(folder):
    streams = [openjpeg(folder, frame_values(frame)) for frame in range(3)]
    streams[1] = encoded(folder, volume(), "dcmcjpls", "+el")[1]
    return save(folder, wrapped(streams, JPEG_2000))


@case("later-slice-of-more-bits", shows(masked(12, [0]) + ["corrupt-frame"] + masked(12, [2]), "codestream-differs"))
def _(folder):
    streams = [openjpeg(folder, frame_values(frame, mask=4095), 14 if frame == 1 else 12) for frame in range(3)]
    return save(folder, wrapped(streams, JPEG_2000, **bits_of(10)))


@case("jpeg-2000-in-colour", refuses("unsupported-image", "3 samples"))
def _(folder):
    picture = f"P6\n{COLUMNS} {ROWS}\n255\n".encode() + bytes(3 * PIXELS)
    return save(folder, wrapped([from_picture(folder, picture, ("opj_compress", "-n", "3"), ".j2k")], JPEG_2000))


def jpeg_2000_changed(change, folder):
    streams = [openjpeg(folder, frame_values(frame)) for frame in range(3)]
    streams[1] = change(streams[1])
    return save(folder, wrapped(streams, JPEG_2000))


def with_tiles_of_one(stream):
    at = stream.index(b"\xff\x51") + 22
    return stream[:at] + struct.pack(">II", 1, 1) + stream[at + 8:]


def scaled_down(stream):
    at = stream.index(b"\xff\x51") + 41
    return stream[:at] + b"\x02\x02" + stream[at + 2:]


CASES.append(("jpeg-2000-cut-slice", lambda f: jpeg_2000_changed(lambda s: s[:len(s) // 2], f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-2000-cut-in-main-header", lambda f: jpeg_2000_changed(lambda s: s[:60], f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-2000-tiles-of-one-pixel", lambda f: jpeg_2000_changed(with_tiles_of_one, f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-2000-subsampled", lambda f: jpeg_2000_changed(scaled_down, f), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("jpeg-2000-rubbish", lambda f: jpeg_2000_changed(lambda s: b"\xff\x4f" + s[::-1], f), shows(stored([0, "corrupt-frame", 2]))))

# Lossy JPEG
CASES.append(("jpeg-baseline", lambda f: converted(f, narrow(8), "dcmcjpeg", "+eb"), same_as("dcmdjpeg", code="B")))
CASES.append(("jpeg-extended-8-bit", lambda f: converted(f, narrow(8), "dcmcjpeg", "+ee"), same_as("dcmdjpeg", code="B")))
CASES.append(("jpeg-baseline-in-small-fragments", lambda f: converted(f, narrow(8), "dcmcjpeg", "+eb", "+fs", "1"), same_as("dcmdjpeg", code="B")))


def is_jpeg_12(path):
    """Read where the library has it, else refused by name."""
    if run("info", path).returncode == 0:
        same_as("dcmdjpeg")(path)
    else:
        check_refused(path, "unsupported-syntax", "JPEG of 12 bits")


CASES.append(("jpeg-extended-12-bit", lambda f: converted(f, narrow(12), "dcmcjpeg", "+ee"), is_jpeg_12))


def jpeg_changed(change, folder):
    streams = encoded(folder, narrow(8), "dcmcjpeg", "+eb")
    good = [stream for stream in streams]
    streams[1] = change(streams[1])
    data = wrapped(streams, JPEG_BASELINE, **bits_of(8, BitsAllocated=8))
    save(folder, wrapped(good, JPEG_BASELINE, **bits_of(8, BitsAllocated=8)), "good.dcs")
    return save(folder, data)


def second_is_corrupt(path):
    good = os.path.join(os.path.dirname(path), "good.dcs")
    samples = decoded(good, "dcmdjpeg")
    os.remove(good)
    frames = [digest(samples[PIXELS * i:PIXELS * (i + 1)]) for i in range(3)]
    check_scans(path, [scan([frames[0], "corrupt-frame", frames[2]])])


CASES.append(("jpeg-cut-slice", lambda f: jpeg_changed(lambda s: s[:len(s) * 3 // 4], f), second_is_corrupt))
CASES.append(("jpeg-without-end", lambda f: jpeg_changed(lambda s: s[:s.rindex(b"\xff\xd9") - 6], f), second_is_corrupt))
CASES.append(("jpeg-arithmetic", lambda f: jpeg_changed(lambda s: s.replace(b"\xff\xc0", b"\xff\xc9"), f), second_is_corrupt))

# Extended offset table
ELEMENTS = {"offsets": 0x7FE00001, "lengths": 0x7FE00002}


def extended(folder, has_table=False, shift=0, longer=0, n=3):
    """JPEG 2000 frames with an extended offset table, right or wrong."""
    streams = [openjpeg(folder, frame_values(frame)) for frame in range(3)]
    data = wrapped(streams, JPEG_2000, has_table)
    offsets, at = [], 0
    for stream in streams:
        offsets.append(at)
        at += 8 + len(stream) + len(stream) % 2
    offsets = [offset + shift * (i > 0) for i, offset in enumerate(offsets)]
    data.add(DataElement(ELEMENTS["offsets"], "OV", struct.pack(f"<{n}Q", *offsets[:n])))
    data.add(DataElement(ELEMENTS["lengths"], "OV", struct.pack(f"<{n}Q", *[len(stream) + longer for stream in streams][:n])))
    return save(folder, data)


CASES.append(("extended-table", extended, shows(GOOD)))
CASES.append(("extended-and-basic-table", lambda f: extended(f, True), shows(GOOD)))
CASES.append(("extended-table-of-lies", lambda f: extended(f, shift=4), shows(GOOD, "offset-table")))
CASES.append(("extended-table-with-wrong-lengths", lambda f: extended(f, longer=2), shows(GOOD, "offset-table")))
CASES.append(("extended-table-too-short", lambda f: extended(f, n=2), shows(GOOD, "offset-table")))
CASES.append(("tables-that-disagree", lambda f: extended(f, True, shift=4), shows(GOOD, "offset-table")))


@case("tables-that-both-fit", shows(GOOD, "offset-table"))
def _(folder):
    """Frames in two fragments each; one table has the middle frame begin with its second."""
    halves = []
    for frame in range(3):
        stream = openjpeg(folder, frame_values(frame))
        stream += b"\0" * (len(stream) % 2)
        middle = len(stream) // 4 * 2
        halves += [stream[:middle], stream[middle:]]
    starts = [sum(8 + len(half) for half in halves[:i]) for i in range(6)]
    data = wrapped([b"\0\0"], JPEG_2000)
    data.NumberOfFrames = 3
    data.PerFrameFunctionalGroupsSequence = volume().PerFrameFunctionalGroupsSequence
    items = [struct.pack("<3I", starts[0], starts[2], starts[4]), *halves]
    data.PixelData = b"".join(b"\xfe\xff\x00\xe0" + struct.pack("<I", len(one)) + one for one in items)
    data["PixelData"].is_undefined_length = True
    sizes = [sum(map(len, halves[:3])), len(halves[3]), sum(map(len, halves[4:]))]
    data.add(DataElement(ELEMENTS["offsets"], "OV", struct.pack("<3Q", starts[0], starts[3], starts[4])))
    data.add(DataElement(ELEMENTS["lengths"], "OV", struct.pack("<3Q", *sizes)))
    return save(folder, data)
