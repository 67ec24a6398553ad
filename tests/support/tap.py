# SPDX-License-Identifier: GPL-3.0-or-later
"""Test Anything Protocol: runs cases one after the other and reports them.

A case is a name and a function; it fails by raising. Why goes to stderr: that
is what the test runner shows.
"""
import sys
import traceback


class Skip(Exception):
    """Raised by a case that cannot be run here."""


class Failure(Exception):
    """What is wrong, in words that need no traceback."""


def run_case(case):
    """Returns "ok" or "not ok" and what is to be said beside it."""
    try:
        if case() is not None:
            raise Failure("a case that returns something, a generator say, has not been run")
    except Skip as reason:
        return "ok", f" # SKIP {reason}"
    except Failure as failure:
        print(failure, file=sys.stderr)
        return "not ok", ""
    except Exception:  # pylint: disable=broad-except
        traceback.print_exc(file=sys.stderr)
        return "not ok", ""
    return "ok", ""


def run(cases):
    """Returns the exit code."""
    cases = list(cases)
    failed = 0
    print(f"1..{len(cases)}", flush=True)
    for number, (name, case) in enumerate(cases, 1):
        result, remark = run_case(case)
        failed += result != "ok"
        print(f"{result} {number} {name}{remark}", flush=True)
    return 1 if failed else 0
