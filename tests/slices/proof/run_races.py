#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Puts races into copies of the prefetcher, one at a time, and fails where its tests, under ThreadSanitizer,
do not notice."""
import sys

import planted
import races

FOLDERS = ["src/pool", "src/slices", "src/scan", "src/decoder", "src/description", "src/render", "tests/support", "tests/slices"]
SOURCES = ["src/pool/*.c", "src/slices/*.c", "src/scan/bag-scan*.c", "src/scan/bag-slice-order.c", "src/scan/bag-alarm*.c",
           "src/decoder/bag-decoder.c", "src/decoder/bag-decoder-[!m]*.c", "src/decoder/bag-isolation*.c",
           "src/decoder/bag-sample-map.c", "src/decoder/bag-stored-values.c", "src/description/*.c",
           "src/render/bag-window-level.c", "tests/support/bag-gated-source.c", "tests/support/bag-test-wait.c",
           "tests/slices/prefetcher-fixture.c"]
PROGRAMS = ["tests/slices/test-prefetcher.c"]
CODE = planted.Code(FOLDERS, SOURCES, PROGRAMS, "src", ["tests/support", "tests/slices"])

sys.exit(planted.main([("thread sanitizer", ["-fsanitize=thread"], CODE, races.RACES)]))
