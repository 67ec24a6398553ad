/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-window-level.h"

#include <math.h>

/* The formula of PS3.3 C.11.2.1.2.1 in whole numbers, for whole centres and widths:
 * every term doubled once for the halves, once more for the rounding. */
static guint
expected_grey (gint64 center,
               gint64 width,
               gint64 value)
{
  gint64 doubled = 2 * (value - center) + 1, ramp = width - 1;

  if (doubled <= -ramp)
    return 0;
  if (doubled > ramp)
    return 255;

  return (guint) (((doubled + ramp) * 255 + ramp) / (2 * ramp));
}

static void
test_formula (void)
{
  static const gint64 centers[] = { -1024, 0, 40, 2047, 2048 };
  static const gint64 widths[] = { 1, 2, 3, 7, 255, 256, 257, 317, 400, 511, 2000, 4095, 4096, 65535 };

  for (guint c = 0; c < G_N_ELEMENTS (centers); c++)
    for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
      {
        BagWindowLevel window = { (double) centers[c], (double) widths[w] };

        for (gint64 value = -33000; value < 66000; value++)
          if (bag_window_level_map (&window, (double) value) != expected_grey (centers[c], widths[w], value))
            g_error ("centre %d, width %d, value %d", (int) centers[c], (int) widths[w], (int) value);
      }
}

/* The examples that the standard itself gives. */
static void
test_standard_examples (void)
{
  BagWindowLevel full = { 2048, 4096 }, one = { 2048, 1 };

  g_assert_cmpuint (bag_window_level_map (&full, 0), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&full, 0.01), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&full, 4095), ==, 255);
  g_assert_cmpuint (bag_window_level_map (&full, 2047.5), ==, 128);
  g_assert_cmpuint (bag_window_level_map (&one, 2047.5), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&one, 2047.6), ==, 255);
}

static void
test_odd_numbers (void)
{
  BagWindowLevel narrow = { 100, 0.25 }, least = { 100, 1 };
  BagWindowLevel normal = { 100, 50 }, far = { 1e15, 1.1 };

  for (double value = 98; value < 102; value += 0.125)
    g_assert_cmpuint (bag_window_level_map (&narrow, value), ==, bag_window_level_map (&least, value));

  g_assert_cmpuint (bag_window_level_map (&normal, NAN), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&normal, INFINITY), ==, 255);
  g_assert_cmpuint (bag_window_level_map (&normal, -INFINITY), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&far, 1e15 - 0.5 - 0.125), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&far, 1e15 - 0.5 + 0.25), ==, 255);
}

/* The other two functions: exact at the ends and in the middle, and at the odd numbers. */
static void
test_other_functions (void)
{
  const BagWindowLevel exact = { 100, 0.5, BAG_VOI_FUNCTION_LINEAR_EXACT }, sigmoid = { 100, 50, BAG_VOI_FUNCTION_SIGMOID };
  const BagWindowLevel none = { 100, 0, BAG_VOI_FUNCTION_SIGMOID };

  g_assert_cmpuint (bag_window_level_map (&exact, 99.75), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&exact, 99.875), ==, 64);
  g_assert_cmpuint (bag_window_level_map (&exact, 100), ==, 128);
  g_assert_cmpuint (bag_window_level_map (&exact, 100.25), ==, 255);
  g_assert_cmpuint (bag_window_level_map (&sigmoid, 100), ==, 128);
  g_assert_cmpuint (bag_window_level_map (&sigmoid, 75), ==, 30);
  g_assert_cmpuint (bag_window_level_map (&sigmoid, 125), ==, 225);
  g_assert_cmpuint (bag_window_level_map (&none, 100), ==, 128);
  g_assert_cmpuint (bag_window_level_map (&none, 99), ==, 0);

  for (guint function = 0; function < BAG_N_VOI_FUNCTIONS; function++)
    {
      const BagWindowLevel window = { 100, 50, (BagVoiFunction) function };

      g_assert_cmpuint (bag_window_level_map (&window, NAN), ==, 0);
      g_assert_cmpuint (bag_window_level_map (&window, INFINITY), ==, 255);
      g_assert_cmpuint (bag_window_level_map (&window, -INFINITY), ==, 0);
      g_assert_cmpuint (bag_window_level_map (&window, 1e300), ==, 255);
    }
}

static void
test_sane_functions (void)
{
  const BagWindowLevel narrow = { 40, 0.5, BAG_VOI_FUNCTION_LINEAR_EXACT }, negative = { 40, -1, BAG_VOI_FUNCTION_SIGMOID };
  const BagWindowLevel unknown = { 40, 0.5, (BagVoiFunction) 77 }, linear = { 40, 1, BAG_VOI_FUNCTION_LINEAR };
  BagWindowLevel window = bag_window_level_make_sane (&narrow);

  g_assert_true (bag_window_level_equal (&window, &narrow));
  window.function = BAG_VOI_FUNCTION_SIGMOID;
  g_assert_false (bag_window_level_equal (&window, &narrow));
  window = bag_window_level_make_sane (&negative);
  g_assert_cmpfloat (window.width, ==, BAG_WINDOW_LEAST_WIDTH);
  window = bag_window_level_make_sane (&unknown);
  g_assert_true (bag_window_level_equal (&window, &linear));
}

static void
check_sane (double center,
            double width,
            double sane_center,
            double sane_width)
{
  BagWindowLevel window = bag_window_level_sanitize (center, width);
  BagWindowLevel again = bag_window_level_sanitize (window.center, window.width);

  g_assert_cmpfloat (window.center, ==, sane_center);
  g_assert_cmpfloat (window.width, ==, sane_width);
  g_assert_true (bag_window_level_equal (&window, &again));
}

