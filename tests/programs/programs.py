# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests with other programs as judges share."""
import subprocess


def run(*command):
    """Runs a program that must succeed. Returns what it printed and what it complained."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise AssertionError(f"{command} ended with {result.returncode}: {result.stderr}")
    return result.stdout, result.stderr


def same(found, wanted, what=""):
    if found != wanted:
        raise AssertionError(f"{what}: found {found!r}, wanted {wanted!r}")
