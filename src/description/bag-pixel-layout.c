/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pixel-layout"

#include "config.h"

#include "description/bag-description.h"

#include "description/bag-error.h"

/* How samples lie in memory: the arithmetic, and the only definition of which
 * layouts this program takes. */

static gboolean
check_extent (const char *what, guint value, guint limit, GError **error)
{
  if (value == 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The image has no %s", what);
      return FALSE;
    }
  if (value > limit)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The image has %u %s, more than the limit of %u", value, what, limit);
      return FALSE;
    }

  return TRUE;
}

/**
 * bag_pixel_layout_get_frame_bytes:
 * @self: a layout
 *
 * Returns: bytes of one frame of uncompressed samples: of a checked layout at
 *   most 2 GiB
 */
gsize
bag_pixel_layout_get_frame_bytes (const BagPixelLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (gsize) self->rows * self->columns * (self->bits_allocated / 8u);
}

/**
 * bag_pixel_layout_is_wide:
 * @self: a layout
 *
 * Returns: whether samples have 32 or 64 bits: these have no stored value of 16
 *   bits, and are mapped to one for display
 */
gboolean
bag_pixel_layout_is_wide (const BagPixelLayout *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->bits_allocated > 16;
}

/**
 * bag_pixel_layout_get_name:
 * @self: a layout of wide samples
 *
 * Returns: (transfer none): what the samples are, for a sentence
 */
const char *
bag_pixel_layout_get_name (const BagPixelLayout *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->is_float)
    return self->bits_allocated == 32 ? "32-bit floating-point numbers" : "64-bit floating-point numbers";

  return self->bits_allocated == 32 ? "32-bit integers" : "64-bit integers";
}

static gboolean
check_bits (const BagPixelLayout *self, GError **error)
{
  guint allocated = self->bits_allocated;
  gboolean is_whole = self->bits_stored == allocated && self->high_bit + 1u == allocated;

  if (allocated != 8 && allocated != 16 && allocated != 32 && allocated != 64)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "Samples of %u bits are not read, only 8, 16, 32 and 64", allocated);
      return FALSE;
    }
  if (self->bits_stored == 0 || self->bits_stored > allocated || self->high_bit + 1u < self->bits_stored || self->high_bit >= allocated || (self->is_float && (allocated < 32 || !is_whole)))
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The bit counts contradict each other: %u allocated, %u stored, high bit %u", allocated, self->bits_stored, self->high_bit);
      return FALSE;
    }

  return TRUE;
}

/**
 * bag_pixel_layout_check:
 * @self: a layout as a file gives it
 * @error: %BAG_ERROR_MALFORMED, %BAG_ERROR_LIMIT or %BAG_ERROR_UNSUPPORTED_IMAGE
 *
 * Checks extents and the three bit counts (PS3.3 C.7.6.3.1, PS3.5 section 8.1.1).
 *
 * Returns: whether frames of this layout can be read
 */
gboolean
bag_pixel_layout_check (const BagPixelLayout *self, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_extent ("rows", self->rows, BAG_MAX_ROWS, error) || !check_extent ("columns", self->columns, BAG_MAX_COLUMNS, error))
    return FALSE;
  if ((guint) self->rows * self->columns > BAG_MAX_PIXELS)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "The image has %u rows of %u pixels, more than the limit of %u pixels", self->rows, self->columns, BAG_MAX_PIXELS);
      return FALSE;
    }

  if (!check_bits (self, error))
    return FALSE;
  if (self->bits_allocated == 8 && self->is_big_endian && self->rows % 2 != 0 && self->columns % 2 != 0)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "Samples of 8 bits in big-endian words are not read when a slice has an odd number of them");
      return FALSE;
    }

  return TRUE;
}

static gboolean
is_length (double mm)
{
  return mm >= BAG_MIN_SPACING_MM && mm <= BAG_MAX_SPACING_MM;
}

/**
 * bag_pixel_spacing_check:
 * @spacing: between rows, between columns, in mm, as a file gives it
 *
 * Returns: whether pictures can be drawn and lengths measured with it
 */
gboolean
bag_pixel_spacing_check (const double spacing[2])
{
  g_return_val_if_fail (spacing != NULL, FALSE);

  return is_length (spacing[0]) && is_length (spacing[1]) && spacing[0] <= spacing[1] * BAG_MAX_ASPECT && spacing[1] <= spacing[0] * BAG_MAX_ASPECT;
}
