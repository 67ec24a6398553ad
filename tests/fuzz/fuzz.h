/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Each target takes any bytes and must neither crash nor read or write beyond
 * what it was given. With driver.c it is an ordinary test; with clang it is a
 * fuzzer:
 *
 *   clang-14 -g -O1 -fsanitize=fuzzer,address,undefined -I. -I../../src \
 *     -I../dicos -I<build folder> -D_GNU_SOURCE fuzz-describe.c \
 *     ../dicos/{dicos,guarded,random,reference,report}*.c ../../src/dicos/bag-*.c ../../src/description/bag-*.c \
 *     $(pkg-config --cflags --libs gio-unix-2.0 charls libopenjp2 libjpeg zlib) -lm -o fuzz-describe
 */
int LLVMFuzzerTestOneInput (const unsigned char *data, size_t size);

/* The seeds of a target, for the driver. */
GPtrArray *fuzz_make_seeds (void);
