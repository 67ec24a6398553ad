/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-memory.h"

#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

/*
 * What memory for slices costs, whoever gives it: taking and giving back one slice
 * or many, by one thread or two, with little or nearly all of it in use; and
 * filling a scan that is held whole. Floors come from the same rounds: two locked
 * operations on memory that nobody else uses, and memset over as many bytes that
 * stay mapped. Figures are medians.
 */

#define MAX_BATCH 32u
#define MAX_THREADS 2u
#define HUGE_PAGE ((gsize) 2 << 20)

const BagCliBenchSize bag_cli_bench_size_full = { .n_rounds = 9, .n_pairs = 19200, .n_slices = 500 };
const BagCliBenchSize bag_cli_bench_size_quick = { .n_rounds = 1, .n_pairs = 64, .n_slices = 4 };

typedef struct
{
  const BagCliMemory *memory;
  const BagCliBenchSize *size;
  gpointer self;
  GArray *results;
} BagCliMemoryBench;

typedef struct
{
  BagCliMemoryBench *bench;
  int *n_ready; /* atomic; nullable */
  guint batch;
  gint64 elapsed;
} BagCliPairRun;

typedef struct
{
  double *times, *floors, *faults;
  double heap_bytes, mallocs; /* a slice, of the last round */
} BagCliScanTimes;

/**
 * bag_cli_bench_get_ns:
 *
 * Returns: the monotonic time, in nanoseconds
 */
