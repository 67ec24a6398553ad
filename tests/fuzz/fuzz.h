/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/*
 * Each target takes any bytes, and must neither crash, nor read or write beyond
 * what it was given, nor leak, nor take long. The same file is
 *
 * - with driver.c an ordinary test, in every build: on its seeds, on its corpus,
 *   and on mutations of the seeds;
 * - with libfuzzer.c a fuzzer that looks for its way by coverage, where clang
 *   compiled all with -fsanitize=fuzzer-no-link. run_fuzzers.py runs it:
 *
 *     CC=clang meson setup -Db_sanitize=address,undefined -Db_lundef=false \
 *       -Dc_args=-fsanitize=fuzzer-no-link _build-fuzz
 *     ninja -C _build-fuzz fuzzers
 *     meson test -C _build-fuzz --no-rebuild --suite fuzz
 *
 * corpus/NAME holds inputs that lead to code which the seeds miss. One that ever
 * found a mistake stays there for good, as regression-WHAT.bin.
 */
int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

/* What a target begins with: (element-type GByteArray). */
GPtrArray *fuzz_make_seeds (void);

GPtrArray *fuzz_seeds_new (void);
void fuzz_seeds_add (GPtrArray *seeds, gconstpointer data, gsize size);
