#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`ruler`: one object. What the figures are is not judged here."""
import json
import os
import subprocess
import sys

import tap


def check_shape():
    run = subprocess.run([os.environ["BAGSCOPE_RULER"], "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["bench"] == "ruler", found
    (result,) = found["results"]
    assert set(result) == {"name", "value", "unit", "floor", "ratio"}, result
    assert result["value"] > 0 and result["floor"] > 0, result


sys.exit(tap.run([("shape", check_shape)]))
