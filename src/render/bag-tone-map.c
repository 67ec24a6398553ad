/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-tone-map.h"

#define N_STORED 65536u

/*
 * Stored values to pixels through a table with an entry for each of the 65,536
 * stored values. The table is filled by the definition itself, so the two cannot
 * differ: a float or fixed-point formula is as fast, but rounds a few values
 * another way. A table of whole pixels takes 256 KiB and is nearly twice as
 * fast to apply as one of grey levels.
 */
struct _BagToneMap
{
  BagWindowLevel window;
  double slope, intercept;
  gboolean is_signed, inverted;
  gboolean is_prepared;
  guint32 table[N_STORED];
};

static gboolean
bag_tone_map_is_same (const BagToneMap *self,
                      const BagWindowLevel *window,
                      double slope,
                      double intercept,
                      gboolean is_signed,
                      gboolean inverted)
{
  return self->is_prepared && bag_window_level_equal (&self->window, window) && self->slope == slope && self->intercept == intercept && self->is_signed == is_signed && self->inverted == inverted;
}

static void
bag_tone_map_fill (BagToneMap *self)
{
  guint8 flip = self->inverted ? 255 : 0;

  for (guint pattern = 0; pattern < N_STORED; pattern++)
    {
      double stored = self->is_signed ? (double) (gint16) pattern : (double) pattern;
      guint32 grey = bag_window_level_map (&self->window, self->slope * stored + self->intercept) ^ flip;

      self->table[pattern] = grey << 16 | grey << 8 | grey;
    }
}

/**
 * bag_tone_map_new:
 *
 * Returns: (transfer full): a map that has to be prepared before it is applied
 */
BagToneMap *
bag_tone_map_new (void)
{
  return g_new0 (BagToneMap, 1);
}

void
bag_tone_map_free (BagToneMap *self)
{
  g_free (self);
}

/**
 * bag_tone_map_prepare:
 * @is_signed: stored values are two's complement
 * @inverted: turn black and white round
 *
 * Fills the table if any argument differs from those of the last call.
 *
 * Returns: whether it had to be filled
 */
gboolean
bag_tone_map_prepare (BagToneMap *self,
                      const BagWindowLevel *window,
                      double slope,
                      double intercept,
                      gboolean is_signed,
                      gboolean inverted)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (window != NULL, FALSE);

  is_signed = !!is_signed;
  inverted = !!inverted;
  if (bag_tone_map_is_same (self, window, slope, intercept, is_signed, inverted))
    return FALSE;

  self->window = *window;
  self->slope = slope;
  self->intercept = intercept;
  self->is_signed = is_signed;
  self->inverted = inverted;
  self->is_prepared = TRUE;
  bag_tone_map_fill (self);

  return TRUE;
}

/**
 * bag_tone_map_apply:
 * @self: a prepared map
 * @stored: rows * columns stored values, row after row without gaps
 * @pixels: place for rows rows of pixels
 * @pixel_stride: pixels (not bytes) from one row of @pixels to the next, at least columns
 *
 * Writes one pixel a voxel; what lies between the rows of @pixels stays untouched.
 */
void
bag_tone_map_apply (const BagToneMap *self,
                    const guint16 *stored,
                    guint columns,
                    guint rows,
                    guint32 *pixels,
                    gsize pixel_stride)
{
  g_return_if_fail (self != NULL && self->is_prepared);
  g_return_if_fail (pixel_stride >= columns);

  for (guint row = 0; row < rows; row++)
    {
      const guint16 *from = stored + (gsize) row * columns;
      guint32 *to = pixels + (gsize) row * pixel_stride;

      for (guint column = 0; column < columns; column++)
        to[column] = self->table[from[column]];
    }
}
