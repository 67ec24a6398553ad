#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample scans are what their script makes of this program, byte for byte."""
import hashlib
import os
import pathlib
import sys
import tempfile

import tap
from programs import run, same

CLI = os.environ["BAGSCOPE_CLI"]
SAMPLES = pathlib.Path(sys.argv[1])
MAX_BYTES = 2 << 20


def read_sums():
    lines = (SAMPLES / "SHA256SUMS").read_text().splitlines()
    return {name: sha for sha, name in (line.split("  ") for line in lines)}


def hash_scans(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pathlib.Path(folder).glob("*.dcs")}


def check_kept():
    same(hash_scans(SAMPLES), read_sums(), "hashes of the kept samples")


def check_made_again():
    with tempfile.TemporaryDirectory() as folder:
        run("sh", SAMPLES / "make-samples.sh", CLI, folder)
        same(hash_scans(folder), read_sums(), "hashes of the samples made again")


def check_size():
    total = sum(path.stat().st_size for path in SAMPLES.glob("*.dcs"))
    same(total <= MAX_BYTES, True, f"{total} bytes are small enough")


sys.exit(tap.run([
    ("kept", check_kept),
    ("made again", check_made_again),
    ("size", check_size),
]))
