#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts faults into copies of the pool, one at a time, and fails where the pool's tests do not notice."""
import sys

import mutants
import planted

FOLDERS = ["src/pool", "src/description", "tests/pool"]
SOURCES = ["src/pool/*.c"]
THREADED = ["tests/pool/test-pool-threads.c", "tests/pool/proof/test-pool-stress.c"]
PROGRAMS = ["tests/pool/test-pool.c", "tests/pool/test-slice.c", "tests/pool/test-pool-divide.c",
            "tests/pool/test-pool-find.c", "tests/pool/test-pool-close.c", *THREADED]

KINDS = [
    ("thread sanitizer", ["-fsanitize=thread"], planted.Code(FOLDERS, SOURCES, THREADED, "src/pool"), mutants.LOCKS),
    ("plain", [], planted.Code(FOLDERS, SOURCES, PROGRAMS, "src/pool"), mutants.PLAIN),
]

sys.exit(planted.main(KINDS))
