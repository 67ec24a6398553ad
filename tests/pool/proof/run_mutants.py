#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts faults into copies of the pool, one at a time, and fails where the pool's tests do not notice.

Noticed means that a named assertion of a test or of the pool failed, that a message that a test
expects did not come, or that ThreadSanitizer reported: a crash or a hang says nothing about what
is wrong, and does not count.
"""
import concurrent.futures
import os
import re
import resource
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

import mutants
import tap

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", ".."))
SECONDS = 60  # a mutant, from its copy to the last test
WORKERS = 2
PROGRAMS = ["tests/pool/test-pool.c", "tests/pool/test-slice.c", "tests/pool/test-pool-divide.c",
            "tests/pool/test-pool-find.c", "tests/pool/test-pool-close.c",
            "tests/pool/test-pool-threads.c", "tests/pool/proof/test-pool-stress.c"]
THREADED = PROGRAMS[-2:]
CONFIG = '#define BAG_VERSION "0"\n#define GETTEXT_PACKAGE "bagscope"\n'
MODULES = ["gobject-2.0", "gio-unix-2.0"]

ASSERTION = re.compile(r"^(?:Bail out! )?(?:[\w-]+:)?(ERROR:.*?:\d+:\w+: .*)$", re.MULTILINE)
MISSED = re.compile(r"(Did not see expected message .*)$", re.MULTILINE)
REPORT = re.compile(r"^SUMMARY: (ThreadSanitizer: .*)$", re.MULTILINE)


class Kind:
    """One way to build: its flags, its programs, and the objects of the pool without a fault."""

    def __init__(self, folder, name, flags, programs):
        self.name, self.programs = name, programs
        self.folder = os.path.join(folder, name)
        modules = ["pkg-config", "--cflags", "--libs", *MODULES]
        found = shlex.split(subprocess.check_output(modules, text=True))
        self.libs = [flag for flag in found if flag.startswith("-l")]
        self.flags = ["-std=gnu11", "-O1", "-g", "-w", "-D_GNU_SOURCE", "-pthread", "-I.", "-Isrc", *flags,
                      *(flag for flag in found if not flag.startswith("-l"))]


def copy_tree(folder):
    for part in ("src/pool", "src/description", "tests/pool"):
        shutil.copytree(os.path.join(TOP, part), os.path.join(folder, part))
    with open(os.path.join(folder, "config.h"), "w", encoding="utf-8") as file:
        file.write(CONFIG)


def run(command, folder, until):
    """(exit code, output); tap.Failure when the time is over."""
    environment = dict(os.environ, G_DEBUG="gc-friendly,fatal-warnings", LC_ALL="C.UTF-8",
                       TSAN_OPTIONS="ignore_noninstrumented_modules=1:halt_on_error=1")
    try:
        done = subprocess.run(command, cwd=folder, env=environment, check=False, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=max(until - time.monotonic(), 1))
    except subprocess.TimeoutExpired as error:
        raise tap.Failure(f"{command[0]}: not done after {SECONDS} s") from error
    return done.returncode, done.stdout


def build(command, folder, until):
    code, output = run(command, folder, until)
    if code != 0:
        raise tap.Failure(f"does not compile: {output}")


def compile_files(kind, folder, paths, until):
    for path in paths:
        build(["cc", *kind.flags, "-c", path, "-o", path[:-2] + ".o"], folder, until)


def list_pool(folder):
    return [f"src/pool/{leaf}" for leaf in sorted(os.listdir(os.path.join(folder, "src/pool"))) if leaf.endswith(".c")]


def run_program(kind, folder, program, until):
    """What it complains of: None when it passes."""
    objects = [path[:-2] + ".o" for path in [program, *list_pool(folder)]]
    build(["cc", *kind.flags, *objects, "-o", "program", *kind.libs], folder, until)
    code, output = run(["./program", "--tap"], folder, until)
    if code == 0:
        return None
    match = REPORT.search(output) or ASSERTION.search(output) or MISSED.search(output)
    if match is None:
        raise tap.Failure(f"{os.path.basename(program)} ended with {code}, and no assertion says why: {output}")
    return f"{os.path.basename(program)[:-2]}: {match.group(1)}"


def prepare(kind):
    """Builds the pool as it is, which passes."""
    until = time.monotonic() + SECONDS
    copy_tree(kind.folder)
    compile_files(kind, kind.folder, list_pool(kind.folder) + kind.programs, until)
    for program in kind.programs:
        complaint = run_program(kind, kind.folder, program, until)
        if complaint is not None:
            raise tap.Failure(complaint)
    return f"{len(kind.programs)} programs pass"


def edit(folder, edits):
    """Applies the edits; returns the files to compile again: all of them after a header."""
    for leaf, old, new in edits:
        path = os.path.join(folder, "src/pool", leaf)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text.count(old) != 1:
            raise tap.Failure(f"{leaf} has {text.count(old)} times: {old!r}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
    if any(leaf.endswith(".h") for leaf, _, _ in edits):
        return list_pool(folder)
    return sorted({f"src/pool/{leaf}" for leaf, _, _ in edits})


def try_mutant(kind, edits):
    """What notices the fault."""
    until = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory(dir=os.path.dirname(kind.folder)) as where:
        folder = shutil.copytree(kind.folder, os.path.join(where, "tree"))
        compile_files(kind, folder, edit(folder, edits), until)
        for program in kind.programs:
            complaint = run_program(kind, folder, program, until)
            if complaint is not None:
                return complaint
    raise tap.Failure("nobody notices")


def make_case(job):
    def case():
        print(f"# {job.result()}", flush=True)
    return case


def main():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        plain = Kind(folder, "plain", [], PROGRAMS)
        threads = Kind(folder, "thread", ["-fsanitize=thread"], THREADED)
        jobs = [("no fault", pool.submit(prepare, plain)), ("no fault, thread sanitizer", pool.submit(prepare, threads))]
        concurrent.futures.wait([job for _, job in jobs])
        jobs += [(name, pool.submit(try_mutant, threads, edits)) for name, edits in mutants.LOCKS]
        jobs += [(name, pool.submit(try_mutant, plain, edits)) for name, edits in mutants.PLAIN]
        return tap.run([(name, make_case(job)) for name, job in jobs])


if __name__ == "__main__":
    sys.exit(main())
