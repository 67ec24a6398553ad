/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-bench-desk.h"

#include "bag-test-wait.h"
#include "scan/bag-source.h"

#include <stdlib.h>
#include <time.h>

double
bag_bench_get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

/* Sorts @values. */
double
bag_bench_get_median (double *values, guint n_values)
{
  qsort (values, n_values, sizeof *values, compare);

  return values[n_values / 2];
}

static void
open_made_up (BagSession *session, gboolean is_quick)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagScan *scan = bag_source_open_demo (is_quick ? 64 : 512, is_quick ? 64 : 512, is_quick ? 20 : 600, 1, &error);

  g_assert_no_error (error);
  g_ptr_array_add (scans, scan);
  bag_session_open_scans (session, scans);
}

/* @path: NULL for a made-up bag, which is small with @is_quick */
void
bag_bench_open (BagSession *session, const char *path, gboolean is_quick)
{
  const char *const paths[] = { path, NULL };

  if (path != NULL)
    bag_session_open (session, paths);
  else
    open_made_up (session, is_quick);
  bag_test_wait_until (!bag_session_get_loading (session));
  bag_bench_wait_for_all (session);
}

static guint
count_held (BagSession *session)
{
  BagPoolStats stats;

  bag_pool_get_stats (bag_session_get_pool (session), &stats);

  return stats.by_state[BAG_SLOT_READY] + stats.by_state[BAG_SLOT_SHOWN];
}

void
bag_bench_wait_for_all (BagSession *session)
{
  bag_test_wait_until (count_held (session) == bag_session_get_n_slices (session));
}
