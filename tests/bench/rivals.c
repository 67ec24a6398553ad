/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-first-fit.h"
#include "bag-malloc-count.h"

#include "cli/bag-cli-bench-pool.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

/*
 * `rivals [--quick]`: the pool and other ways to get memory for slices, by the same cases
 * in one process, as one object. With --quick too few rounds to mean anything.
 *
 * "kept" is malloc told by two settings not to give memory back; that cannot be
 * undone, so it comes last.
 */

#define KEPT_BYTES (1 << 30)
#define LARGEST_THRESHOLD (32 << 20) /* the most the C library accepts */

static void
fill_plain (gpointer handle, int value)
{
  memset (handle, value, BAG_CLI_BENCH_SLICE_BYTES);
}

static gpointer
open_malloc (GError **error)
{
  malloc_trim (0);

  return GINT_TO_POINTER (1);
}

static gpointer
open_kept (GError **error)
{
  mallopt (M_MMAP_THRESHOLD, LARGEST_THRESHOLD);
  mallopt (M_TRIM_THRESHOLD, KEPT_BYTES);

  return open_malloc (error);
}

static void
close_malloc (gpointer self)
{
}

static gpointer
take_malloc (gpointer self)
{
  gpointer data = malloc (BAG_CLI_BENCH_SLICE_BYTES);

  g_assert (data != NULL);

  return data;
}

static void
give_malloc (gpointer self, gpointer handle)
{
  free (handle);
}

static void
run_malloc_pairs (gpointer self, gpointer *handles, guint batch, guint n_pairs)
{
  for (guint done = 0; done < n_pairs; done += batch)
    {
      for (guint i = 0; i < batch; i++)
        {
          handles[i] = malloc (BAG_CLI_BENCH_SLICE_BYTES);
          bag_cli_bench_use (handles[i]);
        }
      for (guint i = 0; i < batch; i++)
        free (handles[i]);
    }
}

static gpointer
open_first_fit (GError **error)
{
  return bag_first_fit_new (BAG_CLI_BENCH_SLICE_BYTES, BAG_CLI_BENCH_N_SLOTS);
}

static void
close_first_fit (gpointer self)
{
  bag_first_fit_free (self);
}

static gpointer
take_first_fit (gpointer self)
{
  gpointer data = bag_first_fit_allocate (self, BAG_CLI_BENCH_SLICE_BYTES);

  g_assert (data != NULL);

  return data;
}

static void
give_first_fit (gpointer self, gpointer handle)
{
  bag_first_fit_deallocate (self, handle);
}

static void
run_first_fit_pairs (gpointer self, gpointer *handles, guint batch, guint n_pairs)
{
  for (guint done = 0; done < n_pairs; done += batch)
    {
      for (guint i = 0; i < batch; i++)
        handles[i] = bag_first_fit_allocate (self, BAG_CLI_BENCH_SLICE_BYTES);
      for (guint i = 0; i < batch; i++)
        bag_first_fit_deallocate (self, handles[i]);
    }
}

static const BagCliMemory first_fit = {
  .prefix = "first-fit/",
  .open = open_first_fit,
  .close = close_first_fit,
  .run_pairs = run_first_fit_pairs,
  .take = take_first_fit,
  .fill = fill_plain,
  .give = give_first_fit,
};

static const BagCliMemory plain_malloc = {
  .prefix = "malloc/",
  .is_thread_safe = TRUE,
  .open = open_malloc,
  .close = close_malloc,
  .run_pairs = run_malloc_pairs,
  .take = take_malloc,
  .fill = fill_plain,
  .give = give_malloc,
};

static gboolean
measure (const BagCliMemory *memory, const char *prefix, const BagCliBenchSize *size, GArray *results)
{
  BagCliMemory counted = *memory;
  g_autoptr (GError) error = NULL;

  counted.prefix = prefix;
  counted.count_mallocs = BAG_MALLOC_IS_COUNTED ? bag_malloc_count : NULL;
  if (bag_cli_bench_memory (&counted, size, results, &error))
    return TRUE;

  g_printerr ("%s%s\n", prefix, error->message);
  return FALSE;
}

int
main (int argc, char *argv[])
{
  gboolean is_quick = argc == 2 && g_str_equal (argv[1], "--quick");
  const BagCliBenchSize *size = is_quick ? &bag_cli_bench_size_quick : &bag_cli_bench_size_full;
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));
  BagCliMemory kept = plain_malloc;

  kept.open = open_kept;
  if (!measure (&bag_cli_bench_pool_memory, "pool/", size, results)
      || !measure (&first_fit, first_fit.prefix, size, results)
      || !measure (&plain_malloc, plain_malloc.prefix, size, results)
      || !measure (&kept, "kept/", size, results))
    return EXIT_FAILURE;
  bag_cli_bench_print ("rivals", results, TRUE);

  return EXIT_SUCCESS;
}
