# SPDX-License-Identifier: GPL-3.0-or-later
"""Compressed slices and their fragments."""
import functools

from pydicom.encaps import encapsulate

import dicom_files as dicom
from case_checks import CASES, GOOD, case, make_bag, refuses, run, shows, stored
from codestreams import converted
from dicom_files import change, compressed, cut, frame_values, save, save_bytes, volume


def jpeg_lossless_by_dcmtk(predictor, folder):
    return converted(folder, volume(), "dcmcjpeg", "+el", "+sv", str(predictor))


CASES.append(("rle", lambda f: save(f, compressed()), shows(GOOD)))
CASES.append(("rle-by-dcmtk", lambda f: converted(f, volume(), "dcmcrle"), shows(GOOD)))
CASES.append(("rle-without-table", lambda f: save(f, compressed(with_table=False)), shows(GOOD)))
CASES.append(("rle-cut", lambda f: cut(save(f, compressed()), -20), shows(stored([0, 1, "truncated"]), "partial")))
CASES.append(("jpeg-lossless", lambda f: make_bag(f, "jpeg-lossless"), shows(None, slices=5)))
for predictor in range(1, 8):
    CASES.append((f"jpeg-lossless-by-dcmtk-predictor-{predictor}", functools.partial(jpeg_lossless_by_dcmtk, predictor), shows(GOOD)))


def fragmented(*fragments, n=3):
    """RLE data in these fragments, behind an empty offset table."""
    data = compressed(n)
    items = b"".join(b"\xfe\xff\x00\xe0" + len(one).to_bytes(4, "little") + one for one in (b"", *fragments))
    data.PixelData = items
    data["PixelData"].is_undefined_length = True
    return data


RLE_FRAMES = [dicom.rle_frame(frame_values(frame)) for frame in range(3)]

CASES.append(("empty-fragment-between", lambda f: save(f, fragmented(RLE_FRAMES[0], b"", RLE_FRAMES[1], RLE_FRAMES[2])), shows(GOOD)))
CASES.append(("frame-in-two-fragments", lambda f: save(f, fragmented(RLE_FRAMES[0][:100], RLE_FRAMES[0][100:], RLE_FRAMES[1], RLE_FRAMES[2])), shows(GOOD)))
CASES.append(("nothing-in-fragments", lambda f: save(f, fragmented(b"", b"", b"")), shows(["corrupt-frame"] * 3)))
CASES.append(("no-fragments", lambda f: save(f, fragmented()), refuses("truncated", "shorter than one slice")))
CASES.append(("damaged-segment", lambda f: save(f, fragmented(RLE_FRAMES[0], RLE_FRAMES[1][:-40], RLE_FRAMES[2])), shows(stored([0, "corrupt-frame", 2]))))
CASES.append(("table-of-lies", lambda f: make_wrong_table(f), shows(GOOD, "offset-table")))


def make_wrong_table(folder):
    data = volume(syntax=dicom.RLE)
    table = b"".join((offset * 8).to_bytes(4, "little") for offset in range(3))
    data.PixelData = b"\xfe\xff\x00\xe0\x0c\0\0\0" + table + encapsulate(RLE_FRAMES, has_bot=False)[8:]
    data["PixelData"].is_undefined_length = True
    data["PixelData"].VR = "OB"
    return save(folder, data)


@case("fragment-of-4-gigabytes", refuses("truncated", "first slice"))
def _(folder):
    length = len(RLE_FRAMES[0]).to_bytes(4, "little")
    return change(save(folder, fragmented(*RLE_FRAMES)), b"\xfe\xff\x00\xe0" + length, b"\xfe\xff\x00\xe0\xfe\xff\xff\xff")


@case("jpeg-of-another-size", shows(["corrupt-frame"] * 5, "codestream-differs", rows=64, columns=64))
def _(folder):
    path = make_bag(folder, "jpeg-lossless")
    for frame in range(5):
        content = dicom.read_bytes(path)
        at = -1
        for _ in range(frame + 1):
            at = content.index(b"\xff\xc3", at + 1)
        path = save_bytes(folder, content[:at + 5] + b"\x00\x40\x00\x40" + content[at + 9:])
    return path


def jpeg_lossless_with_rubbish(folder):
    """The third of five slices is another file's bytes."""
    path = make_bag(folder, "jpeg-lossless")
    content = dicom.read_bytes(path)
    at = content.rindex(b"\xe0\x7f\x10\x00") + 12
    for _ in range(3):
        at += 8 + int.from_bytes(content[at + 4:at + 8], "little")
    length = int.from_bytes(content[at + 4:at + 8], "little")
    return dicom.save_bytes(folder, content[:at + 8 + length // 2] + b"\x5a" * (length - length // 2) + content[at + 8 + length:])


def check_one_bad(path):
    found = [line.split("\t")[-1] for line in run("hash", path).stdout.decode().splitlines()]
    assert [len(line) == 64 for line in found] == [True, True, False, True, True] and found[2] == "corrupt-frame", found


CASES.append(("jpeg-lossless-rubbish-in-a-slice", jpeg_lossless_with_rubbish, check_one_bad))
