#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""`bench pool`: one object, or lines. Of the figures only those are judged that no load changes."""
import json
import os
import subprocess
import sys

import tap


def run(*arguments):
    command = [os.environ["BAGSCOPE_CLI"], "bench", "pool", *arguments]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


def check_object():
    found = json.loads(run("--json").stdout)
    assert found["bench"] == "pool", found
    results = {result["name"]: result for result in found["results"]}
    assert len(results) == len(found["results"]) == 18, results
    for result in results.values():
        assert set(result) == {"name", "value", "unit", "floor", "ratio"}, result
        assert (result["ratio"] is None) == (result["floor"] == 0), result
    assert results["scan-later-heap-bytes-per-slice"]["value"] == 0, results


def check_lines():
    lines = run().stdout.splitlines()
    assert len(lines) == 18 and lines[0].startswith("snapshot-600-slots "), lines


def check_file_refused():
    refused = run("some-file.dcs")
    assert refused.returncode == 1 and "no-access" in refused.stderr, refused


sys.exit(tap.run([("object", check_object), ("lines", check_lines), ("file refused", check_file_refused)]))
