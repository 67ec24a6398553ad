#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Other programs must read a made-up bag as the generator meant it, and so must bagscope-cli."""
import functools
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy
import pydicom

import tap
from programs import run, same

CLI = os.environ["BAGSCOPE_CLI"]
PRINT_BAG = os.environ["PRINT_BAG"]
COLUMNS, ROWS, SLICES = (int(n) for n in os.environ.get("BAGSCOPE_ORACLE_SIZE", "64x48x5").split("x"))
SEED = 1
SYNTAXES = {
    "explicit": "1.2.840.10008.1.2.1",
    "implicit": "1.2.840.10008.1.2",
    "rle": "1.2.840.10008.1.2.5",
    "jpeg-lossless": "1.2.840.10008.1.2.4.70",
}
FLAVORS = ("standard", "toolkit")
ODD_LENGTH = "W: DcmItem: Length of element (7fe0,0010) is not a multiple of 2 (VR=OW)"


@functools.cache
def read_generator():
    """What the generator itself says: a hash for each slice, the voxels of the marked object."""
    lines = run(PRINT_BAG, COLUMNS, ROWS, SLICES, SEED)[0].splitlines()
    words = [line.split() for line in lines]
    hashes = [word[2] for word in words if word[0] == "slice"]
    voxels = {tuple(map(int, word[1:])) for word in words if word[0] == "voxel"}
    return hashes, voxels


def make(folder, syntax, flavor):
    path = pathlib.Path(folder) / f"{syntax}-{flavor}.dcs"
    if not path.exists():
        run(CLI, "make-bag", path, "--size", f"{COLUMNS}x{ROWS}x{SLICES}", "--seed", SEED,
            "--syntax", syntax, "--flavor", flavor)
    return path


def decode(path, syntax):
    """All frames as stored, by pydicom; JPEG lossless by DCMTK, which wants the count as IS."""
    if syntax == "jpeg-lossless":
        copy, plain = path.with_suffix(".is.dcs"), path.with_suffix(".plain.dcs")
        shutil.copy(path, copy)
        run("dcmodify", "-nb", "-q", "-ea", "(0028,0008)", copy)
        run("dcmodify", "-nb", "-q", "-i", f"(0028,0008)={SLICES}", copy)
        run("dcmdjpeg", "-q", copy, plain)
        path = plain
    scan = pydicom.dcmread(path)
    if syntax == "rle":
        return scan.pixel_array
    return numpy.frombuffer(scan.PixelData, "<u2").reshape(SLICES, ROWS, COLUMNS)


def check_dump(folder, syntax, flavor):
    _, complaints = run("dcmdump", make(folder, syntax, flavor))
    is_odd = flavor == "toolkit" and syntax in ("rle", "jpeg-lossless")
    same(set(complaints.splitlines()), {ODD_LENGTH} if is_odd else set(), "complaints of dcmdump")


def check_pixels(folder, syntax, flavor):
    frames = decode(make(folder, syntax, flavor), syntax)
    found = [hashlib.sha256(frame.astype("<u2").tobytes()).hexdigest() for frame in frames]
    same(found, read_generator()[0], "hashes of the slices")


# GDCM in a process of its own: its bindings are known to abort, and then only this case is lost.
GDCM = """
import gdcm, hashlib, sys
reader = gdcm.ImageReader()
reader.SetFileName(sys.argv[1])
if not reader.Read():
    sys.exit("GDCM does not read it")
pixels = reader.GetImage().GetBuffer().encode("utf-8", errors="surrogateescape")
size = len(pixels) // int(sys.argv[2])
for start in range(0, len(pixels), size):
    print(hashlib.sha256(pixels[start:start + size]).hexdigest())
"""


