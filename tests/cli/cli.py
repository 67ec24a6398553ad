# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bagscope-cli as a program does, on made-up bags, and reports as TAP."""
import json
import os
import subprocess
import sys
import tempfile
import traceback

CLI = os.environ["BAGSCOPE_CLI"]
COLUMNS, ROWS, SLICES = 64, 48, 12
SYNTAXES = ("explicit", "implicit", "rle", "jpeg-lossless")
FLAVORS = ("standard", "toolkit")


class Skip(Exception):
    """Raised by a test that cannot be run here."""


def run(*arguments, cwd=None):
    """The finished process, with its output as bytes: what is printed need not be text."""
    return subprocess.run([CLI, *(a if isinstance(a, bytes) else str(a) for a in arguments)], capture_output=True, check=False, timeout=60, cwd=cwd)


def text(*arguments, code=0):
    done = run(*arguments)
    assert done.returncode == code, f"exit {done.returncode} instead of {code}: {done.stderr!r}"
    return done.stdout.decode()


def records(*arguments, code=0):
    parsed = json.loads(text(*arguments, code=code))
    assert isinstance(parsed, list), parsed
    return parsed


def lines(*arguments, code=0):
    """The lines of `hash`, as lists of columns."""
    return [line.split("\t") for line in text("hash", *arguments, code=code).splitlines()]


def make_bag(path, syntax="explicit", flavor="standard", seed=1, size=(COLUMNS, ROWS, SLICES)):
    done = run("make-bag", path, "--syntax", syntax, "--flavor", flavor, "--seed", seed,
               "--size", "x".join(map(str, size)))
    assert done.returncode == 0, done.stderr
    return path


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
    return path


def main(tests):
    """Runs each test in an empty folder of its own."""
    print(f"1..{len(tests)}")
    failed = 0
    for number, test in enumerate(tests, 1):
        name = test.__name__
        try:
            with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
                test(folder)
            print(f"ok {number} {name}")
        except Skip as reason:
            print(f"ok {number} {name} # SKIP {reason}")
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print(f"not ok {number} {name}")
            traceback.print_exc(file=sys.stderr)
    sys.stdout.flush()
    return 1 if failed else 0
