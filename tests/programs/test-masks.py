#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What Bagscope draws of a mask must be what pydicom and dcmdump find in the report, bit by bit."""
import os
import pathlib
import random
import re
import sys
import tempfile

import numpy
import pydicom

import tap
from programs import run, same

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases"))
import dicom_files as dicom  # pylint: disable=wrong-import-position
from codestreams import BIG_ENDIAN  # pylint: disable=wrong-import-position
from report_files import opinion, place, report, threat  # pylint: disable=wrong-import-position

CLI = os.environ["BAGSCOPE_CLI"]
PRINT_BAG = os.environ["PRINT_BAG"]
PRINT_MASKS = os.environ["PRINT_MASKS"]


def drawn(path):
    """The marked voxels of each alarm, by what the program would draw: alarm, frame, x, y, all from 0."""
    voxels = set()
    for line in run(PRINT_MASKS, path)[0].splitlines():
        alarm, number, x, y = (int(word) for word in line.split())
        voxels.add((alarm, number - 1, x, y))
    return voxels


def voxels_of(base, extents, bits):
    """By NumPy: the voxels whose bits are set, as x, y, z of the scan."""
    width, height, depth = (int(n) for n in extents)
    marked = numpy.unpackbits(numpy.frombuffer(bits, "u1"), bitorder="little")[:width * height * depth].reshape(depth, height, width)
    return {(int(x) + int(base[0]), int(y) + int(base[1]), int(z) + int(base[2])) for z, y, x in numpy.argwhere(marked)}


def regions_by_pydicom(path):
    for thing in pydicom.dcmread(path)[0x40101011].value:
        for where in thing[0x40101037].value:
            for region in where[0x40101001].value:
                yield region[0x40101004].value, region[0x40101005].value, region[0x40101006].value


def regions_by_dcmdump(path):
    text = run("dcmdump", "-q", "+L", path)[0]
    numbers = lambda tag: [[float(n) for n in value.split("\\")] for value in re.findall(rf"\({tag}\) FL ([^ ]*)", text)]
    bits = [bytes(int(byte, 16) for byte in value.split("\\")) for value in re.findall(r"\(4010,1006\) OB ([0-9a-f\\]*)", text)]
    return list(zip(numbers("4010,1004"), numbers("4010,1005"), bits))


def check(scan, path, frames=None, size=None):
    """Each alarm stands at its place in the report; @frames says which slice a stored frame is."""
    found = drawn(scan)
    for read in (regions_by_pydicom, regions_by_dcmdump):
        wanted = set()
        for alarm, (base, extents, bits) in enumerate(read(path)):
            for x, y, z in voxels_of(base, extents, bits):
                if size is None or (0 <= x < size[0] and 0 <= y < size[1] and 0 <= z < size[2]):
                    wanted.add((alarm, frames[z] if frames else z, x, y))
        assert wanted, f"{read.__name__} finds no marked voxels"
        same(sorted(found ^ wanted), [], f"voxels that {read.__name__} finds otherwise")


def check_made_up(size, seed):
    """The generator itself, pydicom, dcmdump and the picture agree."""
    with tempfile.TemporaryDirectory() as folder:
        scan = pathlib.Path(folder) / "bag.dcs"
        columns, rows, slices = size
        run(CLI, "make-bag", scan, "--size", f"{columns}x{rows}x{slices}", "--seed", seed)
        check(scan, f"{scan}.tdr.dcs")
        words = [line.split() for line in run(PRINT_BAG, columns, rows, slices, seed)[0].splitlines()]
        wanted = {(0, int(word[3]), int(word[1]), int(word[2])) for word in words if word[0] == "voxel"}
        same(sorted(drawn(scan) ^ wanted), [], "voxels that the generator marked otherwise")


def random_bits(extents, seed):
    n = extents[0] * extents[1] * extents[2]
    return random.Random(seed).randbytes((n + 7) // 8)


def check_random(syntax, z=None):
    """Two objects in a scan of 18 x 14 x 4 voxels; the second reaches beyond it on all sides."""
    boxes = [((3, 4, 1), (7, 5, 3)), ((-2, -3, -1), (25, 21, 6))]
    things = [threat(i + 1, place([float(n) for n in base], [float(n) for n in extents], bitmap=random_bits(extents, i)), opinion(probability=0.9 - i / 10))
              for i, (base, extents) in enumerate(boxes)]
    with tempfile.TemporaryDirectory() as folder:
        scan = dicom.save(folder, dicom.volume(4, z=z))
        path = dicom.save(folder, report(*things, syntax=syntax), "report.dcs")
        frames = None if z is None else [sorted(z).index(place) for place in z]
        check(scan, path, frames, (18, 14, 4))


CASES = [(f"made-up-{size[0]}x{size[1]}x{size[2]}-seed-{seed}", lambda size=size, seed=seed: check_made_up(size, seed))
         for size, seed in (((64, 48, 9), 1), ((97, 61, 31), 2), ((128, 128, 60), 3))]
CASES += [(f"random-{name}", lambda syntax=syntax: check_random(syntax))
          for name, syntax in (("explicit", dicom.EXPLICIT), ("big-endian", BIG_ENDIAN))]
CASES.append(("random-in-stored-order", lambda: check_random(dicom.EXPLICIT, [6, 2, 0, 4])))

if __name__ == "__main__":
    sys.exit(tap.run(CASES))
