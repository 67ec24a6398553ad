/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "slices/bag-prefetch-plan.h"

typedef struct
{
  const char *name;
  guint n_slices, current;
  int direction;
  guint budget;
  const char *wanted;
} PlanCase;

static const PlanCase cases[] = {
  { "symmetric", 20, 10, 0, 5, "10 11 9 12 8" },
  { "symmetric-even", 20, 10, 0, 4, "10 11 9 12" },
  { "forward", 20, 10, 1, 9, "10 11 9 12 8 13 14 15 16" },
  { "reversed", 20, 10, -1, 9, "10 9 11 8 12 7 6 5 4" },
  { "forward-small", 20, 10, 1, 4, "10 11 12 13" },
  { "first", 20, 0, 1, 5, "0 1 2 3 4" },
  { "first-reversed", 20, 0, -1, 5, "0 1 2 3 4" },
  { "first-symmetric", 20, 0, 0, 5, "0 1 2 3 4" },
  { "last", 20, 19, 1, 5, "19 18 17 16 15" },
  { "last-reversed", 20, 19, -1, 5, "19 18 17 16 15" },
  { "second", 20, 1, 1, 5, "1 2 0 3 4" },
  { "reaches-first", 20, 2, -1, 5, "2 1 3 0 4" },
  { "reaches-last", 20, 17, 1, 5, "17 18 16 19 15" },
  { "before-last", 20, 18, 1, 9, "18 19 17 16 15 14 13 12 11" },
  { "whole", 5, 2, 1, 5, "2 3 1 4 0" },
  { "more-than-whole", 3, 1, -1, 100, "1 0 2" },
  { "one-slice", 1, 0, 0, 8, "0" },
  { "one-slice-forward", 1, 0, 1, 1, "0" },
  { "budget-0", 20, 10, 1, 0, "" },
  { "budget-1", 20, 10, 1, 1, "10" },
  { "budget-2", 20, 10, -1, 2, "10 9" },
  { "no-slices", 0, 0, 0, 8, "" },
};

static void
test_case (gconstpointer data)
{
  const PlanCase *plan = data;
  guint indices[32];
  g_autoptr (GString) got = g_string_new (NULL);
  guint n = bag_prefetch_plan (plan->n_slices, plan->current, plan->direction, plan->budget, indices);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (got, "%s%u", i > 0 ? " " : "", indices[i]);

  g_assert_cmpstr (got->str, ==, plan->wanted);
}

static void
check_plan (guint n_slices, guint current, int direction, guint budget)
{
  guint indices[16];
  guint seen = 0;
  guint n = bag_prefetch_plan (n_slices, current, direction, budget, indices);

  g_assert_cmpuint (n, ==, MIN (budget, n_slices));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (indices[i], <, n_slices);
      g_assert_cmpuint (seen & (1u << indices[i]), ==, 0);
      seen |= 1u << indices[i];
      if (i > 0)
        g_assert_cmpint (ABS ((int) indices[i] - (int) current), >=, ABS ((int) indices[i - 1] - (int) current));
    }
  if (n > 0)
    g_assert_cmpuint (indices[0], ==, current);
}

/* Whatever the arguments: each slice once, all in range, current first, nearest first. */
static void
test_properties (void)
{
  for (guint n_slices = 1; n_slices <= 12; n_slices++)
    for (guint current = 0; current < n_slices; current++)
      for (int direction = -1; direction <= 1; direction++)
        for (guint budget = 0; budget <= n_slices + 2; budget++)
          check_plan (n_slices, current, direction, budget);
}

static void
test_quarter_behind (void)
{
  guint indices[101];
  guint n_behind = 0;

  bag_prefetch_plan (1000, 500, 1, 101, indices);
  for (guint i = 0; i < 101; i++)
    n_behind += indices[i] < 500 ? 1 : 0;
  g_assert_cmpuint (n_behind, ==, 25);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/prefetch-plan/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/prefetch-plan/properties", test_properties);
  g_test_add_func ("/prefetch-plan/quarter-behind", test_quarter_behind);

  return g_test_run ();
}
