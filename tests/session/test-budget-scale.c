/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-budget-scale.h"

#define MIB ((guint64) 1 << 20)
#define GIB ((guint64) 1 << 30)

/* Odd sizes, as machines have them; the least; and one that is not known. */
static const guint64 machines[] = { 8 * MIB, 512 * MIB, 23 * GIB + 519 * MIB + 77, 32 * GIB, G_MAXUINT64 };

static void
test_ends (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      guint last = bag_budget_scale_get_n_steps (machines[i]);

      g_assert_cmpuint (bag_budget_scale_get_bytes (0, machines[i]), ==, 4 * MIB);
      g_assert_cmpuint (bag_budget_scale_get_step (0, machines[i]), ==, 0);
      g_assert_cmpuint (bag_budget_scale_get_step (G_MAXUINT64, machines[i]), ==, last);
      if (machines[i] != G_MAXUINT64)
        g_assert_cmpuint (bag_budget_scale_get_bytes (last, machines[i]), ==, machines[i] / MIB * MIB);
    }
}

/* Every step is more than the one before, in whole MiB, and found again. */
static void
test_steps (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++)
    {
      guint64 former = 0;

      for (guint step = 0; step <= bag_budget_scale_get_n_steps (machines[i]); step++)
        {
          guint64 bytes = bag_budget_scale_get_bytes (step, machines[i]);

          g_assert_cmpuint (bytes, >, former);
          g_assert_cmpuint (bytes % MIB, ==, 0);
          g_assert_cmpuint (bag_budget_scale_get_step (bytes, machines[i]), ==, step);
          former = bytes;
        }
    }
}

/* What people set: 8 MiB are sixteen slices of half a MiB, 1 GiB is the default. */
static void
test_round_numbers (void)
{
  for (guint64 bytes = 4 * MIB; bytes <= 16 * GIB; bytes *= 2)
    g_assert_cmpuint (bag_budget_scale_get_bytes (bag_budget_scale_get_step (bytes, 32 * GIB), 32 * GIB), ==, bytes);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/budget-scale/ends", test_ends);
  g_test_add_func ("/budget-scale/steps", test_steps);
  g_test_add_func ("/budget-scale/round-numbers", test_round_numbers);

  return g_test_run ();
}
