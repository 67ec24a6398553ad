#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One defect or trap a case: made from a good file, shown to bagscope-cli, and
held against the pixels, the warning or the error name that it must give.

environment: BAGSCOPE_CLI   (prints TAP)
"""
import functools
import importlib
import sys
import tempfile

import tap
from case_checks import CASES

for module in ("pixels", "wide", "bigendian", "geometry", "broken", "objects", "compressed", "codestream", "deflated", "disc", "folder", "sections", "reports", "text"):
    importlib.import_module(f"cases_{module}")


def check(make, expectation):
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        expectation(make(folder))


if __name__ == "__main__":
    sys.exit(tap.run((name, functools.partial(check, make, expectation)) for name, make, expectation in CASES))
