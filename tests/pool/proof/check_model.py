#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""spin goes through every state of the models of the pool and its lock, and finds what is wrong where a precaution is left out."""
import os
import re
import subprocess
import sys
import tempfile

import tap

HERE = os.path.dirname(os.path.abspath(__file__))

POOL = os.path.join(HERE, "pool.pml")
LOCK = os.path.join(HERE, "lock.pml")
SECONDS = 60
COMPILE = ["cc", "-O2", "-DSAFETY", "-DMEMLIM=1500", "-w", "-o", "pan", "pan.c"]
# Steps deep and slots of the table, as a power of two. More steps would be an error of their own.
BOUNDS = ["-b", "-m10000", "-w24"]

# Name, model, definitions, and what spin must complain of.
VARIANTS = [
    ("two workers and a reader", POOL, [], None),
    ("three workers and a reader", POOL, ["N_WORKERS=3", "N_ROUNDS=1"], None),
    ("divided meanwhile", POOL, ["COARSE", "DIVIDE"], None),
    ("without the lock", POOL, ["NO_LOCK"], r"assertion violated"),
    ("without generations", POOL, ["NO_GENERATION"], r"assertion violated.*ref_count\[old\]==0"),
    ("without quarantine", POOL, ["COARSE", "DIVIDE", "NO_QUARANTINE"], r"assertion violated.*owner\["),
    ("the lock", LOCK, [], None),
    ("the lock, without a barrier", LOCK, ["NO_BARRIER"], r"invalid end state"),
    ("the lock, told too late", LOCK, ["LATE_COUNT"], r"invalid end state"),
]


def run(command, folder):
    """What it printed; raises with that when it fails."""
    done = subprocess.run(command, cwd=folder, text=True, check=False, timeout=SECONDS,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise OSError(f"{command[0]} failed: {done.stdout}")
    return done.stdout


def search(model, defines):
    with tempfile.TemporaryDirectory() as folder:
        run(["spin", "-a", *(f"-D{define}" for define in defines), model], folder)
        run(COMPILE, folder)
        return run(["./pan", *BOUNDS], folder)


def judge(output, expected):
    """Fails when the outcome of one search is not the expected one."""
    error = re.search(r"^pan:\d+: .*", output, re.MULTILINE)
    if expected is not None:
        if error is None or not re.search(expected, error.group()):
            raise tap.Failure(f"not found: {expected}: {output}")
    elif error is not None or not re.search(r"\berrors: 0$", output, re.MULTILINE) or "not completed" in output:
        raise tap.Failure(output)


def make_check(model, defines, expected):
    def check():
        judge(search(model, defines), expected)
    return check


sys.exit(tap.run([(name, make_check(model, defines, expected)) for name, model, defines, expected in VARIANTS]))
