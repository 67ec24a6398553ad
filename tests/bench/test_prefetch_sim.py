#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`prefetch-sim`: its clock is its own, so what comes out is the same everywhere and can be judged."""
import functools
import glob
import json
import os
import subprocess
import sys
import tempfile

import tap

SIM = os.environ["BAGSCOPE_PREFETCH_SIM"]
RECORDED = sorted(glob.glob(os.path.join(os.path.dirname(os.path.abspath(__file__)), "traces", "*.txt")))


def run(*arguments):
    return subprocess.run([SIM, *arguments], capture_output=True, text=True, check=False)


@functools.cache
def late(*arguments):
    """(trace, row): slices that were late by ours, and by the best of the others"""
    found = json.loads(run("--json", *arguments).stdout)
    assert found["bench"] == "prefetch-sim", found
    names = [result["name"].split("/") for result in found["results"]]
    return {(name[0], "/".join(name[1:])): (result["value"], result["floor"])
            for name, result in zip(names, found["results"]) if name[-1] in ("late", "late-in-all")}


def never_worse():
    rows = late()
    assert len(rows) == 6 * (15 + 1), len(rows)
    assert {row: both for row, both in rows.items() if both[0] > both[1]} == {}


def half_on_flicks_and_reversals():
    rows = late()
    for trace in ("flick", "reversal"):
        ours, best = rows[trace, "late-in-all"]
        assert ours * 2 <= best, (trace, ours, best)


def never_worse_on_recorded():
    assert RECORDED
    for path in RECORDED:
        rows = late(path)
        assert len(rows) == 15 + 1, rows
        assert {row: both for row, both in rows.items() if both[0] > both[1]} == {}, path


def same_again():
    first, second = (run("--json", RECORDED[0]).stdout for _ in range(2))
    assert first == second


def every_look_counts():
    lines = [line.split() for line in run(RECORDED[0]).stdout.splitlines()[2:-1]]
    n_steps = sum(1 for line in open(RECORDED[0], encoding="ascii") if not line.startswith("#"))
    assert len(lines) == 15
    for line in lines:
        figures = [int(figure) for figure in line[3:]]
        assert len(figures) == 12, line
        for hit, miss in zip(figures[::3], figures[1::3]):
            assert hit + miss == n_steps, (line, n_steps)
    assert lines[0][-2] != "0", lines[0]


def broken_traces():
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        path = os.path.join(folder, "trace.txt")
        for text in ("", "# nothing\n", "0\n", "0 600\n", "5 1\n4 1\n", "a b\n"):
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            done = run(path)
            assert done.returncode == 1 and path in done.stderr, (text, done)
    assert run(path).returncode == 1


sys.exit(tap.run((case.__name__, case) for case in (never_worse, half_on_flicks_and_reversals, never_worse_on_recorded, same_again, every_look_counts,
                                                    broken_traces)))
