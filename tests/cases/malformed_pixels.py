# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files whose sizes, counts, fragments and codestreams are not what they should be."""
import functools
import os
import struct
import tempfile
import zlib

import dicom_files as dicom
from case_checks import make_bag
from codestreams import JPEG_2000, JPEG_LS, encoded, frames_of, openjpeg, wrapped
from dicom_files import DEFLATED, FRAME_BYTES, frame_values, rle_frame, volume
from malformed_files import (COLUMNS, N_FRAMES, PIXELS, ROWS, SEQUENCE_END, content, element, fragments, in_fragments, inserted, item, kind, replaced,
                             split, tag)

BROKEN = "=malformed"
LIMIT = "=limit"
BAD = "/ corrupt-frame"


@kind("frame-count", same_pixels=True)
def _():
    for text in (b"0 ", b"-3", b"x ", b"2 ", b"4 ", b"99999999", b"4294967299", b"\xff\xff", b"3.5 ", b"1e9 "):
        yield repr(text), replaced(N_FRAMES, element(0x28, 8, "IS", text)), "frame-count-differs"


def number(element_number, value):
    return element(0x28, element_number, "US", struct.pack("<H", value))


def sized(rows, columns, data=None):
    return replaced(COLUMNS, number(0x11, columns), replaced(ROWS, number(0x10, rows), data))


@kind("rows-and-columns")
def _():
    yield "no row", sized(0, dicom.COLUMNS), BROKEN
    yield "no column", sized(dicom.ROWS, 0), BROKEN
    yield "neither", sized(0, 0), BROKEN
    yield "16,385 rows", sized(16385, 1), LIMIT
    yield "65,535 columns", sized(1, 65535), LIMIT
    yield "65,535 by 65,535", sized(65535, 65535), LIMIT
    yield "rows left out", replaced(ROWS, b""), BROKEN
    yield "columns left out", replaced(COLUMNS, b""), BROKEN
    yield "rows as text", replaced(ROWS, element(0x28, 0x10, "IS", b"14")), "=truncated"
    yield "rows in 32 bits", replaced(ROWS, element(0x28, 0x10, "UL", struct.pack("<I", 65536 + 14))), LIMIT


def bits(allocated, stored, high, data=None):
    data = replaced(tag(0x28, 0x100) + b"US\x02\0\x10\0", number(0x100, allocated), data)
    data = replaced(tag(0x28, 0x101) + b"US\x02\0\x10\0", number(0x101, stored), data)
    return replaced(tag(0x28, 0x102) + b"US\x02\0\x0f\0", number(0x102, high), data)


@kind("product-overflow")
def _():
    many = replaced(N_FRAMES, element(0x28, 8, "IS", b"2147483647"))
    yield "16,384 by 16,384", sized(16384, 16384), "=truncated"
    yield "with 2^31 frames", sized(16384, 16384, many), "=truncated"
    yield "of 64 bits", bits(64, 64, 63, sized(16384, 16384)), "=truncated"
    yield "of 64 bits, 2^31 frames", bits(64, 64, 63, sized(16384, 16384, many)), "=truncated"
    yield "4096 by 16384, product 0 in 26 bits", sized(4096, 16384), "=truncated"
    yield "one row too many", sized(dicom.ROWS * 3 + 1, dicom.COLUMNS), "=truncated"
    yield "RLE of 16,384 by 16,384", sized(16384, 16384, content(dicom.compressed())), LIMIT
    yield "RLE with 2^31 frames", replaced(N_FRAMES, element(0x28, 8, "IS", b"2147483647"), content(dicom.compressed())), "frame-count-differs offset-table"
    yield "RLE of 8192 by 8192", sized(8192, 8192, content(dicom.compressed())), LIMIT
    yield "pixels of 4 GiB less 2", sized(16384, 16384, replaced(PIXELS, PIXELS[:8] + b"\xfe\xff\xff\xff")), "=truncated"


