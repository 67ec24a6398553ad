# SPDX-License-Identifier: GPL-3.0-or-later
"""Test Anything Protocol in a few lines, for the oracle tests."""
import subprocess
import sys
import traceback


class Tap:
    def __init__(self):
        self.cases = []

    def add(self, name, function, *arguments):
        self.cases.append((name, function, arguments))

    def run(self):
        failed = 0
        print(f"1..{len(self.cases)}", flush=True)
        for number, (name, function, arguments) in enumerate(self.cases, 1):
            try:
                function(*arguments)
                print(f"ok {number} {name}", flush=True)
            except Exception:
                failed += 1
                print(f"not ok {number} {name}", flush=True)
                for line in traceback.format_exc().splitlines():
                    print(f"# {line}", flush=True)
        sys.exit(1 if failed else 0)


def run(*command):
    """Runs a program that must succeed. Returns what it printed and what it complained."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}: {result.stderr}")
    return result.stdout, result.stderr


def same(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r}, wanted {wanted!r}")
