# SPDX-License-Identifier: GPL-3.0-or-later
"""Small CT files, good ones and such with one thing changed, made by pydicom."""
import os
import struct

from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence

IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"
DEFLATED = "1.2.840.10008.1.2.1.99"
RLE = "1.2.840.10008.1.2.5"
JPEG_LOSSLESS = "1.2.840.10008.1.2.4.70"
DICOS_CT = "1.2.840.10008.5.1.4.1.1.501.1"
ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
MEDICAL_CT = "1.2.840.10008.5.1.4.1.1.2"

ROWS, COLUMNS = 14, 18
FRAME_BYTES = ROWS * COLUMNS * 2
AXIAL = ["1", "0", "0", "0", "1", "0"]


def frame_values(frame, rows=ROWS, columns=COLUMNS, mask=0xFFFF):
    """Another ramp for each frame, so that no two slices can be taken for each other."""
    return [(frame * 4099 + y * 257 + x * 3) & mask for y in range(rows) for x in range(columns)]


def pack(values, code="H"):
    return struct.pack(f"<{len(values)}{code}", *values)


def frames(n, **how):
    return b"".join(pack(frame_values(frame, **how)) for frame in range(n))


def sequence(**values):
    data = Dataset()
    for keyword, value in values.items():
        setattr(data, keyword, value)
    return Sequence([data])


def base(syntax=EXPLICIT, sop_class=DICOS_CT):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = "1.2.3.4.5"
    meta.TransferSyntaxUID = syntax
    data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian = True
    data.is_implicit_VR = syntax == IMPLICIT
    data.SOPClassUID = sop_class
    data.SOPInstanceUID = "1.2.3.4.5"
    data.StudyInstanceUID = "1.2.3.4"
    data.SeriesInstanceUID = "1.2.3.4.1"
    data.PatientID = "BAG-7"
    data.Modality = "CT"
    data.ImageType = ["ORIGINAL", "HIGH ENERGY", "VOLUME", "NONE"]
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.Rows, data.Columns = ROWS, COLUMNS
    data.BitsAllocated, data.BitsStored, data.HighBit = 16, 16, 15
    data.PixelRepresentation = 0
    return data


def volume(n=3, z=None, syntax=EXPLICIT, sop_class=DICOS_CT):
    """One file of @n frames, 2 mm apart unless @z says where they are."""
    data = base(syntax, sop_class)
    shared = Dataset()
    shared.PixelValueTransformationSequence = sequence(RescaleIntercept="-5", RescaleSlope="2", RescaleType="MHU")
    shared.PixelMeasuresSequence = sequence(PixelSpacing=["1.5", "1.5"], SliceThickness="1")
    shared.PlaneOrientationSequence = sequence(ImageOrientationPatient=AXIAL)
    data.NumberOfFrames = n
    data.SharedFunctionalGroupsSequence = Sequence([shared])
    groups = []
    for frame in range(n):
        group = Dataset()
        where = 2 * frame if z is None else z[frame]
        group.PlanePositionSequence = sequence(ImagePositionPatient=["0", "0", str(where)])
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = Sequence(groups)
    data.PixelData = frames(n)
    data["PixelData"].VR = "OW"
    return data


def shared(data, group, **values):
    """Puts one functional group of all frames in place of what was there."""
    setattr(data.SharedFunctionalGroupsSequence[0], group, sequence(**values))
    return data


def single(frame=0, z=0, series="1.2.3.4.1", rows=ROWS, columns=COLUMNS):
    """A file of one slice, as medical scanners write it."""
    data = base(sop_class=MEDICAL_CT)
    data.SOPInstanceUID = data.file_meta.MediaStorageSOPInstanceUID = f"{series}.{frame + 1}"
    data.SeriesInstanceUID = series
    data.InstanceNumber = frame + 1
    data.Rows, data.Columns = rows, columns
    data.ImagePositionPatient = ["0", "0", str(z)]
    data.ImageOrientationPatient = AXIAL
    data.PixelSpacing = ["0.7", "0.7"]
    data.RescaleSlope, data.RescaleIntercept = "1", "-1024"
    data.PixelData = pack(frame_values(frame, rows, columns))
    data["PixelData"].VR = "OW"
    return data


def binary_count(data, n):
    """The frame count as the field's toolkit writes it."""
    data[0x00280008] = DataElement(0x00280008, "US", n)
    return data


def rle_frame(values):
    """One frame of PS3.5 annex G, in literal runs only."""
    segments = []
    for shift in (8, 0):
        plane = bytes((value >> shift) & 255 for value in values)
        runs = [plane[i:i + 128] for i in range(0, len(plane), 128)]
        segment = b"".join(bytes([len(run) - 1]) + run for run in runs)
        segments.append(segment + b"\0" * (len(segment) % 2))
    head = [2, 64, 64 + len(segments[0])] + [0] * 13
    return struct.pack("<16I", *head) + b"".join(segments)


def compressed(n=3, with_table=True):
    data = volume(n, syntax=RLE)
    data.PixelData = encapsulate([rle_frame(frame_values(frame)) for frame in range(n)], has_bot=with_table)
    data["PixelData"].is_undefined_length = True
    data["PixelData"].VR = "OB"
    return data


def save(folder, data, name="scan.dcs"):
    path = os.path.join(folder, name)
    data.save_as(path, write_like_original=False)
    return path


def save_bytes(folder, content, name="scan.dcs"):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def change(path, old, new, which=0):
    """Replaces one occurrence of some bytes."""
    content = read_bytes(path)
    at = -1
    for _ in range(which + 1):
        at = content.index(old, at + 1)
    return save_bytes(os.path.dirname(path), content[:at] + new + content[at + len(old):], os.path.basename(path))


def cut(path, keep):
    """Keeps so many bytes, or leaves so many out at the end when negative."""
    return save_bytes(os.path.dirname(path), read_bytes(path)[:keep], os.path.basename(path))
