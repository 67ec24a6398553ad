# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs bagscope-cli as a program does, on made-up bags, and reports as TAP."""
import json
import os
import subprocess
import tempfile

import tap

CLI = os.environ["BAGSCOPE_CLI"]
COLUMNS, ROWS, SLICES = 64, 48, 12
SYNTAXES = ("explicit", "implicit", "rle", "jpeg-lossless")
FLAVORS = ("standard", "toolkit")


def run(*arguments, cwd=None):
    """The finished process, with its output as bytes: what is printed need not be text."""
    return subprocess.run([CLI, *(a if isinstance(a, bytes) else str(a) for a in arguments)], capture_output=True, check=False, cwd=cwd)


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


def in_folder(test):
    def case():
        with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
            test(folder)
    return case


def main(tests):
    """Runs each test in an empty folder of its own."""
    return tap.run((test.__name__, in_folder(test)) for test in tests)
