/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-pool.h"

#include "description/bag-error.h"
#include "pool/bag-slice.h"

#include <glib/gi18n.h>

#include <string.h>

/* The pool as the program uses it, measured through what any caller may use. */

#define N_SNAPSHOTS 501u

static gpointer
open_pool (GError **error)
{
  return bag_pool_new (BAG_CLI_BENCH_SLICE_BYTES, BAG_CLI_BENCH_N_SLOTS, error);
}

static void
close_pool (gpointer self)
{
  bag_pool_unref (self);
}

static gpointer
take (gpointer self)
{
  BagSlice *slice = bag_pool_acquire (self, BAG_POOL_CLASS_VIEW, BAG_CLI_BENCH_SLICE_BYTES, NULL);

  g_assert (slice != NULL);

  return slice;
}

static void
fill (gpointer handle, int value)
{
  memset (bag_slice_get_data (handle), value, BAG_CLI_BENCH_SLICE_BYTES);
  bag_slice_set_ready (handle);
}

static void
give (gpointer self, gpointer handle)
{
  bag_slice_unref (handle);
}

static void
run_pairs (gpointer self, gpointer *handles, guint batch, guint n_pairs)
{
  for (guint done = 0; done < n_pairs; done += batch)
    {
      for (guint i = 0; i < batch; i++)
        handles[i] = take (self);
      for (guint i = 0; i < batch; i++)
        bag_slice_unref (handles[i]);
    }
}

const BagCliMemory bag_cli_bench_pool_memory = {
  .prefix = "",
  .is_thread_safe = TRUE,
  .open = open_pool,
  .close = close_pool,
  .run_pairs = run_pairs,
  .take = take,
  .fill = fill,
  .give = give,
};

static double
measure_snapshot (BagPool *pool, BagSlotInfo *slots)
{
  BagPoolStats stats;
  gint64 start = bag_cli_bench_get_ns ();

  bag_pool_get_snapshot (pool, &stats, slots, BAG_CLI_BENCH_N_SLOTS);

  return (double) (bag_cli_bench_get_ns () - start) / 1e3;
}

/* To copy as many bytes, in one piece, is the least. */
static double
measure_copy (BagSlotInfo *slots, const BagSlotInfo *others)
{
  gint64 start = bag_cli_bench_get_ns ();

  memcpy (slots, others, BAG_CLI_BENCH_N_SLOTS * sizeof *slots);
  __asm__ volatile("" ::"r"(slots)
                   : "memory");

  return (double) (bag_cli_bench_get_ns () - start) / 1e3;
}

/* The call does little but hold the lock: its time is, closely, the longest that
 * whoever wants a slot may have to wait for it. */
static void
measure_snapshots (BagPool *pool, GArray *results)
{
  g_autofree BagSlotInfo *slots = g_new0 (BagSlotInfo, BAG_CLI_BENCH_N_SLOTS);
  g_autofree BagSlotInfo *others = g_new0 (BagSlotInfo, BAG_CLI_BENCH_N_SLOTS);
  double times[N_SNAPSHOTS] = { 0 }, floors[N_SNAPSHOTS] = { 0 };

  for (guint i = 0; i < N_SNAPSHOTS; i++)
    {
      times[i] = measure_snapshot (pool, slots);
      floors[i] = measure_copy (slots, others);
    }
  bag_cli_bench_add (results, "", "snapshot-600-slots", bag_cli_bench_get_median (times, N_SNAPSHOTS), "us", bag_cli_bench_get_median (floors, N_SNAPSHOTS));
}

/**
 * bag_cli_bench_pool:
 * @path: must be %NULL: the pool knows nothing of files
 * @results: (element-type BagCliBenchResult): gets medians
 */
gboolean
bag_cli_bench_pool (const char *path, GArray *results, GError **error)
{
  g_autoptr (BagPool) pool = NULL;

  if (path != NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("the pool is measured without a file"));
      return FALSE;
    }

  pool = bag_pool_new (BAG_CLI_BENCH_SLICE_BYTES, BAG_CLI_BENCH_N_SLOTS, error);
  if (pool == NULL)
    return FALSE;
  measure_snapshots (pool, results);

  return bag_cli_bench_memory (&bag_cli_bench_pool_memory, &bag_cli_bench_size_full, results, error);
}