def check_gdcm(folder, syntax, flavor):
    """GDCM refuses the DICOS class and a binary frame count, so it is shown an Enhanced CT twin."""
    twin = make(folder, syntax, flavor).with_suffix(".twin.dcm")
    shutil.copy(make(folder, syntax, flavor), twin)
    run("dcmodify", "-nb", "-q", "-ea", "(0028,0008)", twin)
    run("dcmodify", "-nb", "-q", "-i", f"(0028,0008)={SLICES}", "-m", "(0008,0016)=1.2.840.10008.5.1.4.1.1.2.1", twin)
    found = run("/usr/bin/python3", "-c", GDCM, twin, SLICES)[0].split()
    same(found, read_generator()[0], "hashes of the slices")


def check_numbers(folder, syntax, flavor):
    for index, frame in enumerate(decode(make(folder, syntax, flavor), syntax)):
        number = 0
        for block in range(10):
            values = frame[0:4, 4 * block:4 * block + 4]
            same(values.min(), values.max(), f"block {block} is of one value")
            number = 2 * number + int(values[0, 0] > 3000)
        same(number, index + 1, "number drawn on the slice")


def check_elements(folder, syntax, flavor):
    scan = pydicom.dcmread(make(folder, syntax, flavor))
    same(scan.file_meta.TransferSyntaxUID, SYNTAXES[syntax], "transfer syntax")
    same(scan.SOPClassUID, "1.2.840.10008.5.1.4.1.1.501.1", "SOP class")
    same((scan.Rows, scan.Columns, scan.BitsAllocated, scan.BitsStored, scan.HighBit, scan.PixelRepresentation),
         (ROWS, COLUMNS, 16, 16, 15, 0), "layout")
    same((scan.PatientID, scan.OOIType, scan.AcquisitionStatus), ("BAG-000001", "BAGGAGE", "SUCCESSFUL"), "facts")
    shared = scan.SharedFunctionalGroupsSequence[0]
    same(list(shared.PixelMeasuresSequence[0].PixelSpacing), [1.25, 1.25], "pixel spacing")
    same(list(shared.PlaneOrientationSequence[0].ImageOrientationPatient), [1, 0, 0, 0, 1, 0], "orientation")
    transform = shared.PixelValueTransformationSequence[0]
    same((transform.RescaleSlope, transform.RescaleIntercept, transform.RescaleType), (1, 0, "MHU"), "values")
    same("FrameVOILUTSequence" in shared, False, "a window")
    places = [item.PlanePositionSequence[0].ImagePositionPatient[2] for item in scan.PerFrameFunctionalGroupsSequence]
    same(places, [1.25 * (index + 1) for index in range(SLICES)], "places of the slices")


def check_habits(folder, syntax, flavor):
    """The frame count's form and the pixels' VR tell the flavours apart."""
    dump, _ = run("dcmdump", "-q", make(folder, syntax, flavor))
    count = next(line for line in dump.splitlines() if line.startswith("(0028,0008)"))
    is_toolkit = flavor == "toolkit"
    if syntax != "implicit":
        same(count.split()[1], "US" if is_toolkit else "IS", "VR of the frame count")
    if syntax in ("rle", "jpeg-lossless"):
        # dcmdump mends the VR, so the bytes must tell.
        start = b"\xe0\x7f\x10\x00" + (b"OW" if is_toolkit else b"OB") + b"\x00\x00\xff\xff\xff\xff"
        same(make(folder, syntax, flavor).read_bytes().count(start), 1, "pixels of the flavour's VR")
    if syntax == "jpeg-lossless":
        fragments = pydicom.encaps.decode_data_sequence(pydicom.dcmread(make(folder, syntax, flavor)).PixelData)
        same(len(fragments), SLICES, "fragments")
        for fragment in fragments:
            same(b"JFIF" in fragment[:16], is_toolkit, "JFIF segment")


