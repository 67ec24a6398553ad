# SPDX-License-Identifier: GPL-3.0-or-later
"""Samples of 32 and 64 bits and floating-point ones: figures held against numpy."""
import json
import os
import subprocess

import numpy
from pydicom.dataelem import DataElement

import dicom_files as dicom
from case_checks import CASES, case, records_of, refuses, run
from codestreams import BIG_ENDIAN
from dicom_files import COLUMNS, DEFLATED, EXPLICIT, IMPLICIT, ROWS, change, cut, save, save_bytes, volume
from png import read_png

FLOAT, DOUBLE = (0x7FE00008, "OF"), (0x7FE00009, "OD")
DICOS_32, DICOS_64, DICOS_FLOAT = (0x7FE00011, "OL"), (0x7FE00012, "OD"), (0x7FE00013, "OF")
PLAIN = (0x7FE00010, "OW")
EXTENDED = "1.2.840.10008.1.2.1.64"
SLOPE, INTERCEPT = 2, -5


def ramps(kind, low, high, frames=3):
    """Numbers that rise through all slices, from @low to @high."""
    numbers = numpy.linspace(low, high, frames * ROWS * COLUMNS).reshape(frames, ROWS, COLUMNS)
    return (numbers if numpy.dtype(kind).kind == "f" else numpy.rint(numbers)).astype(kind)


def wide(folder, numbers, element, syntax=EXPLICIT, name="scan.dcs", **values):
    data = volume(len(numbers), syntax=EXPLICIT if syntax in (BIG_ENDIAN, EXTENDED) else syntax)
    written = EXPLICIT if syntax == EXTENDED else syntax
    del data.PixelData
    data.BitsAllocated = data.BitsStored = numbers.dtype.itemsize * 8
    data.HighBit, data.PixelRepresentation = data.BitsStored - 1, int(numbers.dtype.kind == "i")
    for keyword, value in values.items():
        setattr(data, keyword, value)
    data.file_meta.TransferSyntaxUID = written
    data.is_little_endian = syntax != BIG_ENDIAN
    data.add(DataElement(*element, numbers.astype(numbers.dtype.newbyteorder(">" if syntax == BIG_ENDIAN else "<")).tobytes()))
    path = save(folder, data, name)
    if syntax != written:
        change(path, b"UI\x14\x001.2.840.10008.1.2.1\0", b"UI\x16\x00" + syntax.encode())
    return path


def grey(values, low, high):
    """PS3.3 C.11.2.1.2.1 for a window from @low to @high."""
    return numpy.clip(numpy.floor((values - low) * 255 / (high - low) + 0.5), 0, 255)


def check_picture(path, folder, number, values):
    """The picture tells a 65,536th of the range apart; a level of grey is 255 times that."""
    low, high = numpy.nanmin(values), numpy.nanmax(values)
    png = os.path.join(folder, "picture.png")
    done = run("render", path, "--slice", str(number), "--window", f"{(low + high + 1) / 2!r}:{high - low + 1!r}", "-o", png)
    assert done.returncode == 0, done.stderr
    found = numpy.array(read_png(png)[2])[:, :, 0].astype(int)
    wanted = grey(numpy.where(numpy.isfinite(values), values, low), low, high)
    assert abs(found - wanted).max() <= 1, abs(found - wanted).max()
    os.remove(png)


def close(found, wanted, values):
    return abs(found - wanted) <= 1e-12 * numpy.nanmax(abs(values))


