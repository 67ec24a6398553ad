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
  double speed, turning, load_seconds;
} PlanCase;

static const PlanCase cases[] = {
  { "symmetric", 20, 10, 0, 5, "10 11 9 12 8" },
  { "symmetric-even", 20, 10, 0, 4, "10 11 9 12" },
  { "forward", 20, 10, 1, 9, "10 11 12 13 9 14 15 16 8" },
  { "reversed", 20, 10, -1, 9, "10 9 8 7 11 6 5 4 12" },
  { "forward-small", 20, 10, 1, 4, "10 11 12 13" },
  { "first", 20, 0, 1, 5, "0 1 2 3 4" },
  { "first-reversed", 20, 0, -1, 5, "0 1 2 3 4" },
  { "first-symmetric", 20, 0, 0, 5, "0 1 2 3 4" },
  { "last", 20, 19, 1, 5, "19 18 17 16 15" },
  { "last-reversed", 20, 19, -1, 5, "19 18 17 16 15" },
  { "second", 20, 1, 1, 5, "1 2 3 4 0" },
  { "reaches-first", 20, 2, -1, 5, "2 1 0 3 4" },
  { "reaches-last", 20, 17, 1, 5, "17 18 19 16 15" },
  { "before-last", 20, 18, 1, 9, "18 19 17 16 15 14 13 12 11" },
  { "whole", 5, 2, 1, 5, "2 3 4 1 0" },
  { "more-than-whole", 3, 1, -1, 100, "1 0 2" },
  { "one-slice", 1, 0, 0, 8, "0" },
  { "one-slice-forward", 1, 0, 1, 1, "0" },
  { "budget-0", 20, 10, 1, 0, "" },
  { "budget-1", 20, 10, 1, 1, "10" },
  { "budget-2", 20, 10, -1, 2, "10 9" },
  { "to-and-fro", 20, 10, 1, 9, "10 11 9 12 8 13 7 14 6", .speed = 10, .turning = 1 },
  { "some-turning", 20, 10, 1, 9, "10 11 12 9 13 8 14 15 7", .speed = 10, .turning = 0.6 },
  { "fast-enough", 40, 10, 1, 9, "10 11 12 13 9 14 15 16 8", .speed = 100, .load_seconds = 0.02 },
  { "flick", 40, 10, 1, 9, "10 14 16 11 12 13 9 15 8", .speed = 100, .load_seconds = 0.03 },
  { "flick-down", 40, 30, -1, 9, "30 26 24 29 28 27 31 25 32", .speed = 100, .load_seconds = 0.03 },
  { "flick-goes-on", 40, 11, 1, 9, "11 16 12 13 14 10 15 17 9", .speed = 100, .load_seconds = 0.03 },
  { "flick-of-thirds", 80, 9, 1, 13, "9 15 18 10 11 12 8 13 14 7 16 17 6", .speed = 100, .load_seconds = 0.05 },
  { "flick-to-the-end", 20, 17, 1, 5, "17 18 19 16 15", .speed = 100, .load_seconds = 0.03 },
  { "slow-storage", 40, 10, 1, 9, "10 11 12 13 9 14 15 16 8", .speed = 20, .load_seconds = 1 },
  { "no-slices", 0, 0, 0, 8, "" },
};

static void
test_case (gconstpointer data)
{
  const PlanCase *plan = data;
  guint indices[32];
  g_autoptr (GString) got = g_string_new (NULL);
  const BagScrollForecast forecast = { .direction = plan->direction, .speed = plan->speed, .turning = plan->turning };
  guint n = bag_prefetch_plan (plan->n_slices, plan->current, &forecast, plan->load_seconds, plan->budget, indices);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (got, "%s%u", i > 0 ? " " : "", indices[i]);

  g_assert_cmpstr (got->str, ==, plan->wanted);
}

static void
check_plan (guint n_slices, guint current, const BagScrollForecast *forecast, double load_seconds, guint budget)
{
  guint indices[16];
  guint seen = 0;
  guint n = bag_prefetch_plan (n_slices, current, forecast, load_seconds, budget, indices);

  g_assert_cmpuint (n, ==, MIN (budget, n_slices));
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (indices[i], <, n_slices);
      g_assert_cmpuint (seen & (1u << indices[i]), ==, 0);
      seen |= 1u << indices[i];
    }
  if (n > 0)
    g_assert_cmpuint (indices[0], ==, current);
}

static void
check_plans (guint n_slices, guint current, int direction)
{
  static const double speeds[] = { 0, 30, 100, 400, 1e9 };
  static const double turnings[] = { -1, 0, 0.4, 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (speeds); i++)
    for (guint j = 0; j < G_N_ELEMENTS (turnings); j++)
      for (guint budget = 0; budget <= n_slices + 2; budget++)
        {
          const BagScrollForecast forecast = { direction, speeds[i], turnings[j] };

          check_plan (n_slices, current, &forecast, 0, budget);
          check_plan (n_slices, current, &forecast, 0.03, budget);
          check_plan (n_slices, current, &forecast, 1e9, budget);
        }
}

/* Whatever the arguments: each slice once, all in range, current first. */
static void
test_properties (void)
{
  for (guint n_slices = 1; n_slices <= 12; n_slices++)
    for (guint current = 0; current < n_slices; current++)
      for (int direction = -1; direction <= 1; direction++)
        check_plans (n_slices, current, direction);
}

/* At any speed. */
static void
test_quarter_behind (void)
{
  for (guint speed = 0; speed <= 200; speed += 100)
    {
      const BagScrollForecast forecast = { .direction = 1, .speed = speed };
      guint indices[101];
      guint n_behind = 0;

      bag_prefetch_plan (1000, 500, &forecast, 0.03, 101, indices);
      for (guint i = 0; i < 101; i++)
        n_behind += indices[i] < 500 ? 1 : 0;
      g_assert_cmpuint (n_behind, ==, 25);
    }
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
