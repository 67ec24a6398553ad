#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/run.sh
# Installs what is missing, builds with warnings as errors, and runs every test: as built, then with the
# address and undefined behaviour sanitizers, then what threads share with the thread sanitizer.
# The last line counts what ran: "N passed, N failed" (and ", N skipped"). Exit 1 when anything failed.
set -u

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1

sh data/install-debian-packages.sh run build test || exit 1

# Whoever has a display keeps it for themselves: tests make their own.
unset DISPLAY WAYLAND_DISPLAY
export LC_ALL=C.UTF-8
exec /usr/bin/python3 tests/run_suites.py
