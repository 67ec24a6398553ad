/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-thumbnail.h"

#include <math.h>

/* A small picture of a slice: each pixel is the mean of the grey levels that it stands
 * for, so that thin metal does not come and go with the size. */

typedef struct
{
  const guint16 *stored;
  const BagPaintParameters *parameters;
  BagToneMap *map;
  guint width, height;
  guint32 *row;  /* one row of the slice, as pixels */
  guint64 *sums; /* of one row of the picture */
} Drawing;

/**
 * bag_thumbnail_get_size:
 * @columns: of the slice
 * @rows: of the slice
 * @aspect: height of a voxel by its width
 * @most: pixels along the longer side
 * @width: (out): of the picture, at least 1
 * @height: (out): of the picture, at least 1
 */
void
bag_thumbnail_get_size (guint columns, guint rows, double aspect, guint most, guint *width, guint *height)
{
  BagSliceTransform transform = bag_slice_transform_fit (columns, rows, aspect, most, most);

  *width = (guint) CLAMP (rint (columns * transform.scale_x), 1, most);
  *height = (guint) CLAMP (rint (rows * transform.scale_y), 1, most);
}

/* The first of the samples that a pixel stands for. */
static guint
get_first (guint pixel, guint n_pixels, guint n_samples)
{
  return (guint) ((guint64) pixel * n_samples / n_pixels);
}

/* One behind the last: at least one sample where there are more pixels than samples. */
static guint
get_end (guint pixel, guint n_pixels, guint n_samples)
{
  return MAX (get_first (pixel + 1, n_pixels, n_samples), get_first (pixel, n_pixels, n_samples) + 1);
}

static void
add_row (Drawing *self, guint row)
{
  guint columns = self->parameters->columns;

  bag_tone_map_apply (self->map, self->stored + (gsize) row * columns, columns, 1, self->row, (gsize) columns * sizeof *self->row);
  for (guint x = 0; x < self->width; x++)
    for (guint column = get_first (x, self->width, columns); column < get_end (x, self->width, columns); column++)
      self->sums[x] += self->row[column] & 0xff;
}

static void
draw_row (Drawing *self, guint y, guint32 *pixels)
{
  guint first = get_first (y, self->height, self->parameters->rows);
  guint end = get_end (y, self->height, self->parameters->rows);

  for (guint x = 0; x < self->width; x++)
    self->sums[x] = 0;
  for (guint row = first; row < end; row++)
    add_row (self, row);
  for (guint x = 0; x < self->width; x++)
    {
      guint n = (end - first) * (get_end (x, self->width, self->parameters->columns) - get_first (x, self->width, self->parameters->columns));
      guint32 grey = (guint32) ((self->sums[x] + n / 2) / n);

      pixels[x] = 0xff000000u | grey << 16 | grey << 8 | grey;
    }
}

static BagThumbnail *
wrap (guint32 *pixels, guint width, guint height)
{
  BagThumbnail *thumbnail = g_new (BagThumbnail, 1);

  thumbnail->width = width;
  thumbnail->height = height;
  thumbnail->pixels = g_bytes_new_take (pixels, (gsize) width * height * sizeof *pixels);

  return thumbnail;
}

/**
 * bag_thumbnail_new:
 * @stored: rows * columns stored values
 * @parameters: what they mean, and their window
 * @width: of the picture
 * @height: of the picture
 *
 * Any thread.
 *
 * Returns: (transfer full): the picture, or %NULL without memory for it
 */
BagThumbnail *
bag_thumbnail_new (const guint16 *stored, const BagPaintParameters *parameters, guint width, guint height)
{
  g_autoptr (BagToneMap) map = bag_tone_map_new ();
  g_autofree guint32 *row = g_try_new (guint32, parameters->columns);
  g_autofree guint64 *sums = g_try_new (guint64, width);
  g_autofree guint32 *pixels = g_try_new (guint32, (gsize) width * height);
  Drawing self = { stored, parameters, map, width, height, row, sums };

  if (row == NULL || sums == NULL || pixels == NULL)
    return NULL;

  bag_tone_map_prepare (map, &parameters->window, parameters->slope, parameters->intercept, parameters->is_signed, parameters->inverted);
  for (guint y = 0; y < height; y++)
    draw_row (&self, y, pixels + (gsize) y * width);

  return wrap (g_steal_pointer (&pixels), width, height);
}

/**
 * bag_thumbnail_free:
 * @self: (transfer full): a picture
 */
void
bag_thumbnail_free (BagThumbnail *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->pixels, g_bytes_unref);
  g_free (self);
}
