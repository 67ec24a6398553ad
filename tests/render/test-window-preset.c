/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-window-preset.h"

static const BagWindowLevel whole = { 30000, 4000 };

static void
test_names (void)
{
  g_assert_null (bag_window_preset_get_name (0));
  g_assert_null (bag_window_preset_get_name (BAG_N_WINDOW_PRESETS + 1));
  for (guint number = 1; number <= BAG_N_WINDOW_PRESETS; number++)
    g_assert_nonnull (bag_window_preset_get_name (number));

  g_assert_cmpstr (bag_window_preset_get_name (2), ==, "Organic");
}

static void
test_unknown_number (void)
{
  BagWindowLevel window = { 1, 2 };

  g_assert_false (bag_window_preset_get (0, "MHU", &whole, &window));
  g_assert_false (bag_window_preset_get (BAG_N_WINDOW_PRESETS + 1, "MHU", &whole, &window));
  g_assert_false (bag_window_preset_get (G_MAXUINT, "MHU", &whole, &window));
  g_assert_cmpfloat (window.center, ==, 1);
}

/* HU are MHU - 1000: the same grey for the same matter. */
static void
test_units (void)
{
  for (guint number = 1; number <= BAG_N_WINDOW_PRESETS; number++)
    {
      BagWindowLevel mhu, hu;

      g_assert_true (bag_window_preset_get (number, "MHU", &whole, &mhu));
      g_assert_true (bag_window_preset_get (number, "HU", &whole, &hu));
      g_assert_cmpfloat (mhu.width, ==, hu.width);
      g_assert_cmpfloat (mhu.center - 1000, ==, hu.center);
      g_assert_cmpfloat (mhu.width, >=, BAG_WINDOW_MIN_WIDTH);
    }
}

static void
test_water_is_visible (void)
{
  BagWindowLevel organic;
  guint8 grey;

  bag_window_preset_get (2, "MHU", &whole, &organic);
  grey = bag_window_level_map (&organic, 1000);
  g_assert_cmpuint (grey, >, 100);
  g_assert_cmpuint (grey, <, 200);
}

/* Without calibrated units a preset follows the scan's own window. */
static void
test_raw (void)
{
  for (guint number = 1; number <= BAG_N_WINDOW_PRESETS; number++)
    {
      BagWindowLevel window, moved;
      BagWindowLevel elsewhere = { whole.center + 500, whole.width };

      g_assert_true (bag_window_preset_get (number, "raw", &whole, &window));
      g_assert_true (bag_window_preset_get (number, NULL, &elsewhere, &moved));
      g_assert_cmpfloat (window.width, >, 0);
      g_assert_cmpfloat (window.width, <=, 2 * whole.width);
      g_assert_cmpfloat_with_epsilon (moved.center, window.center + 500, 1e-6);
    }
}

/* Values from 0 to 4: "Narrow" is still a ramp and not a step. */
static void
test_small_values (void)
{
  const BagWindowLevel small = { 2.5, 5 };
  BagWindowLevel narrow;

  g_assert_true (bag_window_preset_get (5, "g/cm3", &small, &narrow));
  g_assert_cmpuint (bag_window_level_map (&narrow, 0.35 * 4 - 0.01), ==, 0);
  g_assert_cmpuint (bag_window_level_map (&narrow, 0.475 * 4), ==, 128);
  g_assert_cmpuint (bag_window_level_map (&narrow, 0.6 * 4 - 0.1), <, 255);
  g_assert_cmpuint (bag_window_level_map (&narrow, 0.6 * 4 + 0.01), ==, 255);
}

static void
test_constant_scan (void)
{
  const BagWindowLevel point = { 7.5, 1 };

  for (guint number = 1; number <= BAG_N_WINDOW_PRESETS; number++)
    {
      BagWindowLevel window;

      g_assert_true (bag_window_preset_get (number, "raw", &point, &window));
      g_assert_cmpfloat (window.width, >=, BAG_WINDOW_MIN_WIDTH);
    }
}

/* Parts of the ramp of the scan's own window, which without LINEAR is as wide as the window. */
static void
test_other_function (void)
{
  BagWindowLevel exact = { 0.5, 1, BAG_VOI_FUNCTION_LINEAR_EXACT };
  const BagWindowLevel wanted = { 1.5, 3, BAG_VOI_FUNCTION_LINEAR };
  BagWindowLevel window;

  g_assert_true (bag_window_preset_get (1, "raw", &exact, &window));
  g_assert_true (bag_window_level_equal (&window, &wanted));
  exact.function = BAG_VOI_FUNCTION_SIGMOID;
  g_assert_true (bag_window_preset_get (1, "raw", &exact, &window));
  g_assert_true (bag_window_level_equal (&window, &wanted));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window-preset/names", test_names);
  g_test_add_func ("/window-preset/unknown-number", test_unknown_number);
  g_test_add_func ("/window-preset/units", test_units);
  g_test_add_func ("/window-preset/water-is-visible", test_water_is_visible);
  g_test_add_func ("/window-preset/raw", test_raw);
  g_test_add_func ("/window-preset/small-values", test_small_values);
  g_test_add_func ("/window-preset/constant-scan", test_constant_scan);
  g_test_add_func ("/window-preset/other-function", test_other_function);

  return g_test_run ();
}
