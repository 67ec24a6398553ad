/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "writer/bag-dicos-writer.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* An odd number; the first round warms up and does not count. */
#define BAG_CLI_BENCH_ROUNDS 11u

typedef gboolean (*BagCliBenchFileFunc) (const char *path, GArray *results, GError **error);

gboolean bag_cli_bench_made_up_bag (BagDicosSyntax syntax, BagCliBenchFileFunc run, GArray *results, GError **error);
double bag_cli_bench_get_median_ms (gint64 times[BAG_CLI_BENCH_ROUNDS]);

G_END_DECLS
