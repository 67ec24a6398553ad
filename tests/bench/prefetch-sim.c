/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-prefetch-sim.h"

#include "cli/bag-cli-bench.h"

#include <stdio.h>
#include <string.h>

/*
 * `prefetch-sim [--json] [TRACE...]`: what becomes of looks at slices when they are got in
 * advance by the program's plan, and by what others do, for pools of 16, 64 and 200 slices
 * and slices that take 0.1 to 30 ms on each of two decoders. Without a recorded trace, for
 * made-up ones. Slices on a clock of its own, so that it comes out the same
 * everywhere. Each figure of ours stands beside the best of the others as its floor.
 */

#define N_POLICIES 4u

static const guint pool_sizes[] = { 16, 64, 200 };
static const double load_times_ms[] = { 0.1, 1, 2.4, 7, 30 };

typedef struct
{
  GArray *results;  /* (owned) (element-type BagCliBenchResult) */
  GPtrArray *names; /* (owned) (element-type utf8): of @results */
  gboolean json;
  guint n_late[N_POLICIES]; /* of all rows of a trace */
  BagPrefetchSim sims[N_POLICIES];
} Bench;

static void
add_result (Bench *self, const char *row, const char *what, guint value, double floor)
{
  BagCliBenchResult result = { .unit = "slices", .value = value, .floor = floor };

  g_ptr_array_add (self->names, g_strdup_printf ("%s/%s", row, what));
  result.name = g_ptr_array_index (self->names, self->names->len - 1);
  g_array_append_val (self->results, result);
}

static void
print_header (void)
{
  printf ("%-12s %5s %5s", "trace", "slots", "ms");
  for (guint i = 0; bag_prefetch_policies[i] != NULL; i++)
    printf ("  %19s", bag_prefetch_policies[i]->name);
  printf ("\n%24s", "");
  for (guint i = 0; bag_prefetch_policies[i] != NULL; i++)
    printf ("  %5s %5s %7s", "hit", "late", "wasted");
  printf ("\n");
}

static void
report_row (Bench *self, const char *trace, guint n_slots, double load_ms)
{
  g_autofree char *row = g_strdup_printf ("%s/%u/%g", trace, n_slots, load_ms);
  guint best = G_MAXUINT;

  if (!self->json)
    printf ("%-12s %5u %5.1f", trace, n_slots, load_ms);
  for (guint i = 0; i < N_POLICIES; i++)
    {
      const BagPrefetchSim *sim = &self->sims[i];

      self->n_late[i] += sim->n_late;
      best = i > 0 ? MIN (best, sim->n_late) : best;
      if (!self->json)
        printf ("  %5u %5u %7u", sim->n_hits, sim->n_late, sim->n_wasted);
    }
  if (!self->json)
    printf ("\n");

  add_result (self, row, "hit", self->sims[0].n_hits, 0);
  add_result (self, row, "late", self->sims[0].n_late, best);
  add_result (self, row, "wasted", self->sims[0].n_wasted, 0);
}

static void
report_trace (Bench *self, const char *trace)
{
  guint best = G_MAXUINT;

  for (guint i = 1; i < N_POLICIES; i++)
    best = MIN (best, self->n_late[i]);
  add_result (self, trace, "late-in-all", self->n_late[0], best);
  if (self->json)
    return;

  printf ("%-12s %11s", trace, "late in all");
  for (guint i = 0; i < N_POLICIES; i++)
    printf ("  %5s %5u %7s", "", self->n_late[i], "");
  printf ("\n");
}

static void
run_trace (Bench *self, const BagScrollTrace *trace)
{
  memset (self->n_late, 0, sizeof self->n_late);
  for (guint i = 0; i < G_N_ELEMENTS (pool_sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (load_times_ms); j++)
      {
        for (guint k = 0; k < N_POLICIES; k++)
          bag_prefetch_sim_run (&self->sims[k], bag_prefetch_policies[k], trace, pool_sizes[i], (gint64) (load_times_ms[j] * 1000));
        report_row (self, trace->name, pool_sizes[i], load_times_ms[j]);
      }
  report_trace (self, trace->name);
}

static GPtrArray *
read_traces (char *paths[], GError **error)
{
  g_autoptr (GPtrArray) traces = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_scroll_trace_free);

  for (char **path = paths; *path != NULL; path++)
    {
      BagScrollTrace *trace = bag_scroll_trace_read (*path, error);

      if (trace == NULL)
        return NULL;
      g_ptr_array_add (traces, trace);
    }

  return g_steal_pointer (&traces);
}

int
main (int argc, char *argv[])
{
  static Bench self;
  g_autoptr (GPtrArray) traces = NULL;
  g_autoptr (GError) error = NULL;

  self.json = argc > 1 && strcmp (argv[1], "--json") == 0;
  argv += self.json ? 2 : 1;
  traces = *argv != NULL ? read_traces (argv, &error) : bag_scroll_trace_new_made_up ();
  if (traces == NULL)
    {
      fprintf (stderr, "prefetch-sim: %s\n", error->message);
      return 1;
    }

  self.results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));
  self.names = g_ptr_array_new_with_free_func (g_free);
  if (!self.json)
    print_header ();
  for (guint i = 0; i < traces->len; i++)
    run_trace (&self, g_ptr_array_index (traces, i));
  if (self.json)
    bag_cli_bench_print ("prefetch-sim", self.results, TRUE);
  g_array_unref (self.results);
  g_ptr_array_unref (self.names);

  return 0;
}
