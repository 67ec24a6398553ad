#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The n-th failure of a call that the program makes, for every n, while it opens a scan of four slices and while it writes.

Each time it ends with an exit code of the manual and says what went wrong; what it prints is right or marked as an
error; the file that it was to replace is whole, the old or the new one; and neither files nor processes stay behind."""
import ctypes
import functools
import os
import re
import subprocess
import sys
import tempfile

import cli
import tap
from fail_page import FailPage

NAMES = ("not-dicom not-an-image unsupported-syntax unsupported-image unsupported-object malformed truncated corrupt-frame limit "
         "timeout decoder-died file-changed no-access no-memory cancelled").split()
MESSAGE = re.compile(rf"^\S.*: .+ \[({'|'.join(NAMES)})\]$")
SYNTAXES = ("explicit", "rle", "jpeg-lossless", "jpeg-ls", "jpeg-2000", "deflated")
OLD = b"the old file"
READING = ("try", "map", "open", "read", "receive", "send", "socketpair", "memfd", "spawn")
WRITING = ("write", "fsync", "rename", "open")
runs = {}


def make_scans(folder):
    os.mkdir(os.path.join(folder, "scans"))
    for syntax in SYNTAXES:
        os.mkdir(os.path.join(folder, "scans", syntax))
    plain = os.path.join(folder, "plain")
    os.mkdir(plain)
    subprocess.run([os.environ["WRITE_FOUR_SLICES"], plain], check=True)
    for syntax in SYNTAXES:  # each alone, so that no other file is looked at
        os.rename(os.path.join(plain, syntax), os.path.join(folder, "scans", syntax, "scan.dcs"))
    os.rmdir(plain)


def adopt():
    """Processes that our programs leave become ours."""
    PR_SET_CHILD_SUBREAPER = 36  # pylint: disable=invalid-name
    assert ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0


def wait_for_orphans():
    """They end by themselves; one that does not keeps the test from ending."""
    try:
        while True:
            os.waitpid(-1, 0)
    except ChildProcessError:
        pass


def run(page, arguments, folder):
    done = subprocess.run([cli.CLI, *arguments], capture_output=True, check=False, timeout=120, cwd=folder, env=page.environment)
    done.stderr = done.stderr.decode()
    return done


def assert_said(done):
    """Each line on stderr is a message with a name, and there is one when something failed."""
    assert done.returncode in (0, 1), f"exit {done.returncode}: {done.stderr}"
    lines = done.stderr.splitlines()
    assert all(MESSAGE.match(line) for line in lines), done.stderr
    assert done.returncode == 0 or lines, "no message"


def every_n(page, folder, arguments, check, kind, mode):
    """Runs until a whole run makes no n-th call any more. Returns how often a call failed."""
    n = 1
    while True:
        page.arm(kind, mode, n)
        done = run(page, arguments, folder)
        wait_for_orphans()
        failed = page.failed
        try:
            if mode != "kill" or failed == 0:
                assert_said(done)
            assert failed or done.returncode == 0, f"an error without a failure: {done.stderr}"
            check(done, failed)
        except AssertionError as error:
            raise tap.Failure(f"{kind} {mode} {n} of {arguments}: {error}\nexit {done.returncode}\n{done.stderr}") from error
        if failed == 0:
            runs[kind] = runs.get(kind, 0) + n - 1
            return n - 1
        n += 1


def check_hash(wanted, done, failed):
    """A slice that was not had is named; all others are right."""
    found = done.stdout.decode().splitlines()
    assert len(found) in (0, 4), found
    assert done.returncode == 0 or len(found) == 0 or any("\t-\t" in line for line in found), found
    assert done.returncode == 1 or found == wanted, found
    for line, right in zip(found, wanted):
        columns = line.split("\t")
        assert line == right or (columns[:5] == right.split("\t")[:2] + ["-"] * 3 and columns[5] in NAMES), line


def check_figures(wanted, done, failed):
    """The averages are right or not there."""
    found = [line for line in done.stdout.decode().splitlines() if line.split() and line.split()[0] in ("average_density", "maximum_density", "units")]
    assert found == (wanted if done.returncode == 0 else []) or done.returncode == 1, found


def check_written(wanted, done, failed):
    """Of each file the old or the new one, whole; that which the message is about is the old one. A program that was
    killed leaves hidden files, no other does."""
    folder = os.path.dirname(next(iter(wanted)))
    hidden = {name for name in os.listdir(folder) if name.startswith(".bagscope-")}
    assert not hidden or done.returncode == -9, hidden
    for name in hidden:
        os.remove(os.path.join(folder, name))
    for path, new in wanted.items():
        found = cli.read(path)
        assert found in (OLD, new), f"{path} is neither the old nor the new file"
        assert done.returncode != 0 or found == new, f"{path} is not the new file"
        if done.stderr.startswith(path + ": "):
            is_there = "does not confirm" in done.stderr
            assert found == (new if is_there else OLD), f"{path}: not what the message says"
            assert is_there or "The old file is unchanged." in done.stderr, "it does not say that the old file is unchanged"
        cli.write(path, OLD)
    if done.stderr.startswith("scans/"):  # the scan was not had
        assert len(wanted) == 1 and found == OLD, "another file without a picture"


def reading(syntax, isolation, kind, page, folder):
    arguments = ["hash", f"--isolation={isolation}", f"scans/{syntax}/scan.dcs"]
    wanted = cli.text("hash", os.path.join(folder, arguments[2])).splitlines()
    for mode in ("once", "forever"):
        every_n(page, folder, arguments, functools.partial(check_hash, wanted), kind, mode)


def analyzing(syntax, kind, page, folder):
    """With the pool and all that holds slices."""
    arguments = ["analyze", "--isolation=seccomp", f"scans/{syntax}/scan.dcs"]
    page.arm("nothing", "once", 1)
    wanted = [line for line in run(page, arguments, folder).stdout.decode().splitlines() if line.split() and line.split()[0] in ("average_density", "maximum_density", "units")]
    for mode in ("once", "forever"):
        every_n(page, folder, arguments, functools.partial(check_figures, wanted), kind, mode)


def writing(command, kind, mode, page, folder):
    out = os.path.join(folder, "out")
    os.makedirs(out, exist_ok=True)
    path = os.path.join(out, "file")
    arguments = {"render": ["render", "--isolation=seccomp", "scans/explicit/scan.dcs", "-o", path],
                 "make-bag": ["make-bag", path, "--size", "40x16x60"]}[command]
    page.arm("nothing", "once", 1)
    assert run(page, arguments, folder).returncode == 0
    wanted = {name: cli.read(name) for name in (path, path + ".tdr.dcs") if os.path.exists(name)}
    for name in wanted:
        cli.write(name, OLD)
    assert every_n(page, folder, arguments, functools.partial(check_written, wanted), kind, mode) > 0
    for name in wanted:
        os.remove(name)


def each_kind_has_failed():
    """A call that is no longer made where it was would be a test of nothing."""
    print("# failing calls: " + ", ".join(f"{kind} {n}" for kind, n in sorted(runs.items())))
    for kind in READING + WRITING:
        assert runs.get(kind), kind


def cases(page, folder):
    for kind in READING:
        for syntax in ("explicit", "jpeg-lossless", "deflated"):
            yield f"reading-{syntax}-{kind}", functools.partial(reading, syntax, "seccomp", kind, page, folder)
    for kind in ("receive", "send", "socketpair", "memfd", "spawn"):  # where the program has to find out what the system allows
        yield f"reading-auto-{kind}", functools.partial(reading, "rle", "auto", kind, page, folder)
    for kind in ("try", "map"):
        for syntax in ("explicit", "rle"):
            yield f"analyzing-{syntax}-{kind}", functools.partial(analyzing, syntax, kind, page, folder)
    for command in ("render", "make-bag"):
        for kind in WRITING + (("try", "map") if command == "render" else ()):
            for mode in ("once", "forever", "kill"):
                yield f"{command}-{kind}-{mode}", functools.partial(writing, command, kind, mode, page, folder)
    yield "each-kind-has-failed", each_kind_has_failed


def main(folder):
    adopt()
    make_scans(folder)
    page = FailPage(os.path.join(folder, "page"))
    return tap.run(cases(page, folder))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="bagscope-") as place:
        sys.exit(main(place))
