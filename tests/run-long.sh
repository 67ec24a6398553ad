#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: tests/run-long.sh
# What takes longer than a change should wait for: scans of full size driven by real wheel and keys and
# judged by other programs, a thousand kills of decoders at work, ten minutes of an operator's work whose memory,
# descriptors and threads stay level, the processor time that malformed files take, and ten million executions of
# each fuzzer under the sanitizers.
# Takes about six and a half hours on two cores, nearly all of it for the fuzzers, and 4 GiB below $TMPDIR.
# BAGSCOPE_FUZZ_RUNS asks for another number of executions. Exit 1 when anything failed.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top"
sh data/install-debian-packages.sh run build test
unset DISPLAY WAYLAND_DISPLAY || true
export LC_ALL=C.UTF-8

[ -f _build-tests/build.ninja ] || meson setup -Dwerror=true _build-tests
ninja -C _build-tests
[ -f _build-fuzz/build.ninja ] || CC=clang meson setup -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false \
  "-Dc_args=-fsanitize=fuzzer-no-link -fno-sanitize-recover=undefined" _build-fuzz
ninja -C _build-fuzz all-fuzzers

BAGSCOPE_DRIVE_SIZE=512x512x600 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 drive
BAGSCOPE_ORACLE_SIZE=512x512x60 meson test -C _build-tests --print-errorlogs --timeout-multiplier 20 programs-made-up-bag
BAGSCOPE_KILLS=1000 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 session-kills
BAGSCOPE_SOAK_SECONDS=600 meson test -C _build-tests --print-errorlogs --timeout-multiplier 10 drive-soak
BAGSCOPE_TIMES=20 meson test -C _build-tests --verbose --timeout-multiplier 10 malformed
BAGSCOPE_FUZZ_RUNS=${BAGSCOPE_FUZZ_RUNS:-10000000} meson test -C _build-fuzz --no-rebuild --print-errorlogs --timeout-multiplier 100 \
  --suite fuzz --suite fuzz-more
