#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every C file looks as clang-format with the project's settings leaves it."""
import subprocess
import sys

import tree


def check_format():
    paths = list(tree.files(".c", ".cc", ".h"))
    done = subprocess.run(["clang-format", "--dry-run", "--Werror", *paths],
                          cwd=tree.TOP, capture_output=True, text=True, check=False)
    lines = [line for line in done.stderr.splitlines() if "error:" in line]
    if done.returncode != 0 and not lines:
        lines = [done.stderr]
    return lines


sys.exit(tree.run([("clang-format", check_format)]))
