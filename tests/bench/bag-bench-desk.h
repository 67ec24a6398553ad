/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

G_BEGIN_DECLS

/* What benches of widgets share: a bag, all of it in memory, and the CPU time of all threads. */

#define BAG_BENCH_BUDGET (G_GUINT64_CONSTANT (1) << 30)

double bag_bench_get_cpu_ms (void);
double bag_bench_get_median (double *values, guint n_values);
void bag_bench_open (BagSession *session, const char *path, gboolean is_quick);
void bag_bench_wait_for_all (BagSession *session);

G_END_DECLS
