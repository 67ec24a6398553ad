#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares the reader with pydicom, numpy and DCMTK, as separate programs.

usage: oracle.py DESCRIBE-FILE   (prints TAP)
"""

import functools
import hashlib
import os
import subprocess
import sys
import tempfile

import numpy
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence

import tap

CT = "1.2.840.10008.5.1.4.1.1.501.1"
ENHANCED_CT = "1.2.840.10008.5.1.4.1.1.2.1"
IMPLICIT = "1.2.840.10008.1.2"
EXPLICIT = "1.2.840.10008.1.2.1"


def item(**values):
    data = Dataset()
    for keyword, value in values.items():
        setattr(data, keyword, value)
    return Sequence([data])


def make_volume(bits_allocated, bits_stored, signed, frames=3, rows=37, columns=53):
    """Smooth ramps with noise on top, and the whole range in one corner."""
    random = numpy.random.default_rng(bits_stored)
    low = -(1 << (bits_stored - 1)) if signed else 0
    high = low + (1 << bits_stored) - 1
    z, y, x = numpy.mgrid[0:frames, 0:rows, 0:columns]
    volume = low + (high - low) * (x + y + 5 * z) / (columns + rows + 5 * frames)
    volume = volume + random.normal(0, 3, volume.shape)
    volume[:, :6, :6] = random.integers(low, high + 1, (frames, 6, 6))
    kind = {(8, False): "u1", (8, True): "i1", (16, False): "<u2", (16, True): "<i2"}
    return numpy.clip(numpy.rint(volume), low, high).astype(kind[bits_allocated, signed])


def write_file(path, volume, bits_stored, syntax=EXPLICIT):
    signed = volume.dtype.kind == "i"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = ENHANCED_CT
    meta.MediaStorageSOPInstanceUID = "1.2.3.4.5"
    meta.TransferSyntaxUID = syntax
    data = FileDataset(path, {}, file_meta=meta, preamble=b"\0" * 128)
    data.is_little_endian = True
    data.is_implicit_VR = syntax == IMPLICIT
    data.SOPClassUID = ENHANCED_CT
    data.SOPInstanceUID = "1.2.3.4.5"
    data.PatientID = "ORACLE"
    data.Modality = "CT"
    data.NumberOfFrames, data.Rows, data.Columns = volume.shape
    data.SamplesPerPixel = 1
    data.PhotometricInterpretation = "MONOCHROME2"
    data.BitsAllocated = 8 * volume.dtype.itemsize
    data.BitsStored = bits_stored
    data.HighBit = bits_stored - 1
    data.PixelRepresentation = int(signed)
    shared = Dataset()
    shared.PixelValueTransformationSequence = item(RescaleIntercept="-5", RescaleSlope="2", RescaleType="HU")
    shared.PixelMeasuresSequence = item(PixelSpacing=["1.25", "1"], SliceThickness="2")
    data.SharedFunctionalGroupsSequence = Sequence([shared])
    groups = []
    for z in range(volume.shape[0]):
        group = Dataset()
        group.PlanePositionSequence = item(ImagePositionPatient=["0", "0", str(2 * z)])
        groups.append(group)
    data.PerFrameFunctionalGroupsSequence = Sequence(groups)
    mask = (1 << bits_stored) - 1
    raw = volume.astype(volume.dtype.str.replace("i", "u"))
    data.PixelData = (raw & mask).tobytes()
    if len(data.PixelData) % 2:
        data.PixelData += b"\0"
    data["PixelData"].VR = "OW" if volume.dtype.itemsize == 2 or data.is_implicit_VR else "OB"
    data.save_as(path, write_like_original=False)


def mask_samples(samples, bits_stored):
    kind = samples.dtype.str.replace("i", "u")
    return samples.astype(kind) & numpy.array((1 << bits_stored) - 1, kind)


def describe(program, path):
    return subprocess.run([program, path], check=True, capture_output=True, text=True).stdout


def frame_hashes(output):
    return [line.split(" ", 2)[2] for line in output.splitlines() if line.startswith("frame ")]


def expected_hashes(volume, bits_stored):
    return [hashlib.sha256(mask_samples(frame, bits_stored).tobytes()).hexdigest() for frame in volume]


def read_reference(path):
    """What DCMTK makes of a file that this test does not know the samples of."""
    plain = path + ".plain"
    subprocess.run(["dcmdjpeg", path, plain], check=True)
    return pydicom.dcmread(plain).pixel_array


def check(program, path, volume, bits_stored):
    output = describe(program, path)
    found = frame_hashes(output)
    wanted = expected_hashes(volume, bits_stored)
    if found != wanted:
        raise tap.Failure(f"{output}\nwanted {wanted}")
    head = f"rows {volume.shape[1]} columns {volume.shape[2]} "
    if head not in output or "units HU" not in output:
        raise tap.Failure(output)


def cases(folder):
    for allocated, stored, signed in ((16, 16, False), (16, 12, False), (16, 16, True), (16, 12, True), (8, 8, False)):
        volume = make_volume(allocated, stored, signed)
        base = os.path.join(folder, f"{stored}{'s' if signed else 'u'}.dcm")
        write_file(base, volume, stored)
        yield f"{stored}{'s' if signed else 'u'} explicit", base, volume, stored
        implicit = base + ".implicit"
        write_file(implicit, volume, stored, IMPLICIT)
        yield f"{stored} implicit", implicit, volume, stored
        subprocess.run(["dcmcrle", base, base + ".rle"], check=True)
        yield f"{stored} RLE", base + ".rle", volume, stored
        subprocess.run(["dcmcrle", "+fs", "1", base, base + ".rle1"], check=True)
        yield f"{stored} RLE in small fragments", base + ".rle1", volume, stored
        yield from jpeg_cases(base, volume, stored)


def jpeg_cases(base, volume, stored):
    for predictor in range(1, 8):
        path = f"{base}.sv{predictor}"
        subprocess.run(["dcmcjpeg", "+el", "+sv", str(predictor), base, path], check=True)
        yield f"{stored} JPEG lossless, predictor {predictor}", path, volume, stored
    for name, options in (("first order", ["+e1"]), ("small fragments", ["+e1", "+fs", "1"]), ("no offset table", ["+e1", "-ot"])):
        path = f"{base}.{options[-1]}"
        subprocess.run(["dcmcjpeg", *options, base, path], check=True)
        yield f"{stored} JPEG lossless, {name}", path, volume, stored
    path = f"{base}.pt2"
    subprocess.run(["dcmcjpeg", "+e1", "+pt", "2", base, path], check=True)
    yield f"{stored} JPEG lossless, point transform", path, read_reference(path), stored


def main():
    with tempfile.TemporaryDirectory() as folder:
        return tap.run((name, functools.partial(check, sys.argv[1], *known)) for name, *known in cases(folder))


if __name__ == "__main__":
    sys.exit(main())
