/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/bag-thumbnail.h"

static void
test_size (void)
{
  static const struct
  {
    guint columns, rows;
    double aspect;
    guint width, height;
  } cases[] = {
    { 512, 512, 1, 96, 96 },
    { 512, 256, 1, 96, 48 },
    { 256, 512, 1, 48, 96 },
    { 256, 128, 2, 96, 96 },
    { 10, 10, 1, 96, 96 },
    { 16384, 1, 1, 96, 1 },
    { 1, 16384, 100, 1, 96 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint width = 0, height = 0;

      bag_thumbnail_get_size (cases[i].columns, cases[i].rows, cases[i].aspect, 96, &width, &height);
      g_assert_cmpuint (width, ==, cases[i].width);
      g_assert_cmpuint (height, ==, cases[i].height);
    }
}

static guint32
get_pixel (const BagThumbnail *thumbnail, guint x, guint y)
{
  gsize size = 0;
  const guint32 *pixels = g_bytes_get_data (thumbnail->pixels, &size);

  g_assert_cmpuint (size, ==, (gsize) thumbnail->width * thumbnail->height * sizeof *pixels);

  return pixels[(gsize) y * thumbnail->width + x];
}

/* Grey levels 0 to 255 for stored values 0 to 255. */
static BagPaintParameters
make_parameters (guint columns, guint rows)
{
  return (BagPaintParameters){ .columns = columns, .rows = rows, .slope = 1, .window = { 128, 256, BAG_VOI_FUNCTION_LINEAR } };
}

/* Each pixel is the mean of four samples, and grey. */
static void
test_mean (void)
{
  const guint16 stored[] = { 0, 40, 80, 80, 20, 60, 80, 80, 255, 255, 0, 0, 255, 255, 0, 1 };
  BagPaintParameters parameters = make_parameters (4, 4);
  BagThumbnail *thumbnail = bag_thumbnail_new (stored, &parameters, 2, 2);

  g_assert_cmphex (get_pixel (thumbnail, 0, 0), ==, 0xff1e1e1e);
  g_assert_cmphex (get_pixel (thumbnail, 1, 0), ==, 0xff505050);
  g_assert_cmphex (get_pixel (thumbnail, 0, 1), ==, 0xffffffff);
  g_assert_cmphex (get_pixel (thumbnail, 1, 1), ==, 0xff000000);
  bag_thumbnail_free (thumbnail);
}

/* More pixels than samples: each sample is seen, at its place. */
static void
test_enlarged (void)
{
  const guint16 stored[] = { 10, 20, 30 };
  BagPaintParameters parameters = make_parameters (3, 1);
  BagThumbnail *thumbnail = bag_thumbnail_new (stored, &parameters, 9, 2);

  for (guint x = 0; x < 9; x++)
    for (guint y = 0; y < 2; y++)
      g_assert_cmphex (get_pixel (thumbnail, x, y) & 0xff, ==, 10 * (x / 3 + 1));
  bag_thumbnail_free (thumbnail);
}

/* Sizes that do not divide: no sample outside of the slice is touched. */
static void
test_uneven (void)
{
  for (guint columns = 1; columns < 40; columns += 3)
    for (guint rows = 1; rows < 40; rows += 4)
      {
        g_autofree guint16 *stored = g_new (guint16, columns * rows);
        BagPaintParameters parameters = make_parameters (columns, rows);
        BagThumbnail *thumbnail = NULL;

        for (guint i = 0; i < columns * rows; i++)
          stored[i] = 77;
        thumbnail = bag_thumbnail_new (stored, &parameters, 13, 17);
        for (guint x = 0; x < 13; x++)
          for (guint y = 0; y < 17; y++)
            g_assert_cmphex (get_pixel (thumbnail, x, y), ==, 0xff4d4d4d);
        bag_thumbnail_free (thumbnail);
      }
}

static void
test_inverted (void)
{
  const guint16 stored[] = { 0, 255 };
  BagPaintParameters parameters = make_parameters (2, 1);
  BagThumbnail *thumbnail = NULL;

  parameters.inverted = TRUE;
  thumbnail = bag_thumbnail_new (stored, &parameters, 2, 1);
  g_assert_cmphex (get_pixel (thumbnail, 0, 0), ==, 0xffffffff);
  g_assert_cmphex (get_pixel (thumbnail, 1, 0), ==, 0xff000000);
  bag_thumbnail_free (thumbnail);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/thumbnail/size", test_size);
  g_test_add_func ("/thumbnail/mean", test_mean);
  g_test_add_func ("/thumbnail/enlarged", test_enlarged);
  g_test_add_func ("/thumbnail/uneven", test_uneven);
  g_test_add_func ("/thumbnail/inverted", test_inverted);

  return g_test_run ();
}