def check_report(folder, syntax, flavor):
    scan_path = make(folder, syntax, flavor)
    scan = pydicom.dcmread(scan_path, stop_before_pixels=True)
    report = pydicom.dcmread(str(scan_path) + ".tdr.dcs")
    same(report.SOPClassUID, "1.2.840.10008.5.1.4.1.1.501.3", "SOP class")
    same(report.ReferencedStudySequence[0].ReferencedSOPInstanceUID, scan.SOPInstanceUID, "scan of the report")
    same((report.PatientID, report.AlarmDecision, report.NumberOfAlarmObjects), (scan.PatientID, "ALARM", 1), "facts")
    threat, = report.ThreatSequence
    assessment, = threat.ATDAssessmentSequence
    same((assessment.ThreatCategory, assessment.ATDAssessmentFlag), ("EXPLOSIVE", "THREAT"), "assessment")
    representation, = threat.PTORepresentationSequence
    same(representation.ReferencedInstanceSequence[0].ReferencedSOPInstanceUID, scan.SOPInstanceUID, "scan of the object")
    region, = representation.ThreatROIVoxelSequence
    same(read_region(region), read_generator()[1], "marked voxels")


def read_region(region):
    base = [int(number) for number in region.ThreatROIBase]
    width, height, depth = (int(number) for number in region.ThreatROIExtents)
    bits = numpy.unpackbits(numpy.frombuffer(region.ThreatROIBitmap, "u1"), bitorder="little")
    marks = bits[: width * height * depth].reshape(depth, height, width)
    same(bits[width * height * depth:].any(), False, "bits past the end")
    for axis in range(3):
        for end in (0, -1):
            same(numpy.take(marks, end, axis).any(), True, "the box is tight")
    return {(int(x) + base[0], int(y) + base[1], int(z) + base[2]) for z, y, x in numpy.argwhere(marks)}


def check_own_hashes(folder, syntax, flavor):
    """`hash` counts from 1 and knows the same slices, through the decoder process."""
    path = make(folder, syntax, flavor)
    frames = decode(path, syntax)
    lines = [line.split("\t") for line in run(CLI, "hash", path)[0].splitlines()]
    wanted = [[str(k + 1), str(k + 1), str(frame.min()), str(frame.max()), f"{frame.astype(float).mean():.6f}", sha]
              for k, (frame, sha) in enumerate(zip(frames, read_generator()[0]))]
    same(lines, wanted, "lines of hash")


def check_again(folder, syntax, flavor):
    """The same arguments make the same bytes."""
    first = make(folder, syntax, flavor)
    with tempfile.TemporaryDirectory() as other:
        second = make(other, syntax, flavor)
        same(first.read_bytes() == second.read_bytes(), True, "scans are the same")
        same(sorted(os.listdir(other)), [second.name, second.name + ".tdr.dcs"], "files")


def check_refusal(folder, code, complaint, *arguments):
    path = pathlib.Path(folder) / "refused.dcs"
    result = subprocess.run([CLI, "make-bag", str(path), *arguments], capture_output=True, text=True, timeout=60)
    same(result.returncode, code, "exit code")
    same(complaint in result.stderr, True, f"“{complaint}” in “{result.stderr}”")
    same(path.exists(), False, "a file")


CHECKS = [check_dump, check_pixels, check_gdcm, check_numbers, check_elements, check_habits, check_report, check_own_hashes,
          check_again]

REFUSALS = [
    ("refuses a bag too small for its number", 1, "[limit]", "--size", "39x48x5"),
    ("refuses more slices than blocks can count", 1, "[limit]", "--size", "48x48x1024"),
    ("refuses a size of two numbers", 2, "--help", "--size", "48x48"),
    ("refuses an unknown syntax", 2, "--help", "--syntax", "gif"),
    ("refuses an unknown flavor", 2, "--help", "--flavor", "vanilla"),
    ("refuses a negative seed", 2, "--help", "--seed", "-1"),
    ("refuses a second name", 2, "--help", "second.dcs"),
]


def cases(work):
    for syntax in SYNTAXES:
        for flavor in FLAVORS:
            for check in CHECKS:
                yield f"{check.__name__[6:]} {syntax} {flavor}", functools.partial(check, work, syntax, flavor)
    for name, *refusal in REFUSALS:
        yield name, functools.partial(check_refusal, work, *refusal)


with tempfile.TemporaryDirectory() as folder:
    sys.exit(tap.run(cases(folder)))
