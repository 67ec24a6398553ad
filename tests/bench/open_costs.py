#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`bagscope-cli bench open`, `folder` and `decode` on the files that their figures are about.

usage: open_costs.py [--quick] [CASE...]     (prints one object; --quick: small files)
environment: BAGSCOPE_CLI

Files: a volume with a light header; one whose functional groups have no lengths and hold
what nobody reads, some 7 KB a slice; a folder with a slice a file; and a volume in each
kind of compression, by the encoders of DCMTK, GDCM and OpenJPEG's.
"""
import json
import os
import subprocess
import sys
import tempfile

import pydicom
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases"))
import dicom_files as dicom  # pylint: disable=wrong-import-position

CLI = os.environ["BAGSCOPE_CLI"]


class Size:
    """How large the files are."""
    def __init__(self, quick):
        self.slices = 6 if quick else 600
        self.compressed = "48x32x6" if quick else "512x512x60"
        self.derivations = 3 if quick else 34


def run(*command):
    return subprocess.run(command, check=True, capture_output=True).stdout


def make_bag(path, size, syntax="explicit", flavor="standard"):
    run(CLI, "make-bag", path, "--size", size, "--syntax", syntax, "--flavor", flavor)
    os.remove(path + ".tdr.dcs")
    return path


def light(folder, size):
    return make_bag(os.path.join(folder, "scan.dcs"), f"64x64x{max(size.slices, 6)}", flavor="toolkit")


def derivation(number):
    """An item that is skipped, with another in it."""
    code = dicom.sequence(CodeValue=str(number), CodingSchemeDesignator="99BAG", CodeMeaning="what nobody reads")
    item = Dataset()
    item.DerivationDescription = f"how slice and step {number} came about"
    item.DerivationCodeSequence = code
    return item


def without_lengths(data):
    for element in data:
        if element.VR == "SQ":
            element.is_undefined_length = True
            for item in element.value:
                item.is_undefined_length_sequence_item = True
                without_lengths(item)


def heavy(folder, size):
    data = dicom.volume(size.slices)
    data.Rows = data.Columns = 16
    for group in data.PerFrameFunctionalGroupsSequence:
        group.CTXRayDetailsSequence = dicom.sequence(KVP="160", FilterType="NONE", FilterMaterial="COPPER")
        group.PixelValueTransformationSequence = dicom.sequence(RescaleIntercept="-1024", RescaleSlope="1", RescaleType="HU")
        group.DerivationImageSequence = Sequence([derivation(number) for number in range(size.derivations)])
    without_lengths(data)
    data.PixelData = bytes(512 * size.slices)
    data["PixelData"].VR = "OW"
    return dicom.save(folder, data)


def slices(folder, size):
    for number in range(size.slices):
        dicom.save(folder, dicom.single(number, z=number, rows=64, columns=64), f"{number:03}.dcm")
    return folder


def by_program(*command, bits=16):
    """A made-up bag of the medical class, which GDCM reads, in another syntax."""
    def make(folder, size):
        plain, out = make_bag(os.path.join(folder, "plain.dcs"), size.compressed), os.path.join(folder, "scan.dcs")
        data = pydicom.dcmread(plain)
        data.SOPClassUID = data.file_meta.MediaStorageSOPClassUID = dicom.ENHANCED_CT
        if bits == 8:
            data.PixelData = bytes(value >> 4 & 255 for value in memoryview(data.PixelData).cast("H"))
            data["PixelData"].VR = "OB"
            data.BitsAllocated, data.BitsStored, data.HighBit = 8, 8, 7
        data.save_as(plain, write_like_original=False)
        run(*command, plain, out)
        os.remove(plain)
        return out
    return make


def own(syntax):
    return lambda folder, size: make_bag(os.path.join(folder, "scan.dcs"), size.compressed, syntax)


CASES = (
    ("light-header", "open", light),
    ("heavy-header", "open", heavy),
    ("folder", "folder", slices),
    ("raw", "open", own("explicit")),
    ("rle", "decode", own("rle")),
    ("jpeg-lossless", "decode", own("jpeg-lossless")),
    ("jpeg-ls", "decode", by_program("dcmcjpls", "+el")),
    ("jpeg-2000", "decode", by_program("gdcmconv", "--j2k")),
    ("jpeg", "decode", by_program("dcmcjpeg", "+eb", bits=8)),
    ("deflated", "decode", by_program("dcmconv", "+td")),
    ("deflated-opened", "open", by_program("dcmconv", "+td")),
)


def results(quick, only):
    for name, bench, make in CASES:
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
            found = json.loads(run(CLI, "bench", bench, make(folder, Size(quick)), "--json"))
            for result in found["results"]:
                yield {**result, "name": f"{name}/{result['name']}"}


def main(arguments):
    quick = arguments[:1] == ["--quick"]
    only = [one for one in arguments if not one.startswith("--")]
    print(json.dumps({"bench": "open-costs", "results": list(results(quick, only))}, indent=2))


if __name__ == "__main__":
    main(sys.argv[1:])