def shows_numbers(numbers, *warnings, picture=0, missing=0, **fields):
    """Figures are those of the samples, whatever steps the picture has."""
    def check(path):
        record = records_of(path, 0)[0]
        assert [warning["name"] for warning in record["warnings"]] == ["scaled-display", *warnings], record["warnings"]
        assert record["slices_missing"] == missing and record["bits_allocated"] == numbers.dtype.itemsize * 8, record
        for key, value in fields.items():
            assert record[key] == value, f"{key} is {record[key]!r}, not {value!r}"
        values = numbers[:len(numbers) - missing].astype("f8")
        values = numpy.where(numpy.isfinite(values), values, numpy.nan) * SLOPE + INTERCEPT
        found = json.loads(run("analyze", "--json", path).stdout)[0]
        assert close(found["average_density"], numpy.nanmean(values), values), (found, numpy.nanmean(values))
        assert close(found["maximum_density"], numpy.nanmax(values), values), (found, numpy.nanmax(values))
        assert found["voxels_without_value"] == numpy.isnan(values).sum(), found
        if picture is not None:
            check_picture(path, os.path.dirname(path), picture + 1, values[picture])
        done = run("hash", path)
        assert done.returncode == 1 and done.stdout == b"" and b"[unsupported-image]" in done.stderr, done.stderr
    return check


def add(name, numbers, element, *warnings, syntax=EXPLICIT, fields=None, **values):
    CASES.append((name, lambda folder: wide(folder, numbers, element, syntax, **values), shows_numbers(numbers, *warnings, **(fields or {}))))


FLOATS = ramps("f4", -1000.25, 4000.75)
add("float", FLOATS, FLOAT)
add("float-of-dicos", FLOATS, DICOS_FLOAT)
add("float-implicit", FLOATS, DICOS_FLOAT, syntax=IMPLICIT)
add("float-big-endian", FLOATS, FLOAT, syntax=BIG_ENDIAN)
add("float-deflated", FLOATS, DICOS_FLOAT, syntax=DEFLATED)
add("float-in-the-extended-syntax", FLOATS, DICOS_FLOAT, syntax=EXTENDED)
add("double", ramps("f8", -3.5, 9.25), DOUBLE)
add("double-of-small-numbers", ramps("f8", 1e-9, 2e-9), DOUBLE)
add("double-big-endian", ramps("f8", -3.5, 9.25), DOUBLE, syntax=BIG_ENDIAN)
add("float-of-one-value", ramps("f4", 7, 7), FLOAT, fields={"picture": None})
add("32-bit", ramps("u4", 0, 3000000000), PLAIN, fields={"signed": False})
add("32-bit-signed", ramps("i4", -2000000000, 2000000000), PLAIN, fields={"signed": True})
add("32-bit-of-dicos", ramps("i4", -70000, 9), DICOS_32)
add("32-bit-implicit", ramps("u4", 0, 100000), DICOS_32, syntax=IMPLICIT)
add("32-bit-big-endian", ramps("i4", -70000, 9), DICOS_32, syntax=BIG_ENDIAN)
add("64-bit-of-dicos", ramps("i8", -(1 << 48), 1 << 48), DICOS_64)
add("64-bit", ramps("u8", 0, 1 << 49), PLAIN)
add("64-bit-big-endian", ramps("i8", -(1 << 40), 1 << 40), DICOS_64, syntax=BIG_ENDIAN)


def with_rubbish():
    numbers = FLOATS.copy()
    numbers[0, 0, 0:3] = numpy.nan, numpy.inf, -numpy.inf
    numbers[1] = numpy.nan
    return numbers


add("float-not-numbers", with_rubbish(), FLOAT)
CASES.append(("float-nothing-but-not-numbers", lambda f: wide(f, FLOATS * numpy.nan, FLOAT), lambda path: check_nothing(path)))


def check_nothing(path):
    found = json.loads(run("analyze", "--json", path).stdout)[0]
    assert (found["average_density"], found["maximum_density"], found["voxels_without_value"]) == (None, None, FLOATS.size), found
    assert json.loads(run("info", "--window", "--json", path).stdout)[0]["window_origin"] == "data"


def window_of(path):
    record = json.loads(run("info", "--window", "--json", path).stdout)[0]
    center, width = record["window"]
    return (center - width / 2 - INTERCEPT) / SLOPE, (center + width / 2 - INTERCEPT) / SLOPE, record["warnings"][-1]["text"]


