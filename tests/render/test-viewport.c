/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-viewport.h"

#include <math.h>

static BagViewport
make_viewport (void)
{
  BagViewport viewport = { 0 };

  g_assert_true (bag_viewport_set_slice (&viewport, 200, 100, 2));
  g_assert_true (bag_viewport_set_size (&viewport, 801, 601, 1));

  return viewport;
}

static void
test_fits_at_first (void)
{
  BagViewport viewport = make_viewport ();
  BagSliceTransform transform;

  bag_viewport_get_transform (&viewport, &transform);
  g_assert_cmpfloat_with_epsilon (transform.scale_y, 2 * transform.scale_x, 1e-9);
  g_assert_cmpfloat_with_epsilon (transform.scale_x, 601.0 / 200, 1e-9);
  g_assert_cmpfloat (transform.x, ==, round (transform.x));
}

static void
test_says_what_changed (void)
{
  BagViewport viewport = make_viewport ();

  g_assert_false (bag_viewport_set_slice (&viewport, 200, 100, 2));
  g_assert_false (bag_viewport_set_size (&viewport, 801, 601, 1));
  g_assert_false (bag_viewport_set_zoom (&viewport, 0));
  g_assert_true (bag_viewport_set_zoom (&viewport, 8));
  g_assert_false (bag_viewport_set_zoom (&viewport, 8));
  g_assert_true (bag_viewport_pan_to (&viewport, 60, 50));
  g_assert_false (bag_viewport_pan_to (&viewport, 60, 50));
  g_assert_true (bag_viewport_set_slice (&viewport, 200, 101, 2));
  g_assert_cmpfloat (viewport.zoom, ==, 0);
}

static void
test_zoom_numbers (void)
{
  BagViewport viewport = make_viewport ();

  bag_viewport_set_zoom (&viewport, 1e9);
  g_assert_cmpfloat (viewport.zoom, ==, BAG_SLICE_MAX_SCALE);
  bag_viewport_set_zoom (&viewport, 1e-9);
  g_assert_cmpfloat (viewport.zoom, ==, BAG_SLICE_MIN_SCALE);
  bag_viewport_set_zoom (&viewport, NAN);
  g_assert_cmpfloat (viewport.zoom, ==, 0);
  bag_viewport_set_zoom (&viewport, -3);
  g_assert_cmpfloat (viewport.zoom, ==, 0);
}

static void
test_zoom_to_the_pointer (void)
{
  BagViewport viewport = make_viewport ();
  BagSliceTransform before, after;

  bag_viewport_get_transform (&viewport, &before);
  g_assert_true (bag_viewport_zoom_by (&viewport, 4, 300, 250));
  bag_viewport_get_transform (&viewport, &after);

  /* To a device pixel: the corner is on a whole one. */
  g_assert_cmpfloat_with_epsilon ((300 - after.x) / after.scale_x, (300 - before.x) / before.scale_x, 0.6 / after.scale_x);
  g_assert_cmpfloat_with_epsilon ((250 - after.y) / after.scale_y, (250 - before.y) / before.scale_y, 0.6 / after.scale_y);
  g_assert_cmpfloat_with_epsilon (after.scale_y, 2 * after.scale_x, 1e-9);
}

/* Near the edge of a picture that does not fill the view as well, and in small steps. */
static void
test_zoom_near_the_edge (void)
{
  BagViewport viewport = make_viewport ();
  BagSliceTransform before, after;

  bag_viewport_get_transform (&viewport, &before);
  for (guint i = 0; i < 6; i++)
    bag_viewport_zoom_by (&viewport, 1.15, before.x + 5, before.y + 5);
  bag_viewport_get_transform (&viewport, &after);
  g_assert_cmpfloat (after.scale_x, >, 2 * before.scale_x);
  g_assert_cmpfloat_with_epsilon ((before.x + 5 - after.x) / after.scale_x, 5 / before.scale_x, 3.0 / after.scale_x);
  g_assert_cmpfloat_with_epsilon ((before.y + 5 - after.y) / after.scale_y, 5 / before.scale_y, 3.0 / after.scale_y);
}