@kind("bit-counts")
def _():
    odd = ("=unsupported-image", BROKEN)
    yield "more stored than allocated", bits(16, 17, 15), BROKEN
    yield "none stored", bits(16, 0, 15), BROKEN
    yield "none allocated", bits(0, 16, 15), odd
    yield "12 allocated", bits(12, 12, 11), odd
    yield "24 allocated", bits(24, 16, 15), odd
    yield "1 allocated", bits(1, 1, 0), odd
    yield "65,535 of each", bits(65535, 65535, 65534), odd
    yield "272, which is 16 in a byte", bits(272, 272, 271), odd
    yield "a high bit of 20", bits(16, 16, 20), "high-bit"
    yield "a high bit below the stored ones", bits(16, 12, 3), "high-bit"


def table(*entries):
    return struct.pack(f"<{len(entries)}I", *entries)


@functools.cache
def rle():
    return [rle_frame(frame_values(i)) for i in range(3)]


@kind("offset-table", same_pixels=True)
def _():
    streams, size = rle(), len(rle()[0]) + 8
    wrong = {"first entry not 0": table(8, size, 2 * size), "backwards": table(0, 2 * size, size), "beyond the file": table(0, size, 1 << 30),
             "all ones": table(*[0xFFFFFFFF] * 3), "between fragments": table(0, size + 2, 2 * size), "one entry thrice": table(0, 0, 0),
             "too few": table(0, size), "too many": table(0, size, 2 * size, 3 * size), "100,000 entries": table(*range(100000))}
    for what, entries in wrong.items():
        yield what, in_fragments(fragments(*streams, table=entries)), "offset-table"
    yield "three bytes", in_fragments(fragments(*streams, table=b"\0\0\0\0")), "offset-table"


@kind("missing-items", same_pixels=True)
def _():
    one, two, three = rle()
    differs = "frame-count-differs"
    yield "two fragments of three", in_fragments(fragments(one, two)), differs
    yield "one", in_fragments(fragments(one)), differs
    yield "none", in_fragments(fragments()), "=truncated"
    yield "not even a table", in_fragments(SEQUENCE_END), "=truncated"
    yield "no end, all there", in_fragments(fragments(one, two, three, end=b"")), ""
    yield "no end, two there", in_fragments(fragments(one, two, end=b"")), "partial / truncated"
    yield "an end amid", in_fragments(fragments(one) + item(two) + item(three) + SEQUENCE_END), differs
    yield "no table", in_fragments(item(one) + item(two) + item(three) + SEQUENCE_END), "offset-table"
    whole = content(volume())
    at = whole.index(tag(0x5200, 0x9230) + b"SQ")
    yield "no positions", whole[:at] + element(0x5200, 0x9230, "SQ") + whole[whole.index(PIXELS):], "no-position"
    yield "positions of one slice", whole[:at] + element(0x5200, 0x9230, "SQ", item()) + whole[whole.index(PIXELS):], "frame-count-differs"


@kind("empty-fragments", same_pixels=True)
def _():
    one, two, three = rle()
    for what, streams, wanted in (("in front", (b"", one, two, three), ""), ("within", (one, b"", two, three), ""), ("at the end", (one, two, three, b""), ""),
                                  ("between all", (b"", one, b"", two, b"", three, b""), ""), ("for the first slice", (b"", two, three), BAD),
                                  ("for the second", (one, b"", three), BAD), ("for the last", (one, two, b""), BAD), ("for all", (b"", b"", b""), BAD),
                                  ("too many for all", (b"",) * 4, "=truncated"), ("a thousand in front", (b"",) * 1000 + (one, two, three), "")):
        yield what, in_fragments(fragments(*streams)), wanted


@kind("fragments-over-frames", same_pixels=True)
def _():
    one, two, three = rle()
    whole = one + two + three
    yield "all in one", in_fragments(fragments(whole)), "frame-count-differs"
    yield "two in one", in_fragments(fragments(one + two, three)), "frame-count-differs"
    yield "halves that overlap", in_fragments(fragments(one[:100], one[100:] + two[:100], two[100:] + three)), BAD
    yield "cut at 100", in_fragments(fragments(whole[:100], whole[100:])), "frame-count-differs"
    yield "three equal parts, shifted", in_fragments(fragments(whole[:len(one) + 2], whole[len(one) + 2:2 * len(one) + 2], whole[2 * len(one) + 2:])), BAD
    yield "the first one missing its head", in_fragments(fragments(one[64:], two, three)), BAD
    yield "backwards", in_fragments(fragments(whole[100:], whole[:100])), "frame-count-differs / corrupt-frame"
    yield "bytes of two", in_fragments(fragments(*(whole[i:i + 2] for i in range(0, len(whole), 2)))), "frame-count-differs"
    yield "with a table of the frames", in_fragments(fragments(whole, table=table(0, len(one), 2 * len(one)))), "frame-count-differs offset-table"
    yield "four where three should be", in_fragments(fragments(one, two[:90], two[90:], three)), ""


