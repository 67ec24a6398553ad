# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files whose numbers, texts and references make no sense."""
import os

from cases_disc import directory, slices
from dicom_files import save, save_bytes, single, volume
from malformed_files import (BAG_ID, content, element, inserted, kind, replaced, with_text)
from report_files import opinion, place, report, threat


def measures(data):
    return data.SharedFunctionalGroupsSequence[0].PixelMeasuresSequence[0]


def rescale(data):
    return data.SharedFunctionalGroupsSequence[0].PixelValueTransformationSequence[0]


def orientation(data):
    return data.SharedFunctionalGroupsSequence[0].PlaneOrientationSequence[0]


def changed(find, number, text, vr="DS"):
    data = volume()
    return with_text(data, find(data), number, text, vr)


@kind("pixel-spacing", same_pixels=True)
def _():
    for text in ("0\\0", "-1\\-1", "nan\\nan", "inf\\inf", "1e300\\1e300", "1e-300\\1", "1\\1000", "a\\b", "1.5", "1\\-1"):
        yield text, changed(measures, 0x00280030, text), "bad-spacing"


@kind("orientation", same_pixels=True)
def _():
    for text in ("0\\0\\0\\0\\0\\0", "1\\0\\0\\1\\0\\0", "1\\0\\0\\0.7\\0.7\\0", "2\\0\\0\\0\\2\\0", "nan\\0\\0\\0\\1\\0", "inf\\0\\0\\0\\1\\0", "1e200\\0\\0\\0\\1e200\\0",
                 "1e-200\\0\\0\\0\\1\\0", "1\\0\\0\\0\\1", "x\\0\\0\\0\\1\\0"):
        yield text, changed(orientation, 0x00200037, text), "bad-orientation no-position"


@kind("slope-and-intercept", same_pixels=True)
def _():
    for text in ("0", "nan", "inf", "-inf", "1e308", "-1e300", "1e-400", "x"):
        yield f"slope {text}", changed(rescale, 0x00281053, text), "bad-rescale"
    yield "intercept nan", changed(rescale, 0x00281052, "nan"), "bad-rescale"
    yield "intercept 1e308", changed(rescale, 0x00281052, "1e308"), "bad-rescale"


def windowed(center, width):
    data = volume()
    data.WindowCenter = "40"
    written = with_text(data, data, 0x00281051, width)
    return replaced(element(0x28, 0x1050, "DS", b"40"), element(0x28, 0x1050, "DS", center), written)


@kind("window", same_pixels=True)
def _():
    for width in ("0", "-1", "-1e300", "nan", "inf", "1e308", "x", "1e-400"):
        yield f"width {width}", windowed(b"40", width), "bad-window"
    yield "centre nan", windowed(b"nan ", "400"), "bad-window"
    yield "width 0.5, which is 1", windowed(b"40", "0.5"), ""


def named(raw):
    return replaced(b"LO\x06\x00BAG-7 ", element(0, 0, "LO", raw)[4:])


@kind("text", same_pixels=True)
def _():
    yield "escapes for a terminal", named(b"\x1b]0;x\x07\x1b[2J"), ""
    yield "a text turned round", inserted(element(8, 5, "CS", b"ISO_IR 192"), b"\x08\x00\x16\x00UI", named("\u202eA\u2066B\u200f ".encode())), ""
    yield "no UTF-8 at all", inserted(element(8, 5, "CS", b"ISO_IR 192"), b"\x08\x00\x16\x00UI", named(b"\xff\xfe\xc0\xaf\xed\xa0\x80 ")), ""
    yield "bytes 128 to 159", inserted(element(8, 5, "CS", b"ISO_IR 100"), b"\x08\x00\x16\x00UI", named(bytes(range(128, 160)))), ""
    yield "60,000 characters", named(b"A" * 60000), ""
    yield "a text of 16 MiB", replaced(BAG_ID + b"\x06\x00BAG-7 ", element(0x10, 0x20, "UT", b"B" * (16 << 20))), ""
    yield "zeros within", named(b"A\0\0B\0\0"), ""
    yield "a character set that there is not", inserted(element(8, 5, "CS", b"\x1b[31mRED"), b"\x08\x00\x16\x00UI"), "character-set"
    yield "a thousand character sets", inserted(element(8, 5, "CS", b"\\ISO 2022 IR 87" * 1000), b"\x08\x00\x16\x00UI"), "character-set"
    yield "markup", named(b"<b>&amp;</b><a href='x'>"), ""


def leads(file_ids, folder):
    """The slice lies beside the disc, where only a trick could find it."""
    disc = os.path.join(folder, "disc")
    slices(disc, ["A/IM1"])
    save(folder, single(1), "secret")
    return directory(disc, [["A", "IM1"]] + [[part.replace("@", folder) for part in file_id] for file_id in file_ids])


@kind("directory-that-leads-out", same_pixels=True)
def _():
    out = "outside-files"
    for what, file_id in (("parent", ["..", "secret"]), ("parent within", ["A", "..", "..", "secret"]), ("slashes", ["../secret"]), ("absolute", ["@/secret"]),
                          ("an empty name", ["", "secret"]), ("a dot", [".", "A", "IM1"]), ("too deep", ["A"] * 9 + ["IM1"]), ("process files", ["/proc/self/environ"]),
                          ("a device", ["/dev/zero"])):
        yield what, lambda folder, file_id=file_id: leads([file_id], folder), out
    yield "a thousand times", lambda folder: leads([["..", "secret"]] * 1000, folder), out


def beside(data, folder):
    """The volume with a report about it."""
    path = save(folder, volume())
    save(folder, data, "report.dcs") if not isinstance(data, bytes) else save_bytes(folder, data, "report.dcs")
    return path


@kind("report-that-lies", same_pixels=True)
def _():
    box = dict(base=[0, 0, 0], extents=[4, 4, 2])
    nan, inf = float("nan"), float("inf")
    lies = {
        "a box beyond the scan": (report(threat(1, place(base=[0, 0, 0], extents=[1000, 1000, 1000]), opinion())), "alarm-cut"),
        "a box far away": (report(threat(1, place(base=[1e9, 1e9, 1e9], extents=[4, 4, 2]), opinion())), "alarm-outside"),
        "a box of negative size": (report(threat(1, place(base=[4, 4, 2], extents=[-4, -4, -2]), opinion())), "alarm-without-place bad-region"),
        "a box of no numbers": (report(threat(1, place(base=[nan, 0, 0], extents=[inf, 4, 2]), opinion())), "alarm-without-place bad-region"),
        "a mask too short": (report(threat(1, place(bitmap=b"\xff\xff", **box), opinion())), "bad-mask"),
        "a mask too long": (report(threat(1, place(bitmap=b"\xff" * 100000, **box), opinion())), "bad-mask"),
        "a box of 10^12 voxels with a mask": (report(threat(1, place(base=[0, 0, 0], extents=[10000, 10000, 10000], bitmap=b"\xff" * 8), opinion())), "alarm-cut bad-mask"),
        "a probability of 1e30": (report(threat(1, place(**box), opinion(probability=1e30))), "bad-number"),
        "another number of objects": (report(threat(1, place(**box), opinion()), total=65535), "object-count-differs"),
    }
    for what, (data, wanted) in lies.items():
        yield what, lambda folder, data=data: beside(data, folder), wanted
    whole = content(report(threat(1, place(**box), opinion())))
    yield "cut in half", lambda folder: beside(whole[:len(whole) // 2], folder), "unreadable-report"


