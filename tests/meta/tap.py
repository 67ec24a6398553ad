# SPDX-License-Identifier: GPL-3.0-or-later
"""TAP for checks that look at the tree: each check returns what is wrong, a line a finding."""
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = ("src", "tests", "ui", "resources", "data")


def files(*endings, folders=FOLDERS):
    """Paths, relative to the top, of the project's files with one of these endings."""
    for folder in folders:
        for where, names, leaves in os.walk(os.path.join(TOP, folder)):
            names[:] = sorted(name for name in names if not name.startswith((".", "_")) and name != "__pycache__")
            for leaf in sorted(leaves):
                if leaf.endswith(endings):
                    yield os.path.relpath(os.path.join(where, leaf), TOP)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def run(checks):
    """Runs the checks, prints TAP, and returns the exit code.

    Findings go to stderr: that is what the test runner shows of a failed check.
    """
    print(f"1..{len(checks)}")
    failed = 0
    for number, (name, check) in enumerate(checks, 1):
        findings = list(check())
        failed += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {number} {name}")
        for finding in findings:
            print(f"{name}: {finding}", file=sys.stderr)
    sys.stdout.flush()
    return 1 if failed else 0
