# SPDX-License-Identifier: GPL-3.0-or-later
"""The files of the project, and checks that look at them: each returns what is wrong, a line a finding."""
import os

import tap

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FOLDERS = ("src", "tests", "ui", "resources", "data")


def files(*endings, folders=FOLDERS):
    """Paths, relative to the top, of the project's files with one of these endings."""
    for folder in folders:
        for where, names, leaves in os.walk(os.path.join(TOP, folder)):
            names[:] = sorted(name for name in names if not name.startswith((".", "_")) and name != "__pycache__")
            for leaf in sorted(leaves):
                if leaf.endswith(endings):
                    yield os.path.relpath(os.path.join(where, leaf), TOP)


def read(path):
    with open(os.path.join(TOP, path), encoding="utf-8") as file:
        return file.read()


def fail_on_findings(check):
    def case():
        findings = list(check())
        if findings:
            raise tap.Failure("\n".join(findings))
    return case


def run(checks):
    """Runs pairs of a name and a check, and returns the exit code."""
    return tap.run((name, fail_on_findings(check)) for name, check in checks)
