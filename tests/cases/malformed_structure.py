# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files whose elements, lengths, sequences and meta information are not what they should be."""
import os
import random
import struct

import dicom_files as dicom
from dicom_files import volume
from malformed_files import (ANY_ANSWER, BAG_ID, COLUMNS, ITEM, ITEM_END, N_FRAMES, PIXELS, ROWS, SEQUENCE_END, UNDEFINED, content, element, in_fragments, inserted,
                             item, kind, replaced, split, tag)

SHORT = "=truncated"
BROKEN = "=malformed"
LIMIT = "=limit"


@kind("preamble", same_pixels=True)
def _():
    for magic in (b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\n", b"PK\x03\x04", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"):
        yield repr(magic), magic + content(volume())[len(magic):], "preamble"
    yield "TIFF, which is legal", b"II*\0" + content(volume())[4:], ""


@kind("length-beyond-the-file", same_pixels=True)
def _():
    for vr in ("UT", "OB", "OW", "UN", "SQ"):
        yield vr, inserted(element(9, 0x1001, vr, b"", 0x7FFFFFF0)), SHORT
    yield "a short length at the end", content(volume()) + element(0x7FE1, 1, "LO", b"", 0xFFFE), ""
    yield "an item", inserted(element(9, 0x1001, "SQ", item(b"", 0x7FFFFFF0), UNDEFINED)), SHORT
    yield "pixels, at the last even length", replaced(PIXELS, PIXELS[:8] + b"\xfe\xff\xff\xff"), "frame-count-differs"
    yield "pixels, by a slice", replaced(PIXELS, PIXELS[:8] + struct.pack("<I", 4 * dicom.FRAME_BYTES)), "frame-count-differs"
    yield "the meta information", replaced(content(volume())[140:144], b"\xf0\xff\xff\x7f"), ""


@kind("undefined-length")
def _():
    for vr in ("UT", "OB", "UC", "OF", "OL"):
        yield vr, inserted(element(9, 0x1001, vr, b"", UNDEFINED)), BROKEN
    yield "UN, without items", inserted(element(9, 0x1001, "UN", b"", UNDEFINED)), BROKEN
    yield "native pixels", replaced(PIXELS, PIXELS[:8] + b"\xff\xff\xff\xff"), BROKEN
    yield "an implicit text", replaced(tag(0x10, 0x20) + b"\x06\0\0\0", tag(0x10, 0x20) + b"\xff\xff\xff\xff", content(volume(syntax=dicom.IMPLICIT))), BROKEN
    yield "a fragment", in_fragments(item() + item(b"", UNDEFINED) + bytes(200) + SEQUENCE_END), "=truncated"
    yield "an item and its sequence without end", inserted(element(9, 0x1001, "SQ", item(b"", UNDEFINED), UNDEFINED)), "=truncated"


@kind("odd-length", same_pixels=True)
def _():
    yield "a text", replaced(b"LO\x06\x00BAG-7 ", b"LO\x05\x00BAG-7"), ""
    yield "frames", replaced(N_FRAMES, N_FRAMES[:6] + b"\x01\x003"), ""
    yield "rows of one byte", replaced(ROWS, ROWS[:6] + b"\x01\x00\x0e"), BROKEN
    yield "rows of three bytes", replaced(ROWS, ROWS[:6] + b"\x03\x00\x0e\0\0"), ""
    yield "rows of no bytes", replaced(ROWS, ROWS[:6] + b"\0\0"), BROKEN
    yield "a number of seven bytes", inserted(element(0x0018, 0x9306, "FD", bytes(7)), N_FRAMES), ""
    yield "a sequence of nine bytes", inserted(element(9, 0x1001, "SQ", item() + b"\0")), "=malformed"
    yield "an item of one byte", inserted(element(9, 0x1001, "SQ", item(b"\0"))), "=malformed"
    yield "pixels less a byte", replaced(PIXELS, PIXELS[:8] + struct.pack("<I", 3 * dicom.FRAME_BYTES - 1)), "frame-count-differs"
    yield "a fragment", in_fragments(item() + b"".join(item(dicom.rle_frame(dicom.frame_values(i)) + b"\0") for i in range(3)) + SEQUENCE_END), ""


def nest(depth, vr="SQ"):
    return (element(9, 0x1001, vr, b"", UNDEFINED) + item(b"", UNDEFINED)) * depth


def closed(depth, vr="SQ"):
    return nest(depth, vr) + (ITEM_END + SEQUENCE_END) * depth


def defined(depth):
    raw = b""
    for _ in range(depth):
        raw = element(9, 0x1001, "SQ", item(raw))
    return raw


