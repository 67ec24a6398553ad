# SPDX-License-Identifier: GPL-3.0-or-later
"""Readers of DICOM files, each as a process of its own: 10 s of CPU time, 4 GB.

A reader takes a path and returns a Reading: the hashes of the frames it gives, none
where it refuses, or how it ended. Frames come in the order of the file or of their
positions, as the reader likes.
"""
import collections
import hashlib
import json
import multiprocessing
import os
import resource
import signal as signals
import subprocess

import numpy
import pydicom

import dicom_files as dicom

# The second limit is for one that waits for ever, on a machine that has other things to do.
CPU_SECONDS, SECONDS, BYTES = 10, 120, 4 << 30
ENHANCED_XA = "1.2.840.10008.5.1.4.1.1.12.1.1"
Reading = collections.namedtuple("Reading", "frames words died", defaults=((), "", ""))
# How a program written in C++ says that it had no memory, and that it gave up.
ABORTED = ("terminate called", "Assertion `")


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_of(code, words=""):
    """What is to be said of a process that a signal ended, a shell's way to tell it too."""
    if code < 0 or code > 128:
        signal = -code if code < 0 else code - 128
        return f"more than {CPU_SECONDS} s" if signal in (signals.SIGXCPU, signals.SIGKILL) else f"signal {signal}"
    return "gave up" if any(word in words for word in ABORTED) else ""


def run(*command):
    """A Reading without frames, what was printed, and whether all went well."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS, preexec_fn=limit)
    except subprocess.TimeoutExpired:
        return Reading(died=f"more than {SECONDS} s"), "", False
    printed, words = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace").strip()
    return Reading(words=words or printed.strip(), died=end_of(done.returncode, words)), printed, done.returncode == 0


def bagscope(path):
    """A line a slice: its hash, or the name of an error."""
    reading, printed, _ = run(os.environ["BAGSCOPE_CLI"], "hash", path)
    last = [line.split("\t")[-1] for line in printed.splitlines() if not line.startswith("#")]
    return reading._replace(frames=tuple(one for one in last if len(one) == 64))


def values_of(cells, data):
    """The samples that stand in cells of Bits Allocated bits (PS3.5 section 8.1.1), as words."""
    allocated, stored, high = int(data.BitsAllocated), int(data.BitsStored), int(data.HighBit)
    if not 0 < stored <= high + 1 <= allocated:
        stored, high = allocated, allocated - 1
    values = (cells.astype(numpy.int64) & ((1 << allocated) - 1)) >> (high + 1 - stored) & ((1 << stored) - 1)
    if int(data.PixelRepresentation) == 1:
        values = (values ^ (1 << (stored - 1))) - (1 << (stored - 1))
    return (values & 0xFFFF).astype("<u2")


def count_of(data, there):
    """The frames that a header counts, all that are there where it does not count."""
    try:
        count = int(data.NumberOfFrames)
    except (AttributeError, TypeError, ValueError):
        return there
    return min(count, there) if count > 0 else there


def hashes_of(cells, data):
    """Whole frames of flat @cells, at most as many as the header counts."""
    size = int(data.Rows) * int(data.Columns)
    values = values_of(cells, data)
    n = count_of(data, len(values) // size if size else 0)
    return tuple(hashlib.sha256(values[size * i:size * (i + 1)].tobytes()).hexdigest() for i in range(n))


def plain_file(path):
    """The frames of an uncompressed little-endian file that a reader has written."""
    data = pydicom.dcmread(path, force=True)
    kind = {8: "u1", 16: "<u2", 32: "<u4"}[int(data.BitsAllocated)]
    content = data.PixelData[:len(data.PixelData) // numpy.dtype(kind).itemsize * numpy.dtype(kind).itemsize]
    return hashes_of(numpy.frombuffer(content, kind), data)


def by_programs(*programs):
    """The first of these programs that makes an uncompressed file of @path speaks for the reader."""
    def read(path):
        out = path + ".plain"
        for program in programs:
            reading, _, good = run(*program, path, out)
            if reading.died or good:
                break
        frames = plain_file_or_nothing(out) if good else ()
        if os.path.exists(out):
            os.remove(out)
        return reading._replace(frames=frames)
    return read


def plain_file_or_nothing(path):
    """A file without pixels, or with fewer than one frame, shows nothing."""
    try:
        return plain_file(path)
    except (AttributeError, KeyError, TypeError, ValueError, ZeroDivisionError, FileNotFoundError):
        return ()


def under_another_name(read):
    """The same file as of a medical class with functional groups, whose name is as long."""
    def read_renamed(path):
        content = dicom.read_bytes(path).replace(dicom.DICOS_CT.encode() + b"\0", ENHANCED_XA.encode())
        renamed = dicom.save_bytes(os.path.dirname(path), content, "renamed.dcm")
        try:
            return read(renamed)
        finally:
            os.remove(renamed)
    return read_renamed


def read_with_pydicom(path, out):
    """In a process of its own: the reading goes into the file @out."""
    limit()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    try:
        data = pydicom.dcmread(path)
        said = {"frames": hashes_of(data.pixel_array.reshape(-1), data)}
    except Exception as error:  # pylint: disable=broad-except
        said = {"words": f"{type(error).__name__}: {error}"}
    with open(out, "w", encoding="utf-8") as file:
        json.dump(said, file)


def with_pydicom(path):
    out = path + ".json"
    process = multiprocessing.get_context("fork").Process(target=read_with_pydicom, args=(path, out))
    process.start()
    process.join(SECONDS)
    if process.is_alive():
        process.kill()
        process.join()
        return Reading(died=f"more than {SECONDS} s")
    if process.exitcode != 0:
        return Reading(died=end_of(process.exitcode) or f"exit {process.exitcode}")
    said = json.loads(dicom.read_bytes(out))
    os.remove(out)
    return Reading(frames=tuple(said.get("frames", ())), words=said.get("words", ""))


GDCM = by_programs(("gdcmconv", "--raw"))
DCMTK = by_programs(("dcmconv", "+te"), ("dcmdrle", "+te"), ("dcmdjpeg", "+te"), ("dcmdjpls", "+te"))

READERS = (
    ("Bagscope", bagscope),
    ("DCMTK", DCMTK),
    ("GDCM", GDCM),
    ("GDCM, class renamed", under_another_name(GDCM)),
    ("pydicom with GDCM", with_pydicom),
)
