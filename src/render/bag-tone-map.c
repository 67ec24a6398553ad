/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-tone-map.h"

#include <string.h>

#define N_STORED 65536u

/*
 * Stored values to pixels through a table with an entry for each of the 65,536
 * stored values. The table is filled by the definition itself, so the two cannot
 * differ: a float or fixed-point formula is as fast, but rounds a few values
 * another way. A table of whole pixels takes 256 KiB and is nearly twice as
 * fast to apply as one of grey levels.
 *
 * Where the processor works out several pixels at once, that is faster still than looking
 * them up. A linear window is worked out in single precision then, if that gives every one of the
 * 65,536 pixels of the table; moving the line by a little, less than any two
 * values of a window are apart in practice, is tried for those that rounding spoils.
 */
struct _BagToneMap
{
  BagWindowLevel window;
  double slope, intercept;
  gboolean is_signed, inverted;
  gboolean is_prepared;
  BagTonePath best_path; /* that may be used */
  BagTonePath path;      /* that is used */
  BagToneLine line;      /* unless that is the table */
  guint32 table[N_STORED];
};

#define TRIED_AT_ONCE 256u
#define NUDGE (1.0f / 65536)

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

static gboolean
is_line_right (const BagToneMap *self, const BagToneLine *line, BagTonePath path)
{
  guint16 stored[TRIED_AT_ONCE];
  guint32 pixels[TRIED_AT_ONCE];

  for (guint first = 0; first < N_STORED; first += TRIED_AT_ONCE)
    {
      for (guint i = 0; i < TRIED_AT_ONCE; i++)
        stored[i] = (guint16) (first + i);
      bag_tone_line_apply (line, path, stored, TRIED_AT_ONCE, pixels);
      if (memcmp (pixels, self->table + first, sizeof pixels) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
bag_tone_map_find_line (BagToneMap *self)
{
  static const float nudges[] = { 0, NUDGE, -NUDGE, NUDGE / 8, -NUDGE / 8 };
  BagToneLine line;

  self->path = BAG_TONE_PATH_TABLE;
  if (self->best_path == BAG_TONE_PATH_TABLE || !bag_tone_line_init (&line, &self->window, self->slope, self->intercept, self->is_signed, self->inverted))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (nudges); i++)
    {
      self->line = line;
      self->line.offset += nudges[i];
      if (is_line_right (self, &self->line, self->best_path))
        {
          self->path = self->best_path;
          return;
        }
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
  BagToneMap *self = g_new0 (BagToneMap, 1);

  self->best_path = bag_tone_path_is_there (BAG_TONE_PATH_AVX2) ? BAG_TONE_PATH_AVX2 : BAG_TONE_PATH_PLAIN;

  return self;
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
  bag_tone_map_find_line (self);

  return TRUE;
}

static void
look_up (const BagToneMap *self, const guint16 *stored, guint n, guint32 *pixels)
{
  for (guint i = 0; i < n; i++)
    pixels[i] = self->table[stored[i]];
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

      if (self->path == BAG_TONE_PATH_TABLE)
        look_up (self, from, columns, to);
      else
        bag_tone_line_apply (&self->line, self->path, from, columns, to);
    }
}

/**
 * bag_tone_map_get_path:
 *
 * Returns: how a prepared map makes its pixels
 */
BagTonePath
bag_tone_map_get_path (const BagToneMap *self)
{
  g_return_val_if_fail (self != NULL, BAG_TONE_PATH_TABLE);

  return self->path;
}

/**
 * bag_tone_map_set_best_path:
 * @best: a path that is there
 *
 * For tests and measurements. The map has to be prepared anew.
 */
void
bag_tone_map_set_best_path (BagToneMap *self, BagTonePath best)
{
  g_return_if_fail (self != NULL && bag_tone_path_is_there (best));

  self->best_path = best;
  self->is_prepared = FALSE;
}
