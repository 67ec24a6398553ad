/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-slice-painter.h"

#include <math.h>

static void
test_fit (void)
{
  BagSliceTransform wide = bag_slice_transform_fit (100, 50, 1, 400, 400);
  BagSliceTransform tall_voxels = bag_slice_transform_fit (100, 50, 4, 400, 400);

  g_assert_cmpfloat (wide.scale_x, ==, 4);
  g_assert_cmpfloat (wide.scale_y, ==, 4);
  g_assert_cmpfloat (wide.x, ==, 0);
  g_assert_cmpfloat (wide.y, ==, 100);

  g_assert_cmpfloat (tall_voxels.scale_x, ==, 2);
  g_assert_cmpfloat (tall_voxels.scale_y, ==, 8);
  g_assert_cmpfloat (tall_voxels.x, ==, 100);
  g_assert_cmpfloat (tall_voxels.y, ==, 0);
}

static void
test_fit_odd_numbers (void)
{
  static const double aspects[] = { 0, -1, NAN, INFINITY };

  for (guint i = 0; i < G_N_ELEMENTS (aspects); i++)
    {
      BagSliceTransform fit = bag_slice_transform_fit (10, 10, aspects[i], 100, 100);

      g_assert_cmpfloat (fit.scale_x, ==, 10);
      g_assert_cmpfloat (fit.scale_y, ==, 10);
    }

  g_assert_cmpfloat (bag_slice_transform_fit (0, 0, 1, 100, 100).scale_x, ==, 1);
  g_assert_cmpfloat (bag_slice_transform_fit (10, 10, 1, 0, 0).scale_x, ==, 1);
}

static void
test_zoom_keeps_the_point (void)
{
  BagSliceTransform fit = bag_slice_transform_fit (512, 300, 2.5, 900, 700);

  for (double factor = 0.25; factor < 8; factor *= 1.3)
    {
      BagSliceTransform zoomed = bag_slice_transform_zoom (&fit, factor, 333, 222);
      BagSliceTransform back = bag_slice_transform_zoom (&zoomed, 1 / factor, 333, 222);

      g_assert_cmpfloat_with_epsilon ((333 - zoomed.x) / zoomed.scale_x, (333 - fit.x) / fit.scale_x, 1e-9);
      g_assert_cmpfloat_with_epsilon ((222 - zoomed.y) / zoomed.scale_y, (222 - fit.y) / fit.scale_y, 1e-9);
      g_assert_cmpfloat_with_epsilon (zoomed.scale_y / zoomed.scale_x, 2.5, 1e-9);
      g_assert_cmpfloat_with_epsilon (back.x, fit.x, 1e-9);
      g_assert_cmpfloat_with_epsilon (back.scale_x, fit.scale_x, 1e-9);
    }
}

static void
test_zoom_limits (void)
{
  BagSliceTransform one = { 0, 0, 1, 1 }, tiny = { 0, 0, 0.02, 0.02 };

  g_assert_cmpfloat (bag_slice_transform_zoom (&one, 1e9, 0, 0).scale_x, ==, BAG_SLICE_MAX_SCALE);
  g_assert_cmpfloat (bag_slice_transform_zoom (&one, 1e-9, 0, 0).scale_x, ==, BAG_SLICE_MIN_SCALE);
  g_assert_cmpfloat (bag_slice_transform_zoom (&tiny, 0.5, 0, 0).scale_x, ==, 0.02);
  g_assert_cmpfloat (bag_slice_transform_zoom (&tiny, 2, 0, 0).scale_x, ==, 0.04);
  g_assert_cmpfloat (bag_slice_transform_zoom (&one, NAN, 0, 0).scale_x, ==, 1);
}

static void
test_to_voxel_round_trip (void)
{
  BagSliceTransform fit = bag_slice_transform_fit (37, 23, 1.7, 500, 400);

  for (guint row = 0; row < 23; row++)
    for (guint column = 0; column < 37; column++)
      {
        guint c = 0, r = 0;

        g_assert_true (bag_slice_transform_to_voxel (&fit, 37, 23, fit.x + (column + 0.5) * fit.scale_x, fit.y + (row + 0.5) * fit.scale_y, &c, &r));
        g_assert_cmpuint (c, ==, column);
        g_assert_cmpuint (r, ==, row);
      }
}

static void
test_to_voxel_edges (void)
{
  BagSliceTransform place = { 10, 20, 2, 3 };
  guint c = 99, r = 99;

  g_assert_true (bag_slice_transform_to_voxel (&place, 4, 5, 10, 20, &c, &r));
  g_assert_cmpuint (c, ==, 0);
  g_assert_cmpuint (r, ==, 0);
  g_assert_true (bag_slice_transform_to_voxel (&place, 4, 5, 17.99, 34.99, &c, &r));
  g_assert_cmpuint (c, ==, 3);
  g_assert_cmpuint (r, ==, 4);
  g_assert_false (bag_slice_transform_to_voxel (&place, 4, 5, 9.99, 20, &c, &r));
  g_assert_false (bag_slice_transform_to_voxel (&place, 4, 5, 18, 20, &c, &r));
  g_assert_false (bag_slice_transform_to_voxel (&place, 4, 5, 10, 35, &c, &r));
  g_assert_false (bag_slice_transform_to_voxel (&place, 4, 5, NAN, 20, &c, &r));
  g_assert_cmpuint (c, ==, 3);
  g_assert_true (bag_slice_transform_to_voxel (&place, 4, 5, 10, 20, NULL, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slice-transform/fit", test_fit);
  g_test_add_func ("/slice-transform/fit-odd-numbers", test_fit_odd_numbers);
  g_test_add_func ("/slice-transform/zoom-keeps-the-point", test_zoom_keeps_the_point);
  g_test_add_func ("/slice-transform/zoom-limits", test_zoom_limits);
  g_test_add_func ("/slice-transform/to-voxel-round-trip", test_to_voxel_round_trip);
  g_test_add_func ("/slice-transform/to-voxel-edges", test_to_voxel_edges);

  return g_test_run ();
}
