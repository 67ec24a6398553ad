#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: run_fuzzers.py FUZZER...

Runs fuzzers that libFuzzer drives, two at a time, and reports a case for each: how many executions,
how many edges of the program they reached. A case fails by a crash, a leak, an input that takes too
long or too much memory, and by too few executions; the input lies in fuzz-findings/ of the build then.

Each begins with its seeds and with corpus/NAME, and goes on for 45 s, on a busy machine until it has
its least number of executions: only processor time counts against it. BAGSCOPE_FUZZ_SECONDS asks for another time, BAGSCOPE_FUZZ_RUNS for so
many executions however long they take. BAGSCOPE_FUZZ_KEEP names a folder that keeps what is found.
"""
import concurrent.futures
import os
import re
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
AT_ONCE = 2
SECONDS = 45
LEAST_RUNS = 50_000
MOST_CPU_SECONDS = 90    # of processor time, until a fuzzer has that many: load costs it none
INPUT_SECONDS = 20       # that one input may take; most take some microseconds
MEMORY_MIB = 1024
INPUT_BYTES = 8192
SHOWN_LINES = 60         # of a fuzzer that failed

DICTIONARIES = {
    "settings.dict": ("settings",),
    "dicom.dict": ("header", "sequences", "functional-groups", "threat-report", "element-lister", "disc-directory", "charset"),
}
ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_leaks=1:quarantine_size_mb=16:malloc_context_size=12",
    "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
    "LSAN_OPTIONS": f"suppressions={os.path.join(os.path.dirname(HERE), 'lsan.supp')}:print_suppressions=0",
    "G_SLICE": "always-malloc",  # so that the sanitizer sees each allocation
}
EXECUTED = re.compile(r"^stat::number_of_executed_units:\s*(\d+)", re.MULTILINE)
EDGES = re.compile(r"\bcov: (\d+)")


class Fuzzer:
    """One fuzzer, and what it has done so far."""

    def __init__(self, path, folder):
        self.path = path
        self.name = os.path.basename(path)[len("fuzz-"):]
        self.found = os.path.join(os.environ.get("BAGSCOPE_FUZZ_KEEP", folder), self.name)
        self.seeds = os.path.join(folder, self.name + ".seeds")
        self.findings = os.path.join(os.path.dirname(os.path.abspath(path)), "fuzz-findings", self.name)
        self.executions = self.edges = 0
        self.cpu_seconds = 0.0
        self.started = time.monotonic()
        self.problem = None
        self.log = ""

    def seconds(self):
        return time.monotonic() - self.started

    def call(self, *arguments):
        with tempfile.TemporaryFile() as log:
            # pylint: disable-next=consider-using-with
            child = subprocess.Popen([self.path, *arguments], env=dict(os.environ, **ENVIRONMENT),
                                     stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT)
            _, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.cpu_seconds += used.ru_utime + used.ru_stime
            log.seek(0)
            self.log = log.read().decode("utf-8", "replace")
        return child.returncode == 0

    def prepare(self):
        for folder in (self.found, self.seeds, self.findings):
            os.makedirs(folder, exist_ok=True)
        return self.call(f"--write-seeds={self.seeds}") and len(os.listdir(self.seeds)) > 0

    def fuzz(self, bound):
        dictionary = [f"-dict={os.path.join(HERE, name)}" for name, users in DICTIONARIES.items() if self.name in users]
        corpus = os.path.join(HERE, "corpus", self.name)
        good = self.call(bound, f"-timeout={INPUT_SECONDS}", f"-rss_limit_mb={MEMORY_MIB}", f"-max_len={INPUT_BYTES}",
                         "-print_final_stats=1", "-print_funcs=0", "-entropic=0", f"-artifact_prefix={self.findings}/", *dictionary,
                         self.found, corpus, self.seeds)
        executed = EXECUTED.search(self.log)
        self.executions += int(executed.group(1)) if executed else 0
        self.edges = max([self.edges, *map(int, EDGES.findall(self.log))])
        return good and executed is not None

    def run(self):
        runs = int(os.environ.get("BAGSCOPE_FUZZ_RUNS", "0"))
        seconds = int(os.environ.get("BAGSCOPE_FUZZ_SECONDS", SECONDS))
        bound = f"-runs={runs}" if runs else f"-max_total_time={seconds}"
        least = min(runs, LEAST_RUNS) if runs else LEAST_RUNS

        self.started = time.monotonic()
        if not self.prepare():
            self.problem = "it makes no seeds"
        elif not self.fuzz(bound):
            self.problem = f"it failed; look into {self.findings}"
        while self.problem is None and self.executions < least:
            if self.cpu_seconds >= MOST_CPU_SECONDS:
                self.problem = f"{self.executions} executions in {self.cpu_seconds:.0f} s of processor time: less than {least}"
            elif not self.fuzz(f"-max_total_time={seconds}"):
                self.problem = f"it failed; look into {self.findings}"
        return self


def report(number, fuzzer):
    """Prints the case, and returns whether it is good."""
    figures = f"{fuzzer.executions} executions, {fuzzer.edges} edges, {fuzzer.seconds():.0f} s"
    if fuzzer.problem is not None:
        tail = "\n".join(fuzzer.log.splitlines()[-SHOWN_LINES:])
        print(f"{fuzzer.name}: {fuzzer.problem}\n{tail}", file=sys.stderr)
    print(f"{'ok' if fuzzer.problem is None else 'not ok'} {number} {fuzzer.name}: {figures}", flush=True)
    return fuzzer.problem is None


def main():
    paths = sys.argv[1:]
    failed = 0
    print(f"1..{len(paths)}", flush=True)
    with tempfile.TemporaryDirectory(prefix="bagscope-fuzz-") as folder, concurrent.futures.ThreadPoolExecutor(AT_ONCE) as pool:
        fuzzers = [Fuzzer(path, folder) for path in paths]
        done = concurrent.futures.as_completed([pool.submit(fuzzer.run) for fuzzer in fuzzers])
        for number, future in enumerate(done, 1):
            failed += not report(number, future.result())
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
