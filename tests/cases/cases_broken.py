# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that end, lie or are something else."""
import os

import dicom_files as dicom
from case_checks import CASES, GOOD, case, changed, refuses, shows, stored
from dicom_files import FRAME_BYTES, change, cut, save, save_bytes, volume

CASES.append(("no-bytes", lambda f: save_bytes(f, b""), refuses("not-dicom", "mark")))
CASES.append(("text-file", lambda f: save_bytes(f, b"hello\n" * 100), refuses("not-dicom", "mark")))
CASES.append(("without-preamble", lambda f: save_bytes(f, dicom.read_bytes(save(f, volume()))[132:]), refuses("not-dicom", "mark")))
CASES.append(("only-the-mark", lambda f: cut(save(f, volume()), 132), refuses("malformed", "transfer syntax")))
CASES.append(("cut-in-header", lambda f: cut(save(f, volume()), 700), refuses("truncated", "ends within element")))
CASES.append(("cut-in-last-slice", lambda f: cut(save(f, volume()), -4), shows(stored([0, 1, "truncated"]), "partial", slices=2, slices_missing=1)))
CASES.append(("cut-in-first-slice", lambda f: cut(save(f, volume()), -2 * FRAME_BYTES - 4), refuses("truncated", "first slice")))
CASES.append(("no-such-file", lambda f: os.path.join(f, "scan.dcs"), refuses("no-access", "does not exist")))
CASES.append(("device", lambda f: "/dev/null", refuses("no-access", "is a device, not a file")))
CASES.append(("empty-folder", lambda f: f, refuses("not-dicom", "holds no files")))


@case("pixels-of-4-gigabytes", refuses("truncated", "first slice"))
def _(folder):
    path = change(save(folder, volume()), b"\xe0\x7f\x10\x00OW\0\0" + (3 * FRAME_BYTES).to_bytes(4, "little"), b"\xe0\x7f\x10\x00OW\0\0\xfe\xff\xff\xff")
    return cut(path, -3 * FRAME_BYTES + 10)


@case("value-longer-than-the-file", refuses("truncated", "ends within element (0010,0020)"))
def _(folder):
    return change(save(folder, volume()), b"LO\x06\x00BAG-7 ", b"UT\0\0\xff\xff\xff\x7f")


@case("item-longer-than-its-sequence", refuses("malformed", "longer than what holds it"))
def _(folder):
    path = save(folder, volume())
    content = dicom.read_bytes(path)
    at = content.index(b"\x20\x00\x13\x91SQ")
    item = content.index(b"\xfe\xff\x00\xe0", at)
    length = int.from_bytes(content[item + 4:item + 8], "little")
    return save_bytes(folder, content[:item + 4] + (length + 64).to_bytes(4, "little") + content[item + 8:])


@case("sequences-nested-too-deep", refuses("limit", "65 deep or more, more than the limit of 64 (setting limit-depth)"))
def _(folder):
    nest = b"".join(b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff\xfe\xff\x00\xe0\xff\xff\xff\xff" for _ in range(5000))
    return change(save(folder, volume()), b"\x08\x00\x60\x00CS", nest + b"\x08\x00\x60\x00CS")


@case("items-without-end", refuses("limit", "more than the limit of 64 MiB (setting limit-header-size)"))
def _(folder):
    content = dicom.read_bytes(save(folder, volume()))
    at = content.index(b"\x08\x00\x60\x00CS")
    head = content[:at] + b"\x08\x00\x40\x11SQ\0\0\xff\xff\xff\xff"
    return save_bytes(folder, head + b"\xfe\xff\x00\xe0\0\0\0\0" * (9 << 20))


@case("control-characters-in-a-name", shows(GOOD, bag_id="A\ufffdB\ufffd"))
def _(folder):
    data = volume()
    data.SpecificCharacterSet = "ISO_IR 192"
    data.PatientID = "A\u202eB\x1b"
    return save(folder, data)


@case("begins-like-a-program", shows(GOOD, "preamble"))
def _(folder):
    data = volume()
    data.preamble = b"MZ" + b"\0" * 126
    return save(folder, data)


def of_class(uid):
    def make(folder):
        data = volume()
        data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = uid
        return save(folder, data)
    return make


CASES.append(("threat-report", of_class("1.2.840.10008.5.1.4.1.1.501.3"), refuses("not-an-image", "threat report")))
CASES.append(("body-scanner", of_class("1.2.840.10008.5.1.4.1.1.501.5"), refuses("unsupported-object", "body scanner")))
CASES.append(("other-grey-image", of_class("1.2.840.10008.5.1.4.1.1.501.2.1"), shows(GOOD, "not-a-ct")))
changed(refuses("not-an-image", "no pixel data"), "no-pixels", PixelData=None)
changed(shows(GOOD, "acquisition-not-successful"), "belt-jam", AcquisitionStatus="JAM")
changed(shows(GOOD, "training-image"), "training", TIPType="FULL")
changed(shows(GOOD, "projection"), "raw-views", ImageType=["ORIGINAL", "HIGH ENERGY", "PROJECTION", "NONE"])


def of_syntax(uid):
    def make(folder):
        return change(save(folder, volume()), b"UI\x14\x001.2.840.10008.1.2.1\0", b"UI" + len(uid).to_bytes(2, "little") + uid)
    return make


CASES.append(("jpeg-xl", of_syntax(b"1.2.840.10008.1.2.4.110\0"), refuses("unsupported-syntax", "JPEG XL")))
CASES.append(("over-4-gigabytes-syntax", of_syntax(b"1.2.840.10008.1.2.1.64"), shows(GOOD)))
CASES.append(("claims-to-be-compressed", of_syntax(b"1.2.840.10008.1.2.5\0"), refuses("malformed", "not in fragments")))