static void
test_sanitize (void)
{
  check_sane (40, 400, 40, 400);
  check_sane (40, 1, 40, 1);
  check_sane (40, 0.5, 40, 1);
  check_sane (40, -400, 40, 1);
  check_sane (NAN, NAN, 0, 1);
  check_sane (INFINITY, INFINITY, 1e15, 1e15);
  check_sane (-INFINITY, -INFINITY, -1e15, 1);
  check_sane (1e300, 1e300, 1e15, 1e15);
}

/* Adds a peak of @n voxels, spread evenly over @center +- @spread. */
static void
add_peak (guint64 *counts,
          int center,
          int spread,
          guint64 n)
{
  for (int stored = center - spread; stored <= center + spread; stored++)
    counts[(guint16) stored] += n / (guint64) (2 * spread + 1);
}

/* Black and white of a window. */
static void
get_ends (const BagWindowLevel *window,
          double *black,
          double *white)
{
  *black = window->center - 0.5 - (window->width - 1) / 2;
  *white = window->center - 0.5 + (window->width - 1) / 2;
}

static void
add_bag (guint64 *counts,
         int offset)
{
  add_peak (counts, 100 + offset, 40, 8000000);
  add_peak (counts, 250 + offset, 80, 900000);
  add_peak (counts, 1100 + offset, 60, 500000);
  add_peak (counts, 4000 + offset, 300, 50000);
  counts[(guint16) (30000 + offset)] += 3;
}

static void
test_bag (void)
{
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagWindowLevel window;
  double black, white;

  add_bag (counts, 0);
  window = bag_window_level_from_histogram (counts, FALSE, 1, 0);
  get_ends (&window, &black, &white);

  g_assert_cmpfloat (black, >=, 60);
  g_assert_cmpfloat (black, <=, 140);
  g_assert_cmpfloat (white, >=, 1500);
  g_assert_cmpfloat (white, <=, 3000);
}

/* The same bag stored in other ways has the same window in values. */
static void
test_bag_stored_otherwise (void)
{
  g_autofree guint64 *plain = g_new0 (guint64, 65536);
  g_autofree guint64 *below_zero = g_new0 (guint64, 65536);
  g_autofree guint64 *falling = g_new0 (guint64, 65536);
  BagWindowLevel a, b, c;

  add_bag (plain, 0);
  add_bag (below_zero, -1000);
  for (guint stored = 0; stored < 65536; stored++)
    falling[65535 - stored] = plain[stored];

  a = bag_window_level_from_histogram (plain, FALSE, 1, 0);
  b = bag_window_level_from_histogram (below_zero, TRUE, 1, 1000);
  c = bag_window_level_from_histogram (falling, FALSE, -1, 65535);

  g_assert_cmpfloat (a.center, ==, b.center);
  g_assert_cmpfloat (a.width, ==, b.width);
  g_assert_cmpfloat (a.center, ==, c.center);
  g_assert_cmpfloat (a.width, ==, c.width);
}

static void
test_without_noise (void)
{
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagWindowLevel window;
  double black, white;

  counts[0] = 900000;
  counts[1000] = 100000;
  window = bag_window_level_from_histogram (counts, FALSE, 1, 0);
  get_ends (&window, &black, &white);
  g_assert_cmpfloat (black, ==, 0);
  g_assert_cmpfloat (white, ==, 1000);
}

static void
test_constant (void)
{
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagWindowLevel window = bag_window_level_from_histogram (counts, FALSE, 1, 0);

  g_assert_cmpfloat (window.width, ==, 1);

  counts[65535] = 512 * 512;
  window = bag_window_level_from_histogram (counts, FALSE, 2, 10);
  g_assert_cmpfloat (window.width, ==, 1);
  g_assert_cmpfloat (window.center, ==, 2 * 65535 + 10 + 0.5);

  window = bag_window_level_from_histogram (counts, TRUE, 1, 0);
  g_assert_cmpfloat (window.center, ==, -0.5);

  window = bag_window_level_from_histogram (counts, FALSE, NAN, INFINITY);
  g_assert_true (isfinite (window.center));
  g_assert_cmpfloat (window.width, >=, 1);
}

/* The whole range in use: no overflow at the last values. */
static void
test_all_values (void)
{
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagWindowLevel window;

  for (guint stored = 0; stored < 65536; stored++)
    counts[stored] = G_MAXUINT64 / 65536 / 2;

  window = bag_window_level_from_histogram (counts, FALSE, 1, 0);
  g_assert_cmpfloat (window.width, >, 60000);
  g_assert_cmpfloat (window.width, <=, 65536);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-level/formula", test_formula);
  g_test_add_func ("/window-level/standard-examples", test_standard_examples);
  g_test_add_func ("/window-level/odd-numbers", test_odd_numbers);
  g_test_add_func ("/window-level/other-functions", test_other_functions);
  g_test_add_func ("/window-level/sane-functions", test_sane_functions);
  g_test_add_func ("/window-level/sanitize", test_sanitize);
  g_test_add_func ("/window-level/bag", test_bag);
  g_test_add_func ("/window-level/bag-stored-otherwise", test_bag_stored_otherwise);
  g_test_add_func ("/window-level/without-noise", test_without_noise);
  g_test_add_func ("/window-level/constant", test_constant);
  g_test_add_func ("/window-level/all-values", test_all_values);

  return g_test_run ();
}