gint64
bag_cli_bench_get_ns (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare_values (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/**
 * bag_cli_bench_get_median:
 * @values: (array length=n_values): at least one; gets sorted
 */
double
bag_cli_bench_get_median (double *values, guint n_values)
{
  qsort (values, n_values, sizeof *values, compare_values);

  return values[n_values / 2];
}

/**
 * bag_cli_bench_use:
 *
 * Nothing but a promise to the compiler that somebody may look at @data.
 */
void
bag_cli_bench_use (gconstpointer data)
{
  __asm__ volatile("" ::"r"(data)
                   : "memory");
}

/**
 * bag_cli_bench_add:
 * @prefix: of @name; may be empty
 * @floor: the least that the machine allows; 0 where that is nothing at all, and there is
 *   no ratio
 */
void
bag_cli_bench_add (GArray *results, const char *prefix, const char *name, double value, const char *unit, double floor)
{
  g_autofree char *full_name = g_strconcat (prefix, name, NULL);
  BagCliBenchResult result = { .name = g_intern_string (full_name), .unit = unit, .value = value, .floor = floor };

  g_array_append_val (results, result);
}

/* An uncontended lock and unlock take one locked operation each, at the least. */
static double
measure_locked_pair (guint n_pairs)
{
  int word = 0;
  gint64 start = bag_cli_bench_get_ns ();

  for (guint i = 0; i < n_pairs; i++)
    {
      __atomic_exchange_n (&word, 1, __ATOMIC_SEQ_CST);
      __atomic_exchange_n (&word, 0, __ATOMIC_SEQ_CST);
    }

  return (double) (bag_cli_bench_get_ns () - start) / n_pairs;
}

/* Awake both, or one would be done before the other had begun. */
static void
meet (int *n_ready)
{
  g_atomic_int_inc (n_ready);
  while (g_atomic_int_get (n_ready) < (int) MAX_THREADS)
    g_thread_yield ();
}

static void *
run_pairs (void *data)
{
  BagCliPairRun *run = data;
  const BagCliMemoryBench *bench = run->bench;
  gpointer handles[MAX_BATCH] = { NULL };
  gint64 start = 0;

  if (run->n_ready != NULL)
    meet (run->n_ready);
  start = bag_cli_bench_get_ns ();
  bench->memory->run_pairs (bench->self, handles, run->batch, bench->size->n_pairs);
  run->elapsed = bag_cli_bench_get_ns () - start;

  return NULL;
}

/* The slower of the two: nanoseconds a pair, as each thread sees it. */
static double
run_pairs_in_two_threads (BagCliMemoryBench *self, guint batch)
{
  int n_ready = 0;
  BagCliPairRun mine = { .bench = self, .n_ready = &n_ready, .batch = batch };
  BagCliPairRun others = mine;
  pthread_t thread;

  if (pthread_create (&thread, NULL, run_pairs, &others) != 0)
    g_error ("There is no second thread");
  run_pairs (&mine);
  pthread_join (thread, NULL);

  return (double) MAX (mine.elapsed, others.elapsed) / self->size->n_pairs;
}

static double
run_pairs_once (BagCliMemoryBench *self, guint n_threads, guint batch)
{
  BagCliPairRun run = { .bench = self, .batch = batch };

  if (n_threads > 1)
    return run_pairs_in_two_threads (self, batch);
  run_pairs (&run);

  return (double) run.elapsed / self->size->n_pairs;
}

static void
measure_pairs (BagCliMemoryBench *self, guint n_threads, guint batch, const char *fullness)
{
  guint n_rounds = self->size->n_rounds;
  g_autofree double *times = g_new0 (double, n_rounds);
  g_autofree double *floors = g_new0 (double, n_rounds);
  g_autofree char *name = g_strdup_printf ("pair-%u-thread%s-batch-%u-%s", n_threads, n_threads > 1 ? "s" : "", batch, fullness);

  run_pairs_once (self, n_threads, batch);
  for (guint i = 0; i < n_rounds; i++)
    {
      times[i] = run_pairs_once (self, n_threads, batch);
      floors[i] = measure_locked_pair (self->size->n_pairs);
    }
  bag_cli_bench_add (self->results, self->memory->prefix, name, bag_cli_bench_get_median (times, n_rounds), "ns", bag_cli_bench_get_median (floors, n_rounds));
}

/* With @percent of the slots taken before, or as many as leave a batch for each thread. */
static void
measure_pairs_at (BagCliMemoryBench *self, guint n_threads, guint batch, guint percent)
{
  const BagCliMemory *memory = self->memory;
  guint n_held = MIN (BAG_CLI_BENCH_N_SLOTS * percent / 100, BAG_CLI_BENCH_N_SLOTS - n_threads * batch);
  g_autofree gpointer *held = g_new0 (gpointer, n_held + 1);

  for (guint i = 0; i < n_held; i++)
    held[i] = memory->take (self->self);
  measure_pairs (self, n_threads, batch, percent == 0 ? "empty" : (percent == 50 ? "half" : "full"));
  for (guint i = n_held; i-- > 0;)
    memory->give (self->self, held[i]);
}

static gboolean
measure_all_pairs (BagCliMemoryBench *self, GError **error)
{
  const guint percents[] = { 0, 50, 99 };
  guint n_threads = self->memory->is_thread_safe ? MAX_THREADS : 1;

  self->self = self->memory->open (error);
  if (self->self == NULL)
    return FALSE;

  for (guint threads = 1; threads <= n_threads; threads++)
    for (guint batch = 1; batch <= MAX_BATCH; batch += MAX_BATCH - 1)
      for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
        measure_pairs_at (self, threads, batch, percents[i]);
  self->memory->close (self->self);

  return TRUE;
}

static glong
get_faults (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_minflt;
}

static double
get_heap_bytes (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) (info.uordblks + info.hblkhd);
}

static double
get_mallocs (const BagCliMemory *memory)
{
  return memory->count_mallocs != NULL ? (double) memory->count_mallocs () : 0.0;
}

static double
measure_memset (guint8 *plain, gsize bytes, int value)
{
  gint64 start = bag_cli_bench_get_ns ();

  memset (plain, value, bytes);
  __asm__ volatile("" ::"r"(plain)
                   : "memory");

  return (double) (bag_cli_bench_get_ns () - start) / 1e6;
}

static void
fill_scan (BagCliMemoryBench *self, gpointer *slices, int value, BagCliScanTimes *times, guint round)
{
  const BagCliMemory *memory = self->memory;
  guint n = self->size->n_slices;
  double heap_bytes = get_heap_bytes ();
  double mallocs = get_mallocs (memory);
  glong faults = get_faults ();
  gint64 elapsed = -bag_cli_bench_get_ns ();

  for (guint i = 0; i < n; i++)
    {
      slices[i] = memory->take (self->self);
      memory->fill (slices[i], value);
    }
  elapsed += bag_cli_bench_get_ns ();
  times->heap_bytes = (get_heap_bytes () - heap_bytes) / n;

  elapsed -= bag_cli_bench_get_ns ();
  for (guint i = 0; i < n; i++)
    memory->give (self->self, slices[i]);
  times->times[round] = (double) (elapsed + bag_cli_bench_get_ns ()) / 1e6;
  times->faults[round] = (double) (get_faults () - faults) / n;
  times->mallocs = (get_mallocs (memory) - mallocs) / n;
}

static void
add_scan (BagCliMemoryBench *self, BagCliScanTimes *times, const char *which)
{
  guint n_rounds = self->size->n_rounds;
  const char *prefix = self->memory->prefix;
  g_autofree char *name = g_strdup_printf ("scan-%s", which);
  g_autofree char *faults = g_strdup_printf ("scan-%s-faults-per-slice", which);

  bag_cli_bench_add (self->results, prefix, name, bag_cli_bench_get_median (times->times, n_rounds), "ms", bag_cli_bench_get_median (times->floors, n_rounds));
  bag_cli_bench_add (self->results, prefix, faults, bag_cli_bench_get_median (times->faults, n_rounds), "faults", 0);
}

/* Each first scan is the first of memory opened anew; then comes a later one. */
static gboolean
run_scans (BagCliMemoryBench *self, guint8 *plain, BagCliScanTimes *first, BagCliScanTimes *later, GError **error)
{
  gsize bytes = self->size->n_slices * BAG_CLI_BENCH_SLICE_BYTES;
  g_autofree gpointer *slices = g_new0 (gpointer, self->size->n_slices);

  for (guint i = 0; i < self->size->n_rounds; i++)
    {
      self->self = self->memory->open (error);
      if (self->self == NULL)
        return FALSE;

      fill_scan (self, slices, 1, first, i);
      first->floors[i] = measure_memset (plain, bytes, 2);
      fill_scan (self, slices, 3, later, i);
      later->floors[i] = measure_memset (plain, bytes, 4);
      self->memory->close (self->self);
    }

  return TRUE;
}

static gboolean
measure_scans (BagCliMemoryBench *self, guint8 *plain, GError **error)
{
  g_autofree double *values = g_new0 (double, 6 * self->size->n_rounds);
  guint n = self->size->n_rounds;
  BagCliScanTimes first = { .times = values, .floors = values + n, .faults = values + 2 * n };
  BagCliScanTimes later = { .times = values + 3 * n, .floors = values + 4 * n, .faults = values + 5 * n };

  if (!run_scans (self, plain, &first, &later, error))
    return FALSE;

  add_scan (self, &first, "first");
  add_scan (self, &later, "later");
  bag_cli_bench_add (self->results, self->memory->prefix, "scan-later-heap-bytes-per-slice", later.heap_bytes, "bytes", 0);
  if (self->memory->count_mallocs != NULL)
    bag_cli_bench_add (self->results, self->memory->prefix, "scan-later-mallocs-per-slice", later.mallocs, "mallocs", 0);

  return TRUE;
}

/* The fastest memory there is: in huge pages where the system has them, and touched. */
static gboolean
measure_scans_beside_memset (BagCliMemoryBench *self, GError **error)
{
  gsize bytes = self->size->n_slices * BAG_CLI_BENCH_SLICE_BYTES;
  gboolean good = FALSE;
  void *plain = NULL;

  if (posix_memalign (&plain, HUGE_PAGE, bytes) != 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for a scan"));
      return FALSE;
    }

  madvise (plain, bytes, MADV_HUGEPAGE);
  measure_memset (plain, bytes, 1);
  good = measure_scans (self, plain, error);
  free (plain);

  return good;
}

/**
 * bag_cli_bench_memory:
 * @memory: what is measured; with BAG_CLI_BENCH_N_SLOTS slices of BAG_CLI_BENCH_SLICE_BYTES
 * @results: (element-type BagCliBenchResult): gets medians
 *
 * Takes some seconds, and twice the memory of a scan.
 */
gboolean
bag_cli_bench_memory (const BagCliMemory *memory, const BagCliBenchSize *size, GArray *results, GError **error)
{
  BagCliMemoryBench self = { .memory = memory, .size = size, .results = results };

  return measure_all_pairs (&self, error) && measure_scans_beside_memset (&self, error);
}