@case("float-window-without-fill", lambda path: check_fill(path))
def _(folder):
    """A tenth of the samples are a fill value that would take all steps."""
    numbers = FLOATS.copy()
    numbers[:, :, :2] = -1e30
    return wide(folder, numbers, FLOAT)


def check_fill(path):
    low, high, words = window_of(path)
    assert -1000.25 <= low < high <= 4000.75 and "what is beyond looks like these ends" in words, (low, high, words)


@case("32-bit-window", lambda path: check_window(path))
def _(folder):
    return wide(folder, ramps("i4", -70000, 90000), PLAIN)


def check_window(path):
    low, high, words = window_of(path)
    assert -70000 <= low < high <= 90000 and words == "All values are shown, from -140005 to 179995 MHU.", (low, high, words)


@case("24-of-32-bits-with-rubbish-around", shows_numbers((ramps("u4", 0, 0xFFFFFFFF) >> 4 & 0xFFFFFF).astype("u4"), bits_stored=24))
def _(folder):
    return wide(folder, ramps("u4", 0, 0xFFFFFFFF), PLAIN, BitsStored=24, HighBit=27)


@case("32-bit-big-endian-by-dcmtk", shows_numbers(ramps("i4", -70000, 9), transfer_syntax=BIG_ENDIAN))
def _(folder):
    """In OW it is words of 16 bits that are turned."""
    plain, path = wide(folder, ramps("i4", -70000, 9), PLAIN, name="plain.dcm"), os.path.join(folder, "scan.dcs")
    subprocess.run(["dcmconv", "+tb", plain, path], check=True)
    os.remove(plain)
    return path


@case("float-cut-in-last-slice", shows_numbers(FLOATS, "partial", missing=1, slices=2))
def _(folder):
    return cut(wide(folder, FLOATS, FLOAT), -4)


CASES.append(("float-cut-in-first-slice", lambda f: cut(wide(f, FLOATS, FLOAT), -FLOATS.nbytes + 4), refuses("truncated", "first slice")))
CASES.append(("float-compressed", lambda f: wide(f, FLOATS, DICOS_FLOAT, dicom.RLE), refuses("unsupported-image", "32-bit floating-point numbers, compressed as RLE")))
CASES.append(("32-bit-compressed", lambda f: wide_rle(f), refuses("unsupported-image", "32-bit integers, compressed as RLE")))
CASES.append(("float-of-64-bits-in-32", lambda f: wide(f, FLOATS, FLOAT, BitsAllocated=64), refuses("malformed", "element for samples of 32 bits")))
CASES.append(("32-bit-33-stored", lambda f: wide(f, ramps("u4", 0, 9), PLAIN, BitsStored=33), refuses("malformed", "33 stored")))
CASES.append(("24-bits-allocated", lambda f: wide(f, ramps("u4", 0, 9), PLAIN, BitsAllocated=24, BitsStored=24, HighBit=23), refuses("unsupported-image", "24 bits")))


def wide_rle(folder):
    data = dicom.compressed()
    data.BitsAllocated, data.BitsStored, data.HighBit = 32, 32, 31
    return save(folder, data)


def with_length(folder, length):
    """The length of the pixel data as the unknown coding of that syntax might have it."""
    path = wide(folder, FLOATS, DICOS_FLOAT, EXTENDED)
    content = dicom.read_bytes(path)
    at = content.index(b"\xe0\x7f\x13\x00OF") + 8
    return save_bytes(folder, content[:at] + length.to_bytes(4, "little") + content[at + 4:])


CASES.append(("extended-syntax-without-length", lambda f: with_length(f, 0xFFFFFFFF), refuses("unsupported-syntax", "no plain length")))
CASES.append(("extended-syntax-length-of-0", lambda f: with_length(f, 0), refuses("unsupported-syntax", "no plain length")))
