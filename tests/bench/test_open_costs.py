#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`open_costs.py`: all files can be made and measured. No time is judged here."""
import json
import os
import subprocess
import sys

import tap

KEYS = {"name", "value", "unit", "floor", "ratio"}
OPENED = ("description", "first-slice", "all-slices")
NAMES = {f"{file}/{name}" for file in ("light-header", "heavy-header", "raw", "deflated-opened") for name in OPENED}
NAMES |= {f"{codec}/two-decoders" for codec in ("rle", "jpeg-lossless", "jpeg-ls", "jpeg-2000", "jpeg", "deflated")}
NAMES |= {"folder/headers-one-process", "folder/headers", "deflated/going-back"}


def check():
    script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "open_costs.py")
    done = subprocess.run([sys.executable, script, "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["bench"] == "open-costs", found
    names = [result["name"] for result in found["results"]]
    assert set(names) == NAMES and len(names) == len(NAMES), names
    for result in found["results"]:
        assert set(result) == KEYS and result["unit"] == "ms", result
        assert result["value"] > 0 and result["floor"] > 0 and result["ratio"] > 0, result


sys.exit(tap.run([("all files", check)]))
