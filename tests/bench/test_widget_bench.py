#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: test_widget_bench.py NAME PROGRAM: one object. What the figures are is not judged here."""
import json
import subprocess
import sys

import tap

NAME, PROGRAM = sys.argv[1:3]


def check_shape():
    run = subprocess.run([PROGRAM, "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["bench"] == NAME and found["results"], found
    for result in found["results"]:
        assert set(result) == {"name", "value", "unit", "floor", "ratio"}, result
    assert found["results"][0]["value"] > 0 and found["results"][0]["floor"] > 0, found


sys.exit(tap.run([("shape", check_shape)]))
