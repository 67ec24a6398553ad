/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-ruler-scale.h"

#include <math.h>
#include <string.h>

static void
test_round_trip (void)
{
  static const guint counts[] = { 1, 2, 3, 600, 65535 };
  static const double heights[] = { 50, 333, 1000.5 };

  for (guint c = 0; c < G_N_ELEMENTS (counts); c++)
    for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
      for (guint index = 0; index < counts[c]; index++)
        {
          double middle = bag_ruler_scale_get_y (counts[c], heights[h], index) + heights[h] / counts[c] / 2;

          g_assert_cmpuint (bag_ruler_scale_get_index (counts[c], heights[h], middle), ==, index);
        }
}

static void
test_beside (void)
{
  g_assert_cmpuint (bag_ruler_scale_get_index (10, 100, -1), ==, 0);
  g_assert_cmpuint (bag_ruler_scale_get_index (10, 100, 100), ==, 9);
  g_assert_cmpuint (bag_ruler_scale_get_index (10, 100, 1e9), ==, 9);
  g_assert_cmpuint (bag_ruler_scale_get_index (10, 100, NAN), ==, 0);
  g_assert_cmpuint (bag_ruler_scale_get_index (0, 100, 50), ==, 0);
  g_assert_cmpuint (bag_ruler_scale_get_index (10, 0, 50), ==, 0);
}

static void
test_steps (void)
{
  g_assert_cmpuint (bag_ruler_scale_get_step (10, 1000, 44), ==, 1);
  g_assert_cmpuint (bag_ruler_scale_get_step (600, 600, 44), ==, 50);
  g_assert_cmpuint (bag_ruler_scale_get_step (600, 1000, 44), ==, 50);
  g_assert_cmpuint (bag_ruler_scale_get_step (600, 2700, 44), ==, 10);
  g_assert_cmpuint (bag_ruler_scale_get_step (65535, 100, 44), ==, 50000);
  g_assert_cmpuint (bag_ruler_scale_get_step (5, 10, 44), >=, 5);
  g_assert_cmpuint (bag_ruler_scale_get_step (0, 100, 44), ==, 1);
}

static void
test_worst (void)
{
  const guint8 states[] = {
    BAG_SLICE_STATE_READY, BAG_SLICE_STATE_READY, BAG_SLICE_STATE_ABSENT, BAG_SLICE_STATE_LOADING, BAG_SLICE_STATE_FAILED
  };

  g_assert_cmpuint (bag_ruler_scale_get_worst (states, 0, 1), ==, BAG_SLICE_STATE_READY);
  g_assert_cmpuint (bag_ruler_scale_get_worst (states, 0, 2), ==, BAG_SLICE_STATE_READY);
  g_assert_cmpuint (bag_ruler_scale_get_worst (states, 0, 3), ==, BAG_SLICE_STATE_ABSENT);
  g_assert_cmpuint (bag_ruler_scale_get_worst (states, 0, 4), ==, BAG_SLICE_STATE_LOADING);
  g_assert_cmpuint (bag_ruler_scale_get_worst (states, 0, 5), ==, BAG_SLICE_STATE_FAILED);
}

/* Among many on one pixel, a single one that was not seen counts. */
static void
test_all_seen (void)
{
  guint8 seen[200];

  memset (seen, TRUE, sizeof seen);
  g_assert_true (bag_ruler_scale_is_all_seen (seen, 0, 200));
  for (guint index = 0; index < 200; index++)
    {
      seen[index] = FALSE;
      g_assert_false (bag_ruler_scale_is_all_seen (seen, 0, 200));
      g_assert_true (bag_ruler_scale_is_all_seen (seen, 0, index));
      g_assert_true (bag_ruler_scale_is_all_seen (seen, index + 1, 200));
      seen[index] = TRUE;
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ruler-scale/round-trip", test_round_trip);
  g_test_add_func ("/ruler-scale/beside", test_beside);
  g_test_add_func ("/ruler-scale/steps", test_steps);
  g_test_add_func ("/ruler-scale/worst", test_worst);
  g_test_add_func ("/ruler-scale/all-seen", test_all_seen);

  return g_test_run ();
}