@kind("depth-bomb", same_pixels=True)
def _():
    yield "64, closed", inserted(closed(64)), ""
    yield "65, closed", inserted(closed(65)), LIMIT
    yield "1,000, closed", inserted(closed(1000)), LIMIT
    yield "100,000, open", inserted(nest(100000)), LIMIT
    yield "64 with lengths", inserted(defined(64)), ""
    yield "65 with lengths", inserted(defined(65)), LIMIT
    yield "5,000 with lengths", inserted(defined(5000)), LIMIT
    implicit = (tag(9, 0x1001) + b"\xff\xff\xff\xff" + ITEM + b"\xff\xff\xff\xff") * 5000
    yield "unknown, implicit inside", inserted(element(9, 0x1001, "UN", b"", UNDEFINED) + ITEM + b"\xff\xff\xff\xff" + implicit), LIMIT
    yield "an implicit file", inserted(implicit, tag(0x10, 0x20), content(volume(syntax=dicom.IMPLICIT))), LIMIT
    yield "behind the pixels", content(volume()) + nest(1000), ""


def sparse(folder, head, gap, tail):
    """Zeros that take no disk."""
    path = os.path.join(folder, "scan.dcs")
    with open(path, "wb") as file:
        file.write(head)
        file.seek(gap, os.SEEK_CUR)
        file.write(tail)
    return path


def with_zeros(gap, head, folder):
    whole = content(volume())
    at = whole.index(BAG_ID)
    return sparse(folder, whole[:at] + head, gap, whole[at:])


@kind("element-count-bomb", same_pixels=True)
def _():
    tiny = element(9, 0x1001, "LO")
    yield "half a million", inserted(tiny * 500000), "element-twice"
    yield "a million and one", inserted(tiny * 1000001), LIMIT
    yield "in an item", inserted(element(9, 0x1001, "SQ", item(tiny * 1000001))), LIMIT
    yield "two million, two bytes each", inserted(element(9, 0x1001, "SH", b"AB") * 2000000), LIMIT
    yield "sequences in a row", inserted(element(9, 0x1001, "SQ") * 1000001), LIMIT
    yield "items in a row", inserted(element(9, 0x1001, "SQ", item() * 2000000)), ""
    yield "items of the slices", replaced(tag(0x5200, 0x9230) + b"SQ", element(0x5200, 0x9230, "SQ", item() * 2000000) + tag(0x5200, 0x9231) + b"SQ"), "frame-count-differs no-position"
    yield "fragments", in_fragments(item() + item() * 1000001 + SEQUENCE_END), LIMIT
    yield "a header of 65 MiB", lambda f: with_zeros(65 << 20, element(9, 0x1001, "OB", b"", 65 << 20), f), LIMIT
    yield "a header of 65 MiB of zeros as elements", lambda f: with_zeros(65 << 20, element(9, 0x1001, "SQ", b"", 65 << 20), f), BROKEN


def of_syntax(written, named):
    head, body = split(content(volume(syntax=written)))
    old, new = (b"UI" + struct.pack("<H", len(uid) + len(uid) % 2) + uid.encode() + b"\0" * (len(uid) % 2) for uid in (written, named))
    return relength(replaced(old, new, head)) + body


def relength(head):
    return head[:140] + struct.pack("<I", len(head) - 144) + head[144:]


@kind("implicit-and-explicit")
def _():
    big = "1.2.840.10008.1.2.2"
    yield "explicit, called implicit", of_syntax(dicom.EXPLICIT, dicom.IMPLICIT), "=truncated"
    yield "implicit, called explicit", of_syntax(dicom.IMPLICIT, dicom.EXPLICIT), BROKEN
    yield "explicit, called big-endian", of_syntax(dicom.EXPLICIT, big), "=truncated"
    yield "implicit, called big-endian", of_syntax(dicom.IMPLICIT, big), BROKEN
    yield "explicit, called deflated", of_syntax(dicom.EXPLICIT, dicom.DEFLATED), BROKEN
    yield "implicit, called RLE", of_syntax(dicom.IMPLICIT, dicom.RLE), BROKEN
    whole, implicit = split(), split(content(volume(syntax=dicom.IMPLICIT)))[1]
    yield "explicit, then implicit", whole[0] + whole[1][:whole[1].index(BAG_ID)] + implicit[implicit.index(tag(0x10, 0x20)):], BROKEN
    yield "an implicit element amid", inserted(tag(9, 0x1001) + b"\x04\0\0\0ABCD"), BROKEN
    yield "a type in small letters", replaced(BAG_ID, tag(0x10, 0x20) + b"lo"), BROKEN
    yield "a type that there is not", replaced(BAG_ID, tag(0x10, 0x20) + b"ZZ"), "=truncated"


