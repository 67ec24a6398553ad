#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""One defect or trap a case: made from a good file, shown to bagscope-cli, and
held against the pixels, the warning or the error name that it must give.

environment: BAGSCOPE_CLI   (prints TAP; skips without pydicom)
"""
import importlib
import sys
import tempfile
import traceback

try:
    import pydicom  # noqa: F401, pylint: disable=unused-import
except ImportError as error:
    print(f"1..0 # SKIP {error}")
    sys.exit(0)

from case_checks import CASES  # pylint: disable=wrong-import-position

for module in ("pixels", "geometry", "broken", "compressed", "folder"):
    importlib.import_module(f"cases_{module}")


def main():
    print(f"1..{len(CASES)}")
    failed = 0
    for number, (name, make, expectation) in enumerate(CASES, 1):
        try:
            with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
                expectation(make(folder))
            print(f"ok {number} {name}", flush=True)
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} {name}", flush=True)
            for line in traceback.format_exc().splitlines()[-1:]:
                print(f"# {line[:600]}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