def with_segments(offsets, planes, which=1):
    """The volume with one slice of these segments."""
    streams = list(rle())
    streams[which] = struct.pack("<16I", len(offsets), *offsets, *[0] * (15 - len(offsets))) + planes
    return in_fragments(fragments(*streams))


@kind("rle-bomb", same_pixels=True)
def _():
    run = b"\x81\0"
    yield "a run too long", with_segments((64, 64 + 2000), run * 1000 + run * 1000), BAD
    yield "runs without end", with_segments((64, 66), run * 100000), BAD
    yield "no output at all", with_segments((64, 64 + 20000), b"\x80" * 40000), BAD
    yield "segments that overlap", with_segments((64, 65), run * 2), BAD
    yield "a segment beyond", with_segments((64, 0x7FFFFFFF), run), BAD
    yield "15 segments", with_segments(tuple(range(64, 94, 2)), run * 15), BAD
    yield "4 billion segments", in_fragments(fragments(rle()[0], struct.pack("<16I", 0xFFFFFFFF, *[64] * 15) + run, rle()[2])), BAD
    yield "a literal beyond the end", with_segments((64, 66), b"\x7f\0\x7f\0"), BAD
    yield "one segment for two bytes", with_segments((64,), run * 2), BAD
    yield "every slice, of 16,384 by 16,384", sized(16384, 16384, in_fragments(fragments(*[struct.pack("<16I", 2, 64, 66, *[0] * 13) + run * 2] * 3))), LIMIT


@functools.cache
def lossless():
    """The file of another writer in JPEG lossless, and one of its slices."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_bag(folder, "jpeg-lossless", size="48x24x3")
        return dicom.read_bytes(path), frames_of(path)[1]


def with_frame(stream):
    whole, old = lossless()
    return replaced(struct.pack("<I", len(old)) + old, struct.pack("<I", len(stream)) + stream, whole)


def poked(marker, offset, value):
    stream = lossless()[1]
    at = stream.index(marker) + offset
    return with_frame(stream[:at] + value + stream[at + len(value):])


@kind("jpeg-lossless-damage")
def _():
    huffman, frame, scan, stream = b"\xff\xc4", b"\xff\xc3", b"\xff\xda", lossless()[1]
    yield "a table of 65,535 bytes", poked(huffman, 2, b"\xff\xff"), BAD
    yield "a table of no bytes", poked(huffman, 2, b"\0\2"), BAD
    yield "255 codes of one bit", poked(huffman, 5, b"\xff"), BAD
    yield "no codes", poked(huffman, 5, bytes(16)), BAD
    yield "a symbol of 255 bits", poked(huffman, 21, b"\xff"), BAD
    yield "another number of the table", poked(huffman, 4, b"\3"), BAD
    yield "predictor 9", poked(scan, 7, b"\x09"), BAD
    yield "no rows", poked(frame, 5, b"\0\0"), BAD
    yield "no scan", with_frame(stream.replace(scan, b"\xff\xfe")), BAD
    yield "nothing but ones", with_frame(stream[:stream.index(scan) + 10] + b"\xff" * (len(stream) - stream.index(scan) - 10)), BAD


@kind("codestream-of-other-size")
def _():
    whole = lossless()[0]
    rows, columns = element(0x28, 0x10, "US", b"\x18\0"), element(0x28, 0x11, "US", b"\x30\0")

    def says(n_rows, n_columns):
        return replaced(columns, number(0x11, n_columns), replaced(rows, number(0x10, n_rows), whole))
    for size in ((1, 1), (16384, 16384), (48, 24), (25, 48), (24, 47)):
        yield f"JPEG lossless, the header says {size}", says(*size), "codestream-differs"
    yield "one slice of 48 by 24", poked(b"\xff\xc3", 5, struct.pack(">HH", 48, 24)), BAD
    yield "one slice of 65,535 by 65,535", poked(b"\xff\xc3", 5, b"\xff" * 4), BAD
    yield "one slice of 17 bits", poked(b"\xff\xc3", 4, b"\x11"), BAD
    yield "RLE, the header says more", sized(28, 18, content(dicom.compressed())), BAD
    yield "RLE, the header says less", sized(7, 18, content(dicom.compressed())), BAD


def deflated(*parts, head=None):
    """A deflated file; each part is bytes, or how many MiB of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    out = b""
    for part in parts:
        if isinstance(part, int):
            out += packer.flush(zlib.Z_FULL_FLUSH)
            out += zero_block() * part
        else:
            out += packer.compress(part)
    return split(content(volume(syntax=DEFLATED)) if head is None else head)[0] + out + packer.flush()