@kind("meta-information")
def _():
    head, body = split()
    syntax = element(2, 0x10, "UI", b"1.2.840.10008.1.2.1\0")
    without = head.replace(syntax, b"")
    yield "no syntax", relength(without) + body, BROKEN
    yield "an empty syntax", relength(without + element(2, 0x10, "UI")) + body, BROKEN
    yield "a syntax that there is not", relength(without + element(2, 0x10, "UI", b"1.2.3.4\0")) + body, "=unsupported-syntax"
    yield "a syntax with letters", relength(without + element(2, 0x10, "UI", b"\x1b[31mred\0")) + body, "=unsupported-syntax"
    yield "a syntax of 60,000 characters", relength(without + element(2, 0x10, "UI", b"1." * 30000)) + body, "=unsupported-syntax"
    yield "length 0", head[:140] + bytes(4) + head[144:] + body, ""
    yield "length of 4 GiB", head[:140] + b"\xff\xff\xff\xff" + head[144:] + body, ""
    yield "no length", head[:132] + head[144:] + body, ""
    yield "the mark twice", head[:132] + b"DICM" + head[132:] + body, BROKEN
    yield "another class than inside", replaced(dicom.DICOS_CT.encode() + b"\0", b"1.2.840.10008.5.1.4.1.1.501.3\0"[:len(dicom.DICOS_CT) + 1]), "=not-an-image"


@kind("element-twice")
def _():
    other, twice = element(0x28, 0x10, "US", b"\x07\0"), "element-twice"
    yield "rows, the same", replaced(ROWS, ROWS + ROWS), twice
    yield "rows, another number first", replaced(ROWS, other + ROWS), twice
    yield "rows, another number last", replaced(ROWS, ROWS + other), "element-twice frame-count-differs"
    yield "columns", replaced(COLUMNS, COLUMNS + element(0x28, 0x11, "US", b"\xff\xff")), LIMIT
    yield "frames", replaced(N_FRAMES, N_FRAMES + element(0x28, 8, "IS", b"9 ")), "element-twice frame-count-differs"
    yield "bits", inserted(element(0x28, 0x100, "US", b"\x08\0"), tag(0x28, 0x100)), twice
    yield "bag", inserted(element(0x10, 0x20, "LO", b"OTHER ")), twice
    whole = content(volume())
    groups = whole[whole.index(tag(0x5200, 0x9230) + b"SQ"):whole.index(PIXELS)]
    yield "the groups of the slices", inserted(groups, PIXELS), "frame-count-differs"
    yield "pixels, behind", whole + element(0x7FE0, 0x10, "OW", bytes(3 * dicom.FRAME_BYTES)), ""
    yield "pixels, too short ones first", inserted(element(0x7FE0, 0x10, "OW", bytes(4)), PIXELS), "=truncated"


@kind("delimiter-out-of-place")
def _():
    yield "the end of a sequence at the top", inserted(SEQUENCE_END), BROKEN
    yield "the end of an item at the top", inserted(ITEM_END), BROKEN
    yield "an item at the top", inserted(item(b"1234")), BROKEN
    yield "the end of a sequence within an item", inserted(element(9, 0x1001, "SQ", item(SEQUENCE_END, UNDEFINED), UNDEFINED)), BROKEN
    yield "the end of an item with a length", inserted(element(9, 0x1001, "SQ", item(ITEM_END[:4] + b"\x08\0\0\0", UNDEFINED) + SEQUENCE_END, UNDEFINED)), ""
    yield "the end of an item before its length is used", inserted(element(9, 0x1001, "SQ", item(ITEM_END + bytes(8)), UNDEFINED)), BROKEN
    yield "an element in place of an item", inserted(element(9, 0x1001, "SQ", element(9, 0x1002, "LO", b"AB"), UNDEFINED)), BROKEN
    yield "an element behind an item", inserted(element(9, 0x1001, "SQ", item() + element(9, 0x1002, "LO", b"AB"), UNDEFINED)), BROKEN
    yield "an unknown delimiter", inserted(b"\xfe\xff\x01\xe0\0\0\0\0"), BROKEN
    yield "the end of pixels at once", in_fragments(SEQUENCE_END), "=truncated"


@kind("truncation")
def _():
    whole = content(dicom.compressed())
    plain = content(volume())
    for i in range(5):
        yield f"plain at {i + 1}/6", plain[:len(plain) * (i + 1) // 6 + i], ANY_ANSWER
        yield f"RLE at {i + 1}/6", whole[:len(whole) * (i + 1) // 6 + i], ANY_ANSWER


@kind("byte-flips")
def _():
    sources = [content(volume()), content(dicom.compressed()), content(volume(syntax=dicom.IMPLICIT)), content(volume(syntax=dicom.DEFLATED))]
    for i in range(10):
        dice = random.Random(i)
        damaged = bytearray(sources[i % 4])
        for _ in range(8):
            damaged[dice.randrange(132, len(damaged))] ^= 1 << dice.randrange(8)
        yield f"seed {i}", bytes(damaged), ANY_ANSWER


