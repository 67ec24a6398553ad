#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""DCMTK must decode what the encoders make to the very samples they got."""
import functools
import os
import pathlib
import sys
import tempfile

import numpy
import pydicom

import tap
from programs import run, same

ENCODE = os.environ["ENCODE_FRAME"]


def make_frames():
    random = numpy.random.default_rng(1)
    row, column = numpy.indices((37, 53))
    frames = {
        "random": random.integers(0, 65536, (37, 53)),
        "constant-0": numpy.zeros((37, 53)),
        "constant-65535": numpy.full((37, 53), 65535),
        "constant-32768": numpy.full((37, 53), 32768),
        "alternating": (row + column) % 2 * 65535,
        "alternating-half": (row + column) % 2 * 32768,
        "half-rows": row % 2 * 32768,
        "ramp": row * 53 + column,
        "steep-ramp": (row * 53 + column) * 33 % 65536,
        "falling-ramp": 65535 - column * 1200 % 65536,
        "quiet-noise": 1000 + random.integers(-20, 21, (37, 53)),
        "few-steps": random.choice([0, 0, 0, 0, 0, 0, 0, 1, 4000, 65535], (37, 53)),
        "single": numpy.full((1, 1), 4242),
        "one-row": random.integers(0, 65536, (1, 400)),
        "one-column": random.integers(0, 65536, (400, 1)),
        "long-runs": numpy.repeat(random.integers(0, 65536, (20, 3)), 150, axis=1),
    }
    # Fibonacci numbers of each category, on one row that is predicted from the left, make codes as long as they get.
    counts = [1, 1]
    while len(counts) < 17:
        counts.append(counts[-1] + counts[-2])
    steps = numpy.concatenate([numpy.full(counts[16 - k], (1 << k) >> 1) for k in range(17)])
    random.shuffle(steps)
    frames["long-codes"] = (32768 + numpy.cumsum(steps)).reshape(1, -1) % 65536
    return {name: frame.astype("<u2") for name, frame in frames.items()}


def check(folder, name, frame, predictor):
    rows, columns = frame.shape
    base = pathlib.Path(folder) / f"{name}-{predictor}"
    raw, coded, plain = (base.with_suffix(suffix) for suffix in (".raw", ".dcm", ".plain.dcm"))
    raw.write_bytes(frame.tobytes())
    run(ENCODE, raw, columns, rows, predictor, coded)
    _, complaints = run("dcmdrle" if predictor == 0 else "dcmdjpeg", coded, plain)
    same(complaints, "", "complaints of the decoder")
    found = pydicom.dcmread(plain).PixelData[: rows * columns * 2]
    same(found == frame.tobytes(), True, "samples are the same")


def cases(work):
    for name, frame in make_frames().items():
        for predictor in range(8):
            kind = "rle" if predictor == 0 else f"jpeg-lossless-{predictor}"
            yield f"{kind} {name}", functools.partial(check, work, name, frame, predictor)


with tempfile.TemporaryDirectory() as folder:
    sys.exit(tap.run(cases(folder)))
