# SPDX-License-Identifier: GPL-3.0-or-later
"""How frames are counted and how samples lie."""
import hashlib

import dicom_files as dicom
from case_checks import CASES, GOOD, case, changed, digest, make_bag, refuses, shows, stored
from dicom_files import binary_count, change, frame_values, pack, save, volume

CASES.append(("good-explicit", lambda f: save(f, volume()), shows(GOOD, order="position", spacing=[1.5, 1.5, 2], units="MHU", slope=2, intercept=-5)))
CASES.append(("good-implicit", lambda f: save(f, volume(syntax=dicom.IMPLICIT)), shows(GOOD)))
CASES.append(("count-us", lambda f: save(f, binary_count(volume(), 3)), shows(GOOD)))
CASES.append(("count-binary-implicit", lambda f: save(f, binary_count(volume(syntax=dicom.IMPLICIT), 3)), shows(GOOD)))
CASES.append(("count-binary-looks-like-a-digit", lambda f: save(f, binary_count(volume(50, syntax=dicom.IMPLICIT), 50)), shows(stored(range(50)))))
CASES.append(("count-binary-no-positions", lambda f: make_counted_only(f, 51), shows(stored(range(51)), "no-position")))
CASES.append(("count-of-made-up-bag", lambda f: make_bag(f, "implicit", size="64x16x49"), shows(None, slices=49)))
changed(shows(GOOD, "frame-count-differs"), "count-zero", NumberOfFrames=0)
changed(shows(GOOD, "frame-count-differs"), "count-65536", NumberOfFrames=65536)
changed(shows(stored([0, 1]), "frame-count-differs"), "count-too-small", NumberOfFrames=2)
changed(shows(GOOD), "count-absent", NumberOfFrames=None)


def make_counted_only(folder, n):
    data = binary_count(volume(n, syntax=dicom.IMPLICIT), n)
    del data.PerFrameFunctionalGroupsSequence
    return save(folder, data)


@case("count-negative", shows(GOOD, "frame-count-differs"))
def _(folder):
    return change(save(folder, volume()), b"IS\x02\x003 ", b"IS\x02\x00-1")


@case("count-is-text", shows(GOOD, "frame-count-differs"))
def _(folder):
    return change(save(folder, volume()), b"IS\x02\x003 ", b"IS\x04\x00abc ")


@case("8-bit", shows([hashlib.sha256(pack([v & 255 for v in frame_values(f)])).hexdigest() for f in range(3)], bits_allocated=8))
def _(folder):
    data = volume()
    data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
    data.PixelData = b"".join(pack([v & 255 for v in frame_values(f)], "B") for f in range(3))
    data["PixelData"].VR = "OB"
    return save(folder, data)


@case("8-bit-signed", shows([digest([(v & 255) - 256 if v & 128 else v & 255 for v in frame_values(f)], "h") for f in range(3)], signed=True))
def _(folder):
    data = volume()
    data.BitsAllocated, data.BitsStored, data.HighBit, data.PixelRepresentation = 8, 8, 7, 1
    data.PixelData = b"".join(pack([v & 255 for v in frame_values(f)], "B") for f in range(3))
    data["PixelData"].VR = "OB"
    return save(folder, data)


@case("12-bit-signed-with-rubbish-above", shows([digest([(v & 4095) - 4096 if v & 2048 else v & 4095 for v in frame_values(f)], "h") for f in range(3)]))
def _(folder):
    data = volume()
    data.BitsStored, data.HighBit, data.PixelRepresentation = 12, 11, 1
    return save(folder, data)


@case("12-bit-in-the-upper-bits", shows([digest([v >> 4 for v in frame_values(f)]) for f in range(3)]))
def _(folder):
    data = volume()
    data.BitsStored, data.HighBit = 12, 15
    return save(folder, data)


changed(shows(GOOD, photometric="MONOCHROME1"), "monochrome1", PhotometricInterpretation="MONOCHROME1")
changed(refuses("unsupported-image", "RGB"), "colour", PhotometricInterpretation="RGB")
changed(refuses("unsupported-image", "3 samples"), "three-samples", SamplesPerPixel=3)
changed(refuses("unsupported-image", "12 bits"), "12-bits-allocated", BitsAllocated=12, BitsStored=12, HighBit=11)
changed(refuses("malformed", "17 stored"), "17-of-16-bits", BitsStored=17)
changed(refuses("malformed", "no rows"), "no-rows", Rows=0)
changed(refuses("limit", "16385"), "too-many-columns", Columns=16385)
changed(refuses("truncated", "shorter than one slice"), "rows-are-a-lie", Rows=16384)
