# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the pictures that bagscope-cli writes."""
import struct
import zlib


def read_png(path):
    """(width, height, rows of (red, green, blue)) of an 8-bit RGB PNG."""
    with open(path, "rb") as file:
        data = file.read()
    place, packed, header = 8, b"", None
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        body = data[place + 8:place + 8 + length]
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        elif kind == b"IDAT":
            packed += body
        place += 12 + length
    width, height, depth, colours = header[:4]
    assert (depth, colours) == (8, 2), header
    return width, height, unfilter(zlib.decompress(packed), width, height)


def paeth(left, above, corner):
    guess = left + above - corner
    return min((abs(guess - left), 0, left), (abs(guess - above), 1, above), (abs(guess - corner), 2, corner))[2]


def unfilter(data, width, height):
    rows, before, stride = [], bytes(width * 3), width * 3 + 1
    for y in range(height):
        kind, row = data[y * stride], bytearray(data[y * stride + 1:(y + 1) * stride])
        for x, value in enumerate(row):
            left, above = (row[x - 3] if x >= 3 else 0), before[x]
            corner = before[x - 3] if x >= 3 else 0
            row[x] = (value + (0, left, above, (left + above) // 2, paeth(left, above, corner))[kind]) & 255
        before = bytes(row)
        rows.append([tuple(row[x:x + 3]) for x in range(0, width * 3, 3)])
    return rows
