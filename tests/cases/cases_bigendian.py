# SPDX-License-Identifier: GPL-3.0-or-later
"""Explicit big endian: numbers of the header and samples the other way round."""
import struct

import dicom_files as dicom
from case_checks import CASES, GOOD, case, digest, refuses, shows, stored
from codestreams import BIG_ENDIAN, converted
from dicom_files import COLUMNS, ROWS, binary_count, cut, frame_values, pack, save, volume


def swapped(n=3, **how):
    """As pydicom writes it; the samples it leaves as they are given."""
    data = volume(n, syntax=BIG_ENDIAN)
    data.is_little_endian = False
    data.PixelData = b"".join(struct.pack(f">{ROWS * COLUMNS}H", *frame_values(frame)) for frame in range(n))
    data["PixelData"].VR = "OW"
    for keyword, value in how.items():
        setattr(data, keyword, value)
    return data


def bytes_of(n=3, rows=ROWS, columns=COLUMNS):
    data = volume(n)
    data.Rows, data.Columns = rows, columns
    data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
    data.PixelData = b"".join(pack([v & 255 for v in frame_values(frame, rows, columns)], "B") for frame in range(n))
    data.PixelData += b"\0" * (len(data.PixelData) % 2)
    data["PixelData"].VR = "OB"
    return data


def in_words(data):
    data["PixelData"].VR = "OW"
    return data


EIGHT_BITS = stored([0, 1, 2], mask=255)
NUMBERS = dict(order="position", spacing=[1.5, 1.5, 2], units="MHU", slope=2, intercept=-5, bag_id="BAG-7")

CASES.append(("big-endian", lambda f: save(f, swapped()), shows(GOOD, **NUMBERS)))
CASES.append(("big-endian-by-dcmtk", lambda f: converted(f, volume(), "dcmconv", "+tb"), shows(GOOD, **NUMBERS)))
CASES.append(("big-endian-undefined-lengths", lambda f: converted(f, volume(), "dcmconv", "+tb", "-e"), shows(GOOD, **NUMBERS)))
CASES.append(("big-endian-count-us", lambda f: save(f, binary_count(swapped(), 3)), shows(GOOD)))
CASES.append(("big-endian-cut", lambda f: cut(save(f, swapped()), -4), shows(stored([0, 1, "truncated"]), "partial")))
CASES.append(("big-endian-8-bit-bytes", lambda f: converted(f, bytes_of(), "dcmconv", "+tb"), shows(EIGHT_BITS, bits_allocated=8)))
CASES.append(("big-endian-8-bit-words", lambda f: converted(f, in_words(bytes_of()), "dcmconv", "+tb"), shows(EIGHT_BITS, bits_allocated=8)))
CASES.append(("big-endian-odd-bytes", lambda f: converted(f, bytes_of(1, 5, 7), "dcmconv", "+tb"), shows([digest([v & 255 for v in frame_values(0, 5, 7)])])))
CASES.append(("big-endian-odd-words", lambda f: converted(f, in_words(bytes_of(1, 5, 7)), "dcmconv", "+tb"), refuses("unsupported-image", "odd number")))


@case("big-endian-12-bit-signed", shows([digest([(v & 4095) - 4096 if v & 2048 else v & 4095 for v in frame_values(f)], "h") for f in range(3)]))
def _(folder):
    return save(folder, swapped(BitsStored=12, HighBit=11, PixelRepresentation=1))



@case("big-endian-facts", shows(GOOD, facts={
    "PatientID": "BAG-7", "OOISize": "0.5\\0.25\\0.75", "Modality": "CT", "ImageType": "ORIGINAL\\HIGH ENERGY\\VOLUME\\NONE",
    "AcquisitionDuration": "1.5", "StudyInstanceUID": "1.2.3.4", "SeriesInstanceUID": "1.2.3.4.1", "SOPInstanceUID": "1.2.3.4.5", "SeriesEnergy": "2"}))
def _(folder):
    data = swapped(AcquisitionDuration=1.5)
    data.add(dicom.DataElement(0x40101043, "FL", [0.5, 0.25, 0.75]))
    data.add(dicom.DataElement(0x61000030, "US", 2))
    return save(folder, data)
