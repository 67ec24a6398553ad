# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files by kind: what makes them, byte by byte where no writer would, and the registry.

A kind is a generator of (what is wrong, the file, what must be answered). The file is its bytes, or a
function from an empty folder to a path. The answer is text: "=NAME" for a file refused with that error, else
the names of the warnings of a scan that is shown, and behind "/" the errors of slices that are not. A tuple
of these where several answers are honest; ANY_ANSWER for damage at random places.
"""
import io
import struct

from pydicom.dataelem import DataElement

import dicom_files as dicom
from dicom_files import volume

ANY_ANSWER = None
KINDS = []

BAG_ID = b"\x10\x00\x20\x00LO"
ROWS = b"\x28\x00\x10\x00US\x02\x00" + struct.pack("<H", dicom.ROWS)
COLUMNS = b"\x28\x00\x11\x00US\x02\x00" + struct.pack("<H", dicom.COLUMNS)
N_FRAMES = b"\x28\x00\x08\x00IS\x02\x003 "
PIXELS = b"\xe0\x7f\x10\x00OW\0\0" + struct.pack("<I", 3 * dicom.FRAME_BYTES)
ITEM = b"\xfe\xff\x00\xe0"
ITEM_END = b"\xfe\xff\x0d\xe0\0\0\0\0"
SEQUENCE_END = b"\xfe\xff\xdd\xe0\0\0\0\0"
UNDEFINED = 0xFFFFFFFF
LONG = (b"OB", b"OD", b"OF", b"OL", b"OW", b"SQ", b"UC", b"UN", b"UR", b"UT")


def kind(name, same_pixels=False):
    """Registers a generator; @same_pixels: each slice that is shown is the one that was stored there."""
    def register(make):
        KINDS.append((name, make, same_pixels))
        return make
    return register


def tag(group, element):
    return struct.pack("<HH", group, element)


def element(group, number, vr, value=b"", length=None):
    """An explicit element, whose length may be a lie."""
    vr = vr.encode()
    length = len(value) if length is None else length
    head = b"\0\0" + struct.pack("<I", length) if vr in LONG else struct.pack("<H", length)
    return tag(group, number) + vr + head + value


def item(value=b"", length=None):
    return ITEM + struct.pack("<I", len(value) if length is None else length) + value


def content(data):
    """The bytes that pydicom writes."""
    buffer = io.BytesIO()
    data.save_as(buffer, write_like_original=False)
    return buffer.getvalue()


def put_text(data, number, vr, text):
    """An element with a text that its VR forbids: written as another kind, which with_text() names anew."""
    data.add(DataElement(number, "LO", text))
    return tag(number >> 16, number & 0xFFFF) + vr.encode()


def with_text(data, holder, number, text, vr="DS"):
    """@data as bytes, with the text in @holder, which may be an item within it."""
    named = put_text(holder, number, vr, text)
    written = content(data)
    assert written.count(named[:4] + b"LO") == 1, named
    return written.replace(named[:4] + b"LO", named)


def replaced(old, new, data=None):
    """The good volume, or other bytes, with one place changed."""
    data = content(volume()) if data is None else data
    assert data.count(old) >= 1, old
    return data.replace(old, new, 1)


def inserted(raw, before=BAG_ID, data=None):
    return replaced(before, raw + before, data)


def split(data=None):
    """The preamble with the meta information, and the data set."""
    data = content(volume()) if data is None else data
    end = 144 + struct.unpack_from("<I", data, 140)[0]
    return data[:end], data[end:]


def fragments(*streams, table=b"", end=SEQUENCE_END):
    return item(table) + b"".join(stream if stream[:4] == ITEM else item(stream) for stream in streams) + end


def in_fragments(raw, n=3, syntax=dicom.RLE, **values):
    """A compressed volume with just these bytes behind the head of its pixel data."""
    data = volume(n, syntax=syntax)
    for keyword, value in values.items():
        setattr(data, keyword, value)
    del data.PixelData
    return content(data) + b"\xe0\x7f\x10\x00OB\0\0\xff\xff\xff\xff" + raw
