/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-slice-painter.h"

#define COLUMNS 4u
#define ROWS 3u

static const BagPaintParameters plain = {
  .columns = COLUMNS, .rows = ROWS, .slope = 1, .window = { 128, 256 }
};

static BagPool *
make_pool (void)
{
  g_autoptr (GError) error = NULL;
  BagPool *pool = bag_pool_new (COLUMNS * ROWS * sizeof (guint16), 2, &error);

  g_assert_no_error (error);
  return pool;
}

/* A slice whose voxel values are their places times @step. */
static BagSlice *
make_slice (BagPool *pool,
            guint16 step)
{
  g_autoptr (GError) error = NULL;
  BagSlice *slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, COLUMNS * ROWS * sizeof (guint16), &error);
  guint16 *stored;

  g_assert_no_error (error);
  stored = bag_slice_get_data (slice);
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    stored[i] = (guint16) (i * step);
  bag_slice_set_ready (slice);

  return slice;
}

static cairo_surface_t *
make_screen (int width,
             int height)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);

  return surface;
}

static guint32
get_pixel (cairo_surface_t *surface,
           guint x,
           guint y)
{
  const guint8 *data;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface) + (gsize) y * (gsize) cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) data)[x] & 0xffffff;
}

static void
paint (BagSlicePainter *painter,
       cairo_surface_t *screen,
       BagSliceTransform transform)
{
  cairo_t *cr = cairo_create (screen);

  bag_slice_painter_paint (painter, cr, &transform);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
}

static guint32
get_grey (guint value)
{
  return bag_window_level_map (&plain.window, value) * 0x010101u;
}

/* One pixel a voxel: the definition, and nothing beside the picture. */
static void
test_one_to_one (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) slice = make_slice (pool, 20);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  cairo_surface_t *screen = make_screen (10, 10);

  g_assert_true (bag_slice_painter_update (painter, slice, &plain));
  paint (painter, screen, (BagSliceTransform){ 2, 3, 1, 1 });

  for (guint y = 0; y < 10; y++)
    for (guint x = 0; x < 10; x++)
      {
        gboolean inside = x >= 2 && x < 2 + COLUMNS && y >= 3 && y < 3 + ROWS;

        g_assert_cmphex (get_pixel (screen, x, y), ==, inside ? get_grey (((y - 3) * COLUMNS + x - 2) * 20) : 0xff0000);
      }

  cairo_surface_destroy (screen);
}

/* Large voxels are squares, up to their edges, also with unequal sides. */
static void
test_enlarged (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) slice = make_slice (pool, 20);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  cairo_surface_t *screen = make_screen (60, 60);

  bag_slice_painter_update (painter, slice, &plain);
  paint (painter, screen, (BagSliceTransform){ 1, 2, 5, 10 });

  for (guint y = 0; y < 10 * ROWS; y++)
    for (guint x = 0; x < 5 * COLUMNS; x++)
      g_assert_cmphex (get_pixel (screen, x + 1, y + 2), ==, get_grey ((y / 10 * COLUMNS + x / 5) * 20));

  g_assert_cmphex (get_pixel (screen, 0, 2), ==, 0xff0000);
  g_assert_cmphex (get_pixel (screen, 1 + 5 * COLUMNS, 2), ==, 0xff0000);
  g_assert_cmphex (get_pixel (screen, 1, 2 + 10 * ROWS), ==, 0xff0000);
  cairo_surface_destroy (screen);
}

/* The scale of the device decides what a large voxel is. */
static void
test_device_scale (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) slice = make_slice (pool, 20);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  cairo_surface_t *smooth = make_screen (8, 8), *square = make_screen (8, 8), *scaled = make_screen (8, 8);

  bag_slice_painter_update (painter, slice, &plain);
  paint (painter, smooth, (BagSliceTransform){ 0, 0, 1.5, 1.5 });

  bag_slice_painter_set_device_scale (painter, 2);
  paint (painter, square, (BagSliceTransform){ 0, 0, 1.5, 1.5 });
  bag_slice_painter_set_device_scale (painter, 1);

  cairo_surface_set_device_scale (scaled, 2, 2);
  paint (painter, scaled, (BagSliceTransform){ 0, 0, 1, 1 });

  g_assert_cmphex (get_pixel (smooth, 1, 0), !=, get_grey (20));
  g_assert_cmphex (get_pixel (square, 2, 0), ==, get_grey (20));
  g_assert_cmphex (get_pixel (scaled, 2, 0), ==, get_grey (20));
  g_assert_cmphex (get_pixel (scaled, 3, 0), ==, get_grey (20));
  g_assert_cmphex (get_pixel (scaled, 4, 0), ==, get_grey (40));

  cairo_surface_destroy (smooth);
  cairo_surface_destroy (square);
  cairo_surface_destroy (scaled);
}

