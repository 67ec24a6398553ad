/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/bag-cli-bench.h"

G_BEGIN_DECLS

/* A slice of 512 x 512 voxels of 16 bits. */
#define BAG_CLI_BENCH_SLICE_BYTES ((gsize) 512 * 512 * 2)
#define BAG_CLI_BENCH_N_SLOTS 600u

/* One way to get memory for slices. Whatever it is, the cases are the same. */
typedef struct
{
  const char *prefix; /* of the names of its results */
  gboolean is_thread_safe;

  gpointer (*open) (GError **error); /* memory that nobody has touched */
  void (*close) (gpointer self);

  /* The loop is theirs, so that no call by address is measured. */
  void (*run_pairs) (gpointer self, gpointer *handles, guint batch, guint n_pairs);
  gpointer (*take) (gpointer self);
  void (*fill) (gpointer handle, int value);
  void (*give) (gpointer self, gpointer handle);

  guint64 (*count_mallocs) (void); /* nullable */
} BagCliMemory;

typedef struct
{
  guint n_rounds;
  guint n_pairs;  /* a round */
  guint n_slices; /* a scan, at most BAG_CLI_BENCH_N_SLOTS */
} BagCliBenchSize;

extern const BagCliBenchSize bag_cli_bench_size_full;
extern const BagCliBenchSize bag_cli_bench_size_quick;

gint64 bag_cli_bench_get_ns (void);
void bag_cli_bench_use (gconstpointer data);
double bag_cli_bench_get_median (double *values, guint n_values);
void bag_cli_bench_add (GArray *results, const char *prefix, const char *name, double value, const char *unit, double floor);
gboolean bag_cli_bench_memory (const BagCliMemory *memory, const BagCliBenchSize *size, GArray *results, GError **error);

G_END_DECLS
