#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`codecs`: one object, the same figures for each codec and content. No time is judged here."""
import json
import os
import subprocess
import sys

import tap

KEYS = {"name", "value", "unit", "floor", "ratio"}
CODECS = ("jpeg-lossless", "jpeg-lossless-predictor-4", "jpeg-lossless-predictor-7", "rle")
CASES = {f"{codec}/{content}" for codec in CODECS for content in ("bag", "noise", "noisier")}
FIGURES = ({"bits-per-sample", "own"}, {"bits-per-sample", "own", "dcmtk", "dcmtk-to-own"})


def results():
    run = subprocess.run([os.environ["BAGSCOPE_CODECS"], "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["bench"] == "codecs", found
    return found["results"]


def check_shape():
    for result in results():
        assert set(result) == KEYS, result
        assert result["value"] > 0, result
        assert (result["ratio"] is None) == (result["floor"] == 0), result


def check_cases():
    figures = {}
    for result in results():
        case, figure = result["name"].rsplit("/", 1)
        figures.setdefault(case, set()).add(figure)
    assert set(figures) == CASES, figures
    for case in figures.values():
        assert case in FIGURES and case == figures["rle/bag"], figures


def check_content():
    bits = {result["name"]: result["value"] for result in results() if result["unit"] == "bit"}
    assert 4 < bits["jpeg-lossless/noise/bits-per-sample"] < 7 < bits["jpeg-lossless/noisier/bits-per-sample"] < 10, bits


sys.exit(tap.run([("shape", check_shape), ("cases", check_cases), ("content", check_content)]))
