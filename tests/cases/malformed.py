#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Malformed files in more than 30 kinds, ten of each, shown to bagscope-cli with the locked decoder.

Whatever a file does: `info` and `hash` end by themselves with 0 or 1, say the same, name the reason, complain
of nothing within, put no control character of the file on a terminal, and no process of theirs takes more
memory than the limit. The time they take is printed, and nothing depends on it.

argument: the most MiB that a process may take, 0 for any
environment: BAGSCOPE_CLI; BAGSCOPE_TIMES=N prints the N files that took the most processor time   (prints TAP)
"""
import ctypes
import functools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unicodedata

import tap
from case_checks import GOOD
from dicom_files import save_bytes, volume
from malformed_files import ANY_ANSWER, KINDS, content

# They register the kinds.
import malformed_meaning  # pylint: disable=unused-import
import malformed_pixels  # pylint: disable=unused-import
import malformed_structure  # pylint: disable=unused-import

CLI = os.environ["BAGSCOPE_CLI"]
VARIANTS = 10
KILL_AFTER = 120  # seconds; only so that a hang ends
PR_SET_CHILD_SUBREAPER = 36
# What a broken file may be called; that a decoder died or took too long is never an answer.
TIMES = []  # (seconds of info, seconds of hash, file): processor time of all processes
HONEST = {"not-dicom", "not-an-image", "unsupported-syntax", "unsupported-image", "unsupported-object", "malformed", "truncated", "corrupt-frame", "limit"}
DISHONEST = {"decoder-died", "timeout", "no-memory", "cancelled", "file-changed"}


class Answer:
    """What a command printed, and what it and all processes that it left took."""

    def __init__(self, *arguments):
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            start = time.monotonic()
            child = subprocess.Popen([CLI, *arguments], stdout=out, stderr=err)
            guard = threading.Timer(KILL_AFTER, os.kill, (child.pid, signal.SIGKILL))
            guard.start()
            _, status, usage = os.wait4(child.pid, 0)
            guard.cancel()
            self.seconds = time.monotonic() - start
            child.returncode = self.code = os.waitstatus_to_exitcode(status)
            usages = [usage, *reap_orphans()]
            self.mib = max(one.ru_maxrss for one in usages) / 1024
            self.cpu = sum(one.ru_utime + one.ru_stime for one in usages)
            out.seek(0)
            err.seek(0)
            self.out, self.err = out.read().decode(), err.read().decode()


def reap_orphans():
    """The decoder and its walls end with the command; as orphans they are ours."""
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def check_process(answer, what, limit):
    assert answer.code in (0, 1), f"{what}: exit {answer.code}: {answer.err}"
    for text in (answer.out, answer.err):
        bad = {c for c in text if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t"}
        assert not bad, f"{what} prints {bad!r}"
    assert "CRITICAL" not in answer.err and "WARNING" not in answer.err and "ERROR:" not in answer.err, f"{what} complains: {answer.err}"
    assert limit == 0 or answer.mib <= limit, f"{what} took {answer.mib:.0f} MiB"


def read_slices(answer):
    """(number, hash or error name) of each slice."""
    rows = [line.split("\t") for line in answer.out.splitlines() if not line.startswith("#")]
    return [(int(row[0]), row[-1]) for row in rows]


def describe_refusal(info, pixels, record):
    assert info.code == 1 and pixels.code == 1 and not pixels.out, f"exit {info.code}, {pixels.code}: {pixels.out}"
    assert f"[{record['error']}]" in pixels.err, f"{record['error']}, but hash says {pixels.err}"
    assert record["message"].strip(), record
    return "=" + record["error"]


def describe(info, pixels):
    """The answer in the words of malformed_files.py, and its slices."""
    records = json.loads(info.out)
    assert records, info.out
    if "error" in records[0]:
        return describe_refusal(info, pixels, records[0]), []
    assert info.code == 0, info.err
    warnings = [warning["name"] for record in records for warning in record["warnings"]]
    assert all(warning["text"].strip() for record in records for warning in record["warnings"]), records
    slices = read_slices(pixels)
    bad = sorted({found for _, found in slices if len(found) != 64})
    assert pixels.code == (1 if bad or "[" in pixels.err else 0), f"hash: exit {pixels.code}: {pixels.err}"
    if not slices:
        bad.append(pixels.err[pixels.err.rindex("[") + 1:pixels.err.rindex("]")])
    return " ".join([*sorted(set(warnings)), *(["/", *bad] if bad else [])]), slices


def is_honest(answer):
    if answer.startswith("="):
        return answer[1:] in HONEST
    return not DISHONEST.intersection(answer.split())


def check_answer(answer, wanted):
    assert is_honest(answer), f"answered {answer!r}"
    if wanted is not ANY_ANSWER:
        allowed = wanted if isinstance(wanted, tuple) else (wanted,)
        assert answer in allowed, f"answered {answer!r}, not {' or '.join(map(repr, allowed))}"


def check_file(source, what, wanted, same_pixels, limit, slowest):
    """Shows one file to both commands; @slowest gets the longest seconds of each, and the most MiB."""
    with tempfile.TemporaryDirectory(prefix="bagscope-") as folder:
        path = source(folder) if callable(source) else save_bytes(folder, source)
        answers = [Answer("info", "--json", path), Answer("hash", path)]
    TIMES.append((answers[0].cpu, answers[1].cpu, what))
    for i, (command, answer) in enumerate(zip(("info", "hash"), answers)):
        check_process(answer, command, limit)
        slowest[i] = max(slowest[i], answer.seconds)
        slowest[2] = max(slowest[2], answer.mib)
    answer, slices = describe(*answers)
    check_answer(answer, wanted)
    # Where frames and slices are not as many, that is said, and the first ones are shown.
    for number, found in slices if same_pixels and "frame-count-differs" not in answer else []:
        assert len(found) != 64 or found == GOOD[number - 1], f"slice {number} is another one"
    return answer


def check_kind(make, same_pixels, limit):
    slowest, wrong, n = [0, 0, 0], [], 0
    for what, source, wanted in make():
        n += 1
        try:
            answer = check_file(source, what, wanted, same_pixels, limit, slowest)
            if "SHOW_ANSWERS" in os.environ:
                print(f"#   {what}: {answer!r}", flush=True)
        except AssertionError as error:
            wrong.append(f"{what}: {error}")
    print(f"# slowest: info {slowest[0] * 1000:.0f} ms, hash {slowest[1] * 1000:.0f} ms; at most {slowest[2]:.0f} MiB", flush=True)
    if n != VARIANTS:
        wrong.append(f"{n} files, not {VARIANTS}")
    if wrong:
        raise tap.Failure("\n".join(wrong))


def print_times(n):
    """The good volume's tells what starting the processes takes."""
    if n > 0:
        print("# processor seconds of info, of hash")
    for info, pixels, what in sorted(TIMES, key=lambda row: -row[0] - row[1])[:n]:
        print(f"#   {info:6.3f} {pixels:6.3f}  {what}", flush=True)


if __name__ == "__main__":
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("This system does not hand over orphaned processes")
    with tempfile.TemporaryDirectory() as where:
        good = Answer("info", save_bytes(where, content(volume())))
        print(f"# the good volume: info {good.seconds * 1000:.0f} ms, {good.cpu * 1000:.0f} ms of processor time", flush=True)
    chosen = [one for one in KINDS if len(sys.argv) < 3 or one[0] in sys.argv[2:]]
    status = tap.run((name, functools.partial(check_kind, make, same, int(sys.argv[1]))) for name, make, same in chosen)
    print_times(int(os.environ.get("BAGSCOPE_TIMES", "0")))
    sys.exit(status)