/* A shrunk picture covers its place to the edge and takes no colour from beside it. */
static void
test_shrunk (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) slice = make_slice (pool, 0);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  BagPaintParameters white = plain;
  cairo_surface_t *screen = make_screen (8, 8);

  white.inverted = TRUE;
  bag_slice_painter_update (painter, slice, &white);
  paint (painter, screen, (BagSliceTransform){ 1.2, 1.2, 0.7, 0.7 });

  for (guint y = 0; y < 8; y++)
    for (guint x = 0; x < 8; x++)
      g_assert_cmphex (get_pixel (screen, x, y), ==, x >= 1 && x < 4 && y >= 1 && y < 3 ? 0xffffff : 0xff0000);

  cairo_surface_destroy (screen);
}

static void
test_updates_only_on_change (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) a = make_slice (pool, 20);
  g_autoptr (BagSlice) b = make_slice (pool, 10);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  BagPaintParameters other = plain;

  g_assert_true (bag_slice_painter_is_empty (painter));
  g_assert_true (bag_slice_painter_update (painter, a, &plain));
  g_assert_false (bag_slice_painter_update (painter, a, &plain));
  g_assert_cmpuint (bag_slice_painter_get_n_updates (painter), ==, 1);

  other.window.center = 100;
  g_assert_true (bag_slice_painter_update (painter, a, &other));
  other.inverted = TRUE;
  g_assert_true (bag_slice_painter_update (painter, a, &other));
  g_assert_true (bag_slice_painter_update (painter, b, &other));
  g_assert_cmpuint (bag_slice_painter_get_n_updates (painter), ==, 4);

  bag_slice_painter_clear (painter);
  g_assert_true (bag_slice_painter_is_empty (painter));
  g_assert_true (bag_slice_painter_update (painter, b, &other));
}

static guint
get_n_in_use (BagPool *pool)
{
  BagPoolStats stats;

  bag_pool_get_stats (pool, &stats);
  return stats.in_use;
}

/* It holds the slice that it shows, and no other. */
static void
test_lets_go (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  BagSlice *a = make_slice (pool, 20);
  BagSlice *b = make_slice (pool, 10);

  bag_slice_painter_update (painter, a, &plain);
  bag_slice_unref (a);
  g_assert_cmpuint (get_n_in_use (pool), ==, 2);
  bag_slice_painter_update (painter, b, &plain);
  g_assert_cmpuint (get_n_in_use (pool), ==, 1);
  bag_slice_unref (b);
  g_assert_cmpuint (get_n_in_use (pool), ==, 1);
  bag_slice_painter_clear (painter);
  g_assert_cmpuint (get_n_in_use (pool), ==, 0);
}

/* What was painted into a recording stays what it was. */
static void
test_recordings_keep_their_picture (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) a = make_slice (pool, 20);
  g_autoptr (BagSlice) b = make_slice (pool, 0);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  const cairo_rectangle_t extents = { 0, 0, 4, 3 };
  cairo_surface_t *recording = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_surface_t *screen = make_screen (4, 3);
  cairo_t *cr;

  bag_slice_painter_update (painter, a, &plain);
  paint (painter, recording, (BagSliceTransform){ 0, 0, 1, 1 });
  bag_slice_painter_update (painter, b, &plain);

  cr = cairo_create (screen);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  g_assert_cmphex (get_pixel (screen, 3, 2), ==, get_grey (11 * 20));

  cairo_surface_destroy (recording);
  cairo_surface_destroy (screen);
}

static void
test_refuses_a_slice_too_small (void)
{
  g_autoptr (BagPool) pool = make_pool ();
  g_autoptr (BagSlice) slice = make_slice (pool, 20);
  g_autoptr (BagSlicePainter) painter = bag_slice_painter_new ();
  BagPaintParameters larger = plain;
  cairo_surface_t *screen = make_screen (2, 2);

  bag_slice_painter_update (painter, slice, &plain);
  larger.rows = 1000;
  bag_slice_painter_update (painter, slice, &larger);
  g_assert_true (bag_slice_painter_is_empty (painter));
  paint (painter, screen, (BagSliceTransform){ 0, 0, 1, 1 });
  g_assert_cmphex (get_pixel (screen, 0, 0), ==, 0xff0000);
  cairo_surface_destroy (screen);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slice-painter/one-to-one", test_one_to_one);
  g_test_add_func ("/slice-painter/enlarged", test_enlarged);
  g_test_add_func ("/slice-painter/device-scale", test_device_scale);
  g_test_add_func ("/slice-painter/shrunk", test_shrunk);
  g_test_add_func ("/slice-painter/updates-only-on-change", test_updates_only_on_change);
  g_test_add_func ("/slice-painter/lets-go", test_lets_go);
  g_test_add_func ("/slice-painter/recordings-keep-their-picture", test_recordings_keep_their_picture);
  g_test_add_func ("/slice-painter/refuses-a-slice-too-small", test_refuses_a_slice_too_small);

  return g_test_run ();
}
