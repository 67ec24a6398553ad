#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Builds each kind of build, runs its suites and counts what really ran.

Called by run.sh, which has installed the tools. Cases are counted from the
TAP lines that each test printed; a test without TAP is one case.
"""
import json
import os
import re
import subprocess
import sys
import time

CASE = re.compile(r"^(not )?ok\b[^#\n]*(#\s*SKIP\b)?", re.MULTILINE | re.IGNORECASE)
GOOD = {"OK", "SKIP", "EXPECTEDFAIL"}
HERE = os.path.dirname(os.path.abspath(__file__))
# Tests of the sandbox, and how many cases each has at least.
MUST_RUN_IN_FULL = {"decoder-sandbox-audit": 140, "decoder-decoder-points": 180, "cli-isolation": 8}
SUPPRESSIONS = os.path.join(HERE, "lsan.supp")

BUILDS = [
    {
        "name": "as built",
        "folder": "_build-tests",
        "options": ["-Dwerror=true"],
        "wants": lambda test: True,
        "environment": {},
        "patience": "1",
    },
    {
        "name": "address and undefined behaviour sanitizers",
        "folder": "_build-asan",
        "options": ["-Db_sanitize=address,undefined", "-Db_lundef=false"],
        "wants": lambda test: suite_of(test) in ("core", "cli", "display"),
        "environment": {
            "ASAN_OPTIONS": "fast_unwind_on_malloc=0:abort_on_error=0",
            "UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1",
            "LSAN_OPTIONS": f"suppressions={SUPPRESSIONS}:print_suppressions=0",
        },
        "patience": "6",
    },
    {
        "name": "thread sanitizer",
        "folder": "_build-tsan",
        "options": ["-Db_sanitize=thread", "-Db_lundef=false"],
        "wants": lambda test: suite_of(test) == "core"
        and test["name"].split("-")[0] in ("pool", "slices", "decoder", "scan", "session"),
        # GLib is not instrumented: without this, hundreds of false reports.
        "environment": {"TSAN_OPTIONS": "ignore_noninstrumented_modules=1:halt_on_error=1"},
        "patience": "10",
    },
    {
        "name": "fuzzers, with the address and undefined behaviour sanitizers",
        "folder": "_build-fuzz",
        "compiler": "clang",
        "options": ["-Dwerror=true", "-Db_sanitize=address,undefined", "-Db_lundef=false",
                    "-Dc_args=-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined"],
        "targets": ["fuzzers"],
        "wants": lambda test: suite_of(test) == "fuzz",
        # What each fuzzer is to find stands in run_fuzzers.py.
        "environment": {},
        "patience": "1",
    },
]


def suite_of(test):
    """The suite of an introspected test, without the project's name."""
    return test["suite"][0].split(":")[-1] if test["suite"] else "other"


def run(command, **options):
    return subprocess.run(command, check=False, **options).returncode


def build(kind):
    """Configures and builds; TRUE when both went well."""
    folder = kind["folder"]
    compiler = {"CC": kind["compiler"]} if "compiler" in kind else {}
    if not os.path.exists(os.path.join(folder, "build.ninja")):
        if run(["meson", "setup", *kind["options"], folder], env=dict(os.environ, **compiler)) != 0:
            return False
    return run(["ninja", "-C", folder, *kind.get("targets", [])]) == 0


def list_tests(kind):
    """Names of the wanted tests by suite, in the order of their registration."""
    text = subprocess.check_output(["meson", "introspect", "--tests", kind["folder"]], text=True)
    suites = {}
    for test in json.loads(text):
        if kind["wants"](test):
            suites.setdefault(suite_of(test), []).append(test["name"])
    return suites


def count_test(record):
    """(passed, failed, skipped) of one line of meson's JSON log."""
    good = record["result"] in GOOD
    counts = [0, 0, 0]
    for match in CASE.finditer(record.get("stdout") or ""):
        if match.group(2):
            counts[2] += 1
        else:
            counts[1 if match.group(1) else 0] += 1
    if sum(counts) == 0 and good:
        counts[2 if record["result"] == "SKIP" else 0] = 1
    if not good and counts[1] == 0:
        counts[1] = 1
    return counts


def count_log(path):
    if not os.path.exists(path):
        return [0, 1, 0]
    with open(path, encoding="utf-8") as log:
        counts = [count_test(json.loads(line)) for line in log if line.strip()]
    return [sum(column) for column in zip(*counts)] if counts else [0, 1, 0]


def run_suite(kind, suite, names):
    """Runs one suite; meson prints the output of what failed."""
    start = time.monotonic()
    log = f"suite-{suite}"
    status = run(
        ["meson", "test", "-C", kind["folder"], "--no-rebuild", "--print-errorlogs",
         "--timeout-multiplier", kind["patience"], "--logbase", log, *names],
        env=dict(os.environ, **kind["environment"]),
    )
    counts = count_log(os.path.join(kind["folder"], "meson-logs", f"{log}.json"))
    if status != 0 and counts[1] == 0:
        counts[1] = 1
    print_figures(kind, suite)
    print(f"== {kind['name']}, suite {suite}: {time.monotonic() - start:.1f} s", flush=True)
    return counts


def print_figures(kind, suite):
    """What fuzzers have done: meson shows the output only of what failed."""
    path = os.path.join(kind["folder"], "meson-logs", f"suite-{suite}.json")
    if suite != "fuzz" or not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as log:
        for record in map(json.loads, log):
            print(record.get("stdout") or "", end="", flush=True)


def check_isolation():
    """The audit of the sandbox must have run on the plain build, and nothing of it may be skipped:
    else the decoder was tested less shut in than it is for those who use it."""
    logs = os.path.join(BUILDS[0]["folder"], "meson-logs")
    missing = dict(MUST_RUN_IN_FULL)
    for suite in ("core", "cli"):
        path = os.path.join(logs, f"suite-{suite}.json")
        with open(path, encoding="utf-8") if os.path.exists(path) else open(os.devnull, encoding="utf-8") as log:
            for record in map(json.loads, log):
                name = record["name"].split(" / ")[-1]
                passed, failed, skipped = count_test(record)
                if name in missing and passed >= missing[name] and not failed and not skipped:
                    del missing[name]
    for name in missing:
        print(f"== isolation: {name} did not run in full", flush=True)
    return [0, len(missing), 0]


def run_kind(kind):
    print(f"== {kind['name']}", flush=True)
    if not build(kind):
        print(f"== {kind['name']}: the build failed", flush=True)
        return [0, 1, 0]
    counts = [0, 0, 0]
    for suite, names in list_tests(kind).items():
        counts = [a + b for a, b in zip(counts, run_suite(kind, suite, names))]
    return counts


def main():
    os.chdir(os.path.dirname(HERE))
    totals = [0, 0, 0]
    for kind in BUILDS:
        totals = [a + b for a, b in zip(totals, run_kind(kind))]
    totals = [a + b for a, b in zip(totals, check_isolation())]
    passed, failed, skipped = totals
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
