/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/bag-cli-bench-memory.h"

G_BEGIN_DECLS

extern const BagCliMemory bag_cli_bench_pool_memory;

gboolean bag_cli_bench_pool (const char *path, GArray *results, GError **error);

G_END_DECLS
