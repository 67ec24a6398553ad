/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One measured figure and the least that the machine allows, from the same run. */
typedef struct
{
  const char *name, *unit;
  double value, floor;
} BagCliBenchResult;

void bag_cli_bench_print (const char *name, const GArray *results, gboolean json);

G_END_DECLS
