# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults put into copies of the source, one at a time, and whether tests notice them.

Noticed means that a named assertion of a test or of the code failed, that a message that a test
expects did not come, or that ThreadSanitizer reported: a crash or a hang says nothing about what
is wrong, and does not count. No report is suppressed.

A fault is a name and its edits, (file below the kind's base, text that stands there once, text instead);
if need be also words that the complaint has to contain, and the only test to run.
"""
import concurrent.futures
import glob
import os
import re
import resource
import shlex
import shutil
import subprocess
import tempfile
import time

import tap

TOP = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
SECONDS = 60  # a fault, from its copy to the last test
SECONDS_WITHOUT = 120  # the code as it is, all of which has to be built
WORKERS = 2
CONFIG = '#define BAG_VERSION "0"\n#define GETTEXT_PACKAGE "bagscope"\n#define BAG_LIBEXECDIR "/nonexistent"\n'
MODULES = ["gobject-2.0", "gio-unix-2.0"]
TSAN_OPTIONS = "ignore_noninstrumented_modules=1:halt_on_error=1:suppressions="

ASSERTION = re.compile(r"^(?:Bail out! )?(?:[\w-]+:)?(ERROR:.*?:\d+:\w+: .*)$", re.MULTILINE)
MISSED = re.compile(r"(Did not see expected message .*)$", re.MULTILINE)
REPORT = re.compile(r"^SUMMARY: (ThreadSanitizer: .*)$", re.MULTILINE)


class Code:
    """What is copied and built: folders, patterns of its sources, programs with a main(), and the folder
    that edits are in."""

    def __init__(self, folders, sources, programs, base, includes=()):
        self.folders, self.sources, self.programs, self.base = folders, sources, programs, base
        self.includes = [f"-I{path}" for path in (".", "src", *includes)]

    def list_sources(self, folder):
        paths = {path for pattern in self.sources for path in glob.glob(pattern, root_dir=folder)}
        return sorted(paths - set(self.programs))


class Kind:
    """One way to build: its flags, its programs, and the objects of the code without a fault."""

    def __init__(self, folder, name, flags, code):
        self.name, self.code = name, code
        self.folder = os.path.join(folder, name)
        modules = ["pkg-config", "--cflags", "--libs", *MODULES]
        found = shlex.split(subprocess.check_output(modules, text=True))
        self.libs = [*(flag for flag in found if flag.startswith("-l")), "-lm"]
        # What no test comes to is left out, and with it what it would need from elsewhere.
        self.flags = ["-std=gnu11", "-O1", "-g", "-w", "-D_GNU_SOURCE", "-pthread", "-ffunction-sections", "-fdata-sections",
                      "-Wl,--gc-sections", *code.includes, *flags,
                      *(flag for flag in found if not flag.startswith("-l"))]


def copy_tree(kind):
    for part in kind.code.folders:
        shutil.copytree(os.path.join(TOP, part), os.path.join(kind.folder, part))
    with open(os.path.join(kind.folder, "config.h"), "w", encoding="utf-8") as file:
        file.write(CONFIG)


def run(command, folder, until):
    """(exit code, output); tap.Failure when the time is over."""
    environment = dict(os.environ, G_DEBUG="gc-friendly,fatal-warnings", LC_ALL="C.UTF-8", TSAN_OPTIONS=TSAN_OPTIONS)
    try:
        done = subprocess.run(command, cwd=folder, env=environment, check=False, text=True, errors="replace",
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=max(until - time.monotonic(), 1))
    except subprocess.TimeoutExpired as error:
        raise tap.Failure(f"{command[0]}: not done in time") from error
    return done.returncode, done.stdout


def build(command, folder, until):
    code, output = run(command, folder, until)
    if code != 0:
        raise tap.Failure(f"does not compile: {output}")


def compile_files(kind, folder, paths, until):
    def compile_file(path):
        build(["cc", *kind.flags, "-c", path, "-o", path[:-2] + ".o"], folder, until)

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(compile_file, paths))


def run_program(kind, folder, program, until, test=None):
    """What it complains of: None when it passes."""
    objects = [path[:-2] + ".o" for path in [program, *kind.code.list_sources(folder)]]
    build(["cc", *kind.flags, *objects, "-o", "program", *kind.libs], folder, until)
    code, output = run(["./program", "--tap", *(["-p", test] if test else [])], folder, until)
    if code == 0:
        return None
    match = REPORT.search(output) or ASSERTION.search(output) or MISSED.search(output)
    if match is None:
        raise tap.Failure(f"{os.path.basename(program)} ended with {code}, and no assertion says why: {output}")
    return f"{os.path.basename(program)[:-2]}: {match.group(1)}"


def prepare(kind):
    """Builds the code as it is, which passes."""
    until = time.monotonic() + SECONDS_WITHOUT
    compile_files(kind, kind.folder, kind.code.list_sources(kind.folder) + kind.code.programs, until)
    for program in kind.code.programs:
        complaint = run_program(kind, kind.folder, program, until)
        if complaint is not None:
            raise tap.Failure(complaint)
    return f"{len(kind.code.programs)} programs pass"


def edit(kind, folder, edits):
    """Applies the edits; returns the files to compile again: all of them after a header."""
    for leaf, old, new in edits:
        path = os.path.join(folder, kind.code.base, leaf)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        if text.count(old) != 1:
            raise tap.Failure(f"{leaf} has {text.count(old)} times: {old!r}")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace(old, new))
    if any(leaf.endswith(".h") for leaf, _, _ in edits):
        return kind.code.list_sources(folder) + kind.code.programs
    return sorted({f"{kind.code.base}/{leaf}" for leaf, _, _ in edits})


def find_complaint(kind, folder, until, test):
    for program in kind.code.programs:
        complaint = run_program(kind, folder, program, until, test)
        if complaint is not None:
            return complaint
    raise tap.Failure("nobody notices")


def try_fault(kind, edits, wanted="", test=None):
    """What notices the fault."""
    until = time.monotonic() + SECONDS
    with tempfile.TemporaryDirectory(dir=os.path.dirname(kind.folder)) as where:
        folder = shutil.copytree(kind.folder, os.path.join(where, "tree"))
        compile_files(kind, folder, edit(kind, folder, edits), until)
        complaint = find_complaint(kind, folder, until, test)
    if wanted not in complaint:
        raise tap.Failure(f"noticed, but not by {wanted!r}: {complaint}")
    return complaint


def make_case(job):
    def case():
        print(f"# {job.result()}", flush=True)
    return case


def main(kinds):
    """kinds: (name, flags of the compiler, Code, faults), those first that take longest. Returns the exit code."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        built = [(Kind(folder, name, flags, code), faults) for name, flags, code, faults in kinds]
        for kind, _ in built:
            copy_tree(kind)
        jobs = [(f"no fault, {kind.name}", pool.submit(prepare, kind)) for kind, _ in built]
        concurrent.futures.wait([job for _, job in jobs])
        jobs += [(name, pool.submit(try_fault, kind, *fault)) for kind, faults in built for name, *fault in faults]
        return tap.run([(name, make_case(job)) for name, job in jobs])
