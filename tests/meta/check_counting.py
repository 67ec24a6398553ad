#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test runner counts what really ran."""
import os
import sys

import tree

sys.path.insert(0, os.path.join(tree.TOP, "tests"))
import run_suites  # noqa: E402  pylint: disable=wrong-import-position

# (result of the test, its output) and the (passed, failed, skipped) that it counts for
RECORDS = [
    ("OK", "1..2\nok 1 /a\nok 2 /b\n", [2, 0, 0]),
    ("OK", "ok 1 /a # SKIP no display\nok 2 /b\n", [1, 0, 1]),
    ("ERROR", "1..2\nok 1 /a\nnot ok 2 /b\n# why\n", [1, 1, 0]),
    ("FAIL", "1..2\nok 1 /a\n", [1, 1, 0]),
    ("TIMEOUT", None, [0, 1, 0]),
    ("OK", "no TAP at all\n", [1, 0, 0]),
    ("SKIP", "", [0, 0, 1]),
]


def check_counting():
    for result, stdout, wanted in RECORDS:
        counts = run_suites.count_test({"result": result, "stdout": stdout})
        if counts != wanted:
            yield f"{result} {stdout!r}: {counts} instead of {wanted}"


sys.exit(tree.run([("counting", check_counting)]))