/* A picture that is fitted stands still; any other one keeps the middle of the view. */
static void
test_pan_keeps_the_picture_in_view (void)
{
  BagViewport viewport = make_viewport ();
  BagSliceTransform transform;

  g_assert_false (bag_viewport_pan_to (&viewport, 5, 5));
  bag_viewport_set_zoom (&viewport, 8);
  bag_viewport_pan_to (&viewport, -1000, 1000);
  bag_viewport_get_transform (&viewport, &transform);
  g_assert_cmpfloat_with_epsilon (transform.x, 801 / 2.0, 0.51);
  g_assert_cmpfloat_with_epsilon (transform.y + 100 * transform.scale_y, 601 / 2.0, 0.51);
  bag_viewport_pan_to (&viewport, NAN, 50);
  g_assert_cmpfloat (viewport.focus_column, ==, viewport.columns / 2.0);
}

static void
test_resize_keeps_the_middle (void)
{
  BagViewport viewport = make_viewport ();

  bag_viewport_set_zoom (&viewport, 20);
  bag_viewport_pan_to (&viewport, 70, 40);
  bag_viewport_set_size (&viewport, 500, 400, 2);
  g_assert_cmpfloat (viewport.focus_column, ==, 70);
  g_assert_cmpfloat (viewport.focus_row, ==, 40);
  g_assert_cmpfloat (viewport.zoom, ==, 20);
}

static void
test_corner_on_device_pixels (void)
{
  BagViewport viewport = make_viewport ();
  BagSliceTransform transform;

  bag_viewport_set_zoom (&viewport, 1);
  bag_viewport_get_transform (&viewport, &transform);
  g_assert_cmpfloat (transform.x, ==, round (transform.x));
  bag_viewport_set_size (&viewport, 801, 601, 2);
  bag_viewport_get_transform (&viewport, &transform);
  g_assert_cmpfloat (transform.x * 2, ==, round (transform.x * 2));
  g_assert_cmpfloat (transform.x, ==, 300.5);
}

static void
test_scale_bar (void)
{
  BagViewport viewport = make_viewport ();
  double mm, length;

  bag_viewport_set_zoom (&viewport, 2);
  length = bag_viewport_get_scale_bar (&viewport, 0.5, 120, &mm);
  g_assert_cmpfloat_with_epsilon (mm, 20, 1e-9);
  g_assert_cmpfloat_with_epsilon (length, 80, 1e-9);

  length = bag_viewport_get_scale_bar (&viewport, 1, 120, &mm);
  g_assert_cmpfloat_with_epsilon (mm, 50, 1e-9);
  g_assert_cmpfloat_with_epsilon (length, 100, 1e-9);

  g_assert_cmpfloat (bag_viewport_get_scale_bar (&viewport, 0, 120, &mm), ==, 0);
  g_assert_cmpfloat (bag_viewport_get_scale_bar (&viewport, NAN, 120, &mm), ==, 0);
  g_assert_cmpfloat (bag_viewport_get_scale_bar (&viewport, 1e-300, 120, &mm), ==, 0);
}

static void
test_empty (void)
{
  BagViewport viewport = { 0 };
  BagSliceTransform transform;
  double mm;

  bag_viewport_set_size (&viewport, 100, 100, 1);
  g_assert_false (bag_viewport_zoom_by (&viewport, 2, 10, 10));
  bag_viewport_get_transform (&viewport, &transform);
  g_assert_cmpfloat (transform.scale_x, ==, 1);
  g_assert_false (bag_slice_transform_to_voxel (&transform, 0, 0, 50, 50, NULL, NULL));
  g_assert_cmpfloat (bag_viewport_get_scale_bar (&viewport, 1, 120, &mm), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/viewport/fits-at-first", test_fits_at_first);
  g_test_add_func ("/viewport/says-what-changed", test_says_what_changed);
  g_test_add_func ("/viewport/zoom-numbers", test_zoom_numbers);
  g_test_add_func ("/viewport/zoom-to-the-pointer", test_zoom_to_the_pointer);
  g_test_add_func ("/viewport/zoom-near-the-edge", test_zoom_near_the_edge);
  g_test_add_func ("/viewport/pan-keeps-the-picture-in-view", test_pan_keeps_the_picture_in_view);
  g_test_add_func ("/viewport/resize-keeps-the-middle", test_resize_keeps_the_middle);
  g_test_add_func ("/viewport/corner-on-device-pixels", test_corner_on_device_pixels);
  g_test_add_func ("/viewport/scale-bar", test_scale_bar);
  g_test_add_func ("/viewport/empty", test_empty);

  return g_test_run ();
}
