#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bagscope, DCMTK, GDCM and pydicom on the cases that are one file with pixels at stake.

usage: compare_readers.py                  (prints TAP: Bagscope must be right; then the table)
       compare_readers.py --all            (what each reader makes of each case)
       compare_readers.py --write-readme README.md
environment: BAGSCOPE_CLI

What counts, for every reader alike:
* A good file: exactly the pixels of its slices, in whatever order, is right.
* A file with a defect that still has readable slices: these slices and no others is right;
  so is refusing the file.
* A broken file: refusing is right, and so are the very pixels that were written.
* Whatever else is shown is wrong: other pixels, or fewer slices without a word.
* Bits beside Bits Stored are not compared, nor texts, positions, values in units, messages.
* What a case asks of kinds of images that Bagscope does not show is left out, and so are
  cases about anything but the samples of up to 16 bits of one file: places, texts, classes
  of objects, folders, reports.
"""
import collections
import importlib
import os
import re
import sys
import tempfile

import tap
from case_checks import CASES, GOOD
from readers import READERS

MODULES = ("pixels", "bigendian", "broken", "compressed", "codestream", "deflated")
# Warnings about pixels: a reader may refuse a file that deserves one.
DEFECTS = {"frame-count-differs", "codestream-differs", "offset-table", "partial"}
# Cases whose file is not as the standard has it, though nothing is said of that.
NOT_STANDARD = {
    "empty-fragment-between", "frame-in-two-fragments",  # RLE: a fragment a frame (PS3.5 section A.4.2)
    "jpeg-ls-padding-before-the-end", "deflated-zeros-behind",
}
# Refusals of what is no fault of the file.
SCOPE = {"unsupported-image", "unsupported-object", "unsupported-syntax", "not-an-image", "no-access"}
VERDICTS = ("opens right", "refuses rightly", "refuses what can be shown", "wrong", "crash or hang")
RIGHT = VERDICTS[:2]

for module in MODULES:
    importlib.import_module(f"cases_{module}")


def is_hash(word):
    return len(word) == 64


def wanted_by(name, expectation, path):
    """Hashes that must come, and whether refusing is right too; None where nothing can be compared."""
    wanted = getattr(expectation, "wanted", None)
    if wanted is None or (isinstance(wanted, str) and wanted in SCOPE):
        return None
    if isinstance(wanted, str):
        return [], True
    hashes, warnings = wanted
    hashes = hashes(path) if callable(hashes) else hashes
    if hashes is None:
        return None
    good = [one for one in hashes if is_hash(one)]
    return good, len(good) < len(hashes) or name in NOT_STANDARD or bool(DEFECTS.intersection(warnings))


def judge(reading, good, may_refuse):
    if reading.died:
        return VERDICTS[4]
    if not reading.frames:
        return VERDICTS[1 if may_refuse else 2]
    right = sorted(reading.frames) == sorted(good) if good else set(reading.frames) <= set(GOOD)
    return VERDICTS[0 if right else 3]


def is_one_file(folder, path):
    return os.listdir(folder) == [os.path.basename(path)] and os.path.isfile(path)


def compare(name, make, expectation):
    """The verdict on each reader and what it said, or None where the case is none for all."""
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        path = make(folder)
        wanted = wanted_by(name, expectation, path) if is_one_file(folder, path) else None
        if wanted is None:
            return None
        readings = [(reader, read(path)) for reader, read in READERS]
        return {reader: (judge(reading, *wanted), reading) for reader, reading in readings}


def all_compared():
    for name, make, expectation in CASES:
        verdicts = compare(name, make, expectation)
        if verdicts is not None:
            yield name, verdicts


def table(compared):
    """Markdown: a row a reader, a column a verdict."""
    yield f"| of {len(compared)} files | {' | '.join(VERDICTS)} |"
    yield "|---" * (1 + len(VERDICTS)) + "|"
    for reader, _ in READERS:
        counts = collections.Counter(verdicts[reader][0] for _, verdicts in compared)
        yield f"| {reader} | {' | '.join(str(counts[verdict]) for verdict in VERDICTS)} |"


def agreement(compared):
    """Who is right about each case, and what the others make of it."""
    for name, verdicts in compared:
        agree = [reader for reader, (verdict, _) in verdicts.items() if verdict in RIGHT]
        others = [f"{reader}: {verdict}" for reader, (verdict, _) in verdicts.items() if verdict not in RIGHT]
        yield "; ".join([f"{name}: {', '.join(agree)} right", *others])


def print_all(compared):
    for name, verdicts in compared:
        print(name)
        for reader, (verdict, reading) in verdicts.items():
            said = (reading.died + " " + reading.words).strip().replace("\n", " ")
            print(f"    {reader:24} {verdict:26} {len(reading.frames)} frames  {said[-120:]}")


def write_readme(path, compared):
    """Puts the table in place of the one between the two marks."""
    with open(path, encoding="utf-8") as file:
        content = file.read()
    lines = "\n".join(table(compared))
    changed, n = re.subn(r"(<!-- readers -->\n).*?(\n<!-- /readers -->)", lambda found: found[1] + lines + found[2], content, flags=re.S)
    assert n == 1, f"{path} has {n} places for the table"
    with open(path, "w", encoding="utf-8") as file:
        file.write(changed)


def check_case(verdicts):
    verdict, reading = verdicts["Bagscope"]
    if verdict not in RIGHT:
        raise tap.Failure(f"{verdict}: {reading}")


def check_readers(compared):
    """A reader that opens next to nothing has not been run, or not understood."""
    if len(compared) < 80:
        raise tap.Failure(f"only {len(compared)} files")
    for reader, least in (("Bagscope", 80), ("DCMTK", 40), ("GDCM, class renamed", 40), ("pydicom with GDCM", 30)):
        n = sum(verdicts[reader][0] == VERDICTS[0] for _, verdicts in compared)
        if n < least:
            raise tap.Failure(f"{reader} opens {n} files")


def test(compared):
    cases = [(name, lambda verdicts=verdicts: check_case(verdicts)) for name, verdicts in compared]
    code = tap.run(cases + [("every reader opens files", lambda: check_readers(compared))])
    for line in (*table(compared), *agreement(compared)):
        print(f"# {line}")
    return code


def main(arguments):
    compared = list(all_compared())
    if arguments[:1] == ["--all"]:
        print_all(compared)
    elif arguments[:1] == ["--write-readme"]:
        write_readme(arguments[1], compared)
    else:
        return test(compared)
    print("\n".join(table(compared)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
