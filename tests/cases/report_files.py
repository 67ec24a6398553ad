# SPDX-License-Identifier: GPL-3.0-or-later
"""Threat reports about the volumes of dicom_files.py, made by pydicom element by element."""
from pydicom.dataelem import DataElement
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence

from codestreams import BIG_ENDIAN
from dicom_files import DICOS_CT, EXPLICIT, IMPLICIT

THREAT_REPORT = "1.2.840.10008.5.1.4.1.1.501.3"


def put(data, tag, kind, value):
    if value is not None:
        data.add(DataElement(tag, kind, value))


def items(*sets):
    return Sequence(list(sets))


def reference(instance):
    data = Dataset()
    put(data, 0x00081150, "UI", DICOS_CT)
    put(data, 0x00081155, "UI", instance)
    return data


def place(base=None, extents=None, bitmap=None, polygon=None, instances=(), mass=None, density=None, z_effective=None,
          volume=None, location=None):
    """Where an object lies: a region in voxels, a polygon in mm, or both."""
    data = Dataset()
    if instances:
        put(data, 0x0008114A, "SQ", items(*(reference(instance) for instance in instances)))
    if base is not None:
        region = Dataset()
        put(region, 0x40101004, "FL", base)
        put(region, 0x40101005, "FL", extents)
        put(region, 0x40101006, "OB", bitmap)
        put(data, 0x40101001, "SQ", items(region))
    put(data, 0x40101017, "FL", mass)
    put(data, 0x40101018, "FL", density)
    put(data, 0x40101019, "FL", z_effective)
    put(data, 0x4010101D, "FL", polygon)
    put(data, 0x40101023, "FL", volume)
    put(data, 0x40101078, "CS", location)
    return data


def opinion(flag="THREAT", category="EXPLOSIVE", text=None, probability=None, ability=None):
    data = Dataset()
    put(data, 0x40101012, "CS", category)
    put(data, 0x40101013, "LT", text)
    put(data, 0x40101014, "CS", ability)
    put(data, 0x40101015, "CS", flag)
    put(data, 0x40101016, "FL", probability)
    return data


def threat(number, *parts):
    """An object from its places and its opinions, in any order."""
    data = Dataset()
    put(data, 0x40101010, "US", number)
    put(data, 0x40101037, "SQ", Sequence([part for part in parts if 0x40101015 not in part]))
    put(data, 0x40101038, "SQ", Sequence([part for part in parts if 0x40101015 in part]))
    return data


def report(*threats, instances=("1.2.3.4.5",), bag="BAG-7", series="1.2.3.4.99", frame_of_reference=None, uid="1.2.3.4.100",
           decision="ALARM", kind="MACHINE", abort="SUCCESS", total=None, syntax=EXPLICIT):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = THREAT_REPORT
    meta.MediaStorageSOPInstanceUID = uid
    meta.TransferSyntaxUID = syntax
    data = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian, data.is_implicit_VR = syntax != BIG_ENDIAN, syntax == IMPLICIT
    data.SOPClassUID, data.SOPInstanceUID, data.Modality = THREAT_REPORT, uid, "TDR"
    data.PatientID, data.SeriesInstanceUID = bag, series
    put(data, 0x00200052, "UI", frame_of_reference)
    put(data, 0x00081110, "SQ", Sequence([reference(instance) for instance in instances]))
    if threats:
        put(data, 0x40101011, "SQ", Sequence(list(threats)))
    put(data, 0x40101021, "CS", "TIMEOUT" if abort == "ABORT" else None)
    put(data, 0x40101024, "CS", abort)
    put(data, 0x40101027, "CS", kind)
    put(data, 0x40101029, "LO", ["Finder", "2.1"])
    put(data, 0x4010102B, "DT", "20260105081501")
    put(data, 0x40101031, "CS", decision)
    put(data, 0x40101033, "US", len(threats) if total is None else total)
    return data