@functools.cache
def zero_block():
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)


def zeros_of(side):
    """All but the pixels of a volume of three square slices."""
    head, body = split(sized(side, side))[1], PIXELS[:8] + struct.pack("<I", 6 * side * side)
    return head[:head.index(PIXELS)] + body


@kind("deflate-bomb")
def _():
    body = split()[1]
    at = body.index(PIXELS)
    yield "a text of 2 GiB", deflated(element(9, 0x1001, "UT", b"", 2 << 30), 2048, body), LIMIT
    yield "a text of 60 MiB", deflated(element(9, 0x1001, "UT", b"", 60 << 20), 60, body), ""
    yield "a header of zeros", deflated(4096), BROKEN
    yield "a sequence of zeros", deflated(element(9, 0x1001, "SQ", b"", 2 << 30), 2048), BROKEN
    yield "2 GiB behind the pixels", deflated(body, 2048), ""
    yield "pixels of 2 GiB", deflated(body[:at] + PIXELS[:8] + struct.pack("<I", 2 << 30), 2048), "frame-count-differs"
    yield "96 MiB of zeros", deflated(zeros_of(4096), 96), "compression-ratio"
    yield "a slice of 512 MiB that is not there", deflated(zeros_of(16384)), "=truncated"
    yield "deflated twice", deflated(deflated(body)), BROKEN
    yield "a block of no kind", split(content(volume(syntax=DEFLATED)))[0] + b"\x07" * 100, BROKEN


@functools.cache
def j2k():
    with tempfile.TemporaryDirectory() as folder:
        return [openjpeg(folder, frame_values(i)) for i in range(3)]


def siz(stream, offset, value):
    at = stream.index(b"\xff\x51") + offset
    return stream[:at] + value + stream[at + len(value):]


def with_j2k(change, which=1):
    streams = list(j2k())
    streams[which] = change(streams[which])
    return content(wrapped(streams, JPEG_2000))


@kind("jpeg-2000-tile-bomb", same_pixels=True)
def _():
    big = struct.pack(">II", 16384, 16384)
    # SIZ (T.800 A.5.1): marker, length, capabilities, size at 6, offset at 14, tile at 22, its offset at 30, components at 38.
    changes = {
        "16,384 by 16,384": lambda s: siz(s, 6, big),
        "the same in tiles of 1 by 1": lambda s: siz(siz(s, 6, big), 22, struct.pack(">II", 1, 1)),
        "4 billion by 4 billion": lambda s: siz(s, 6, b"\xff" * 8),
        "tiles of no size": lambda s: siz(s, 22, bytes(8)),
        "tiles of 1 by 1": lambda s: siz(s, 22, struct.pack(">II", 1, 1)),
        "16,384 components": lambda s: siz(s, 38, b"\x40\0"),
        "an offset beyond": lambda s: siz(s, 14, b"\xff" * 8),
        "33 levels": lambda s: s[:s.index(b"\xff\x52") + 9] + b"\x21" + s[s.index(b"\xff\x52") + 10:],
        "20,000 of 65,535 rows": lambda s: siz(s, 6, struct.pack(">II", 18, 20000)),
    }
    for what, change in changes.items():
        yield what, with_j2k(change), BAD
    yield "the first slice of 16,384 in tiles of 1 by 1", with_j2k(lambda s: siz(siz(s, 6, big), 22, struct.pack(">II", 1, 1)), 0), LIMIT
