#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`codec-libraries`: one object, a figure for each library. What the figures are is not judged here."""
import json
import os
import subprocess
import sys

import tap


def check_shape():
    run = subprocess.run([os.environ["BAGSCOPE_CODEC_LIBRARIES"], "--quick"], stdout=subprocess.PIPE, text=True, check=True)
    found = json.loads(run.stdout)
    assert found["bench"] == "codec-libraries", found
    assert [result["name"] for result in found["results"]] == ["jpeg-ls", "jpeg-2000"], found
    for result in found["results"]:
        assert result["unit"] == "ms" and result["value"] > 0 and result["floor"] > 0, result


sys.exit(tap.run([("shape", check_shape)]))
