#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/run-long.sh
# What takes longer than a change should wait for: scans of full size driven by real wheel and keys and
# judged by other programs, a thousand kills of decoders at work, ten minutes of an operator's work whose memory,
# descriptors and threads stay level, the processor time that malformed files take, and a million mutations for
# each fuzz target under the sanitizers.
# Takes about an hour on two cores, and 4 GiB below $TMPDIR. Exit 1 when anything failed.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
sh data/install-debian-packages.sh run build test
unset DISPLAY WAYLAND_DISPLAY || true
export LC_ALL=C.UTF-8

[ -f _build-tests/build.ninja ] || meson setup -Dwerror=true _build-tests
ninja -C _build-tests
[ -f _build-asan/build.ninja ] || meson setup -Db_sanitize=address,undefined -Db_lundef=false _build-asan
ninja -C _build-asan

BAGSCOPE_DRIVE_SIZE=512x512x600 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 drive
BAGSCOPE_ORACLE_SIZE=512x512x60 meson test -C _build-tests --print-errorlogs --timeout-multiplier 20 programs-made-up-bag
BAGSCOPE_KILLS=1000 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 session-kills
BAGSCOPE_SOAK_SECONDS=600 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 drive-soak
BAGSCOPE_TIMES=20 meson test -C _build-tests --verbose --timeout-multiplier 10 malformed
ASAN_OPTIONS=fast_unwind_on_malloc=0 LSAN_OPTIONS="suppressions=$top/tests/lsan.supp" BAGSCOPE_FUZZ_MUTATIONS=1000000 \
  meson test -C _build-asan --print-errorlogs --timeout-multiplier 120 \
  fuzz-charset fuzz-codec-jpeg fuzz-codec-jpeg-2000 fuzz-codec-jpeg-lossless fuzz-codec-jpeg-ls fuzz-codec-rle fuzz-describe \
  fuzz-description-from-bytes fuzz-report-from-bytes fuzz-threat-report
