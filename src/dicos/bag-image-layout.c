/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-image-layout"

#include "config.h"

#include "dicos/bag-image-layout.h"

#include "description/bag-error.h"

#include <string.h>

/* What the samples are, by the element that they stand in and by the bit counts
 * of the header. */

/* FloatPixelData and DoubleFloatPixelData: PS3.3 C.7.6.24 and C.7.6.25; they have no
 * bit counts but BitsAllocated. The others are of DICOS: its (7FE0,0012) has the VR of
 * doubles and holds integers, for its floating-point numbers have one size, 32 bits. */
static const struct
{
  guint32 tag;
  guint8 bits;
  gboolean is_float;
} wide_elements[] = {
  { 0x7fe00008u, 32, TRUE },
  { 0x7fe00009u, 64, TRUE },
  { 0x7fe00011u, 32, FALSE },
  { 0x7fe00012u, 64, FALSE },
  { 0x7fe00013u, 32, TRUE },
};

static guint
find_wide_element (guint32 tag)
{
  for (guint i = 0; i < G_N_ELEMENTS (wide_elements); i++)
    if (wide_elements[i].tag == tag)
      return i;

  return G_N_ELEMENTS (wide_elements);
}

static gboolean
check_range (guint rows, guint columns, const BagLimits *limits, GError **error)
{
  if (MAX (rows, columns) <= limits->values[BAG_LIMIT_ROWS_COLUMNS])
    return TRUE;

  bag_limits_set_error (error, limits, BAG_LIMIT_ROWS_COLUMNS, "The image has %u rows and %u columns", rows, columns);
  return FALSE;
}

/* Of an element of its own the size is known; a header that says another one is of no use. */
static gboolean
settle_element (const BagImageHeader *header, guint *allocated, gboolean *is_float, GError **error)
{
  guint32 tag = header->pixel_data.tag;
  guint i = find_wide_element (tag);

  *is_float = FALSE;
  if (i == G_N_ELEMENTS (wide_elements))
    return TRUE;

  *is_float = wide_elements[i].is_float;
  if (*allocated != 0 && *allocated != wide_elements[i].bits)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_MALFORMED, "The pixels are in the element for samples of %u bits (%04X,%04X), the header says %u", wide_elements[i].bits, tag >> 16, tag & 0xffff, *allocated);
      return FALSE;
    }
  *allocated = wide_elements[i].bits;

  return TRUE;
}

/* PS3.5 sections 8.1.1 and 7.3: in OW the words of 16 bits are turned, the other VRs have one
 * sample a unit. Samples of 8 bits in OB have no order. */
static void
set_byte_order (BagPixelLayout *layout, const BagTransferSyntax *syntax, const char *vr)
{
  layout->is_big_endian = syntax->is_big_endian && (layout->bits_allocated != 8 || strcmp (vr, "OB") != 0);
  layout->is_in_words = layout->is_big_endian && bag_pixel_layout_is_wide (layout) && strcmp (vr, "OW") == 0;
}

static gboolean
check_wide (const BagTransferSyntax *syntax, BagDescription *description, GError **error)
{
  const BagPixelLayout *layout = &description->layout;
  const char *name = bag_pixel_layout_get_name (layout);

  if (syntax->codec != BAG_FRAME_CODEC_NATIVE && syntax->codec != BAG_FRAME_CODEC_DEFLATED)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "The pixels are %s, compressed as %s, which is not read", name, syntax->name);
      return FALSE;
    }

  /* Of a deflated file no single value can be read without what stands before it. */
  bag_description_add_warning (description, "scaled-display", "The pixels are %s: the picture shows them in up to 65,536 steps, %s", name, syntax->codec == BAG_FRAME_CODEC_NATIVE ? "the value under the pointer is that of the file" : "and so does the value under the pointer");

  return TRUE;
}

/**
 * bag_image_layout_make:
 * @header: what the file says
 * @syntax: how it is written
 * @limits: say how many rows and columns are read
 * @description: gets its layout, and a warning for each thing that is odd about it
 * @error: %BAG_ERROR_LIMIT, %BAG_ERROR_MALFORMED or %BAG_ERROR_UNSUPPORTED_IMAGE
 *
 * Returns: whether such samples are read
 */
gboolean
bag_image_layout_make (const BagImageHeader *header, const BagTransferSyntax *syntax, const BagLimits *limits, BagDescription *description, GError **error)
{
  BagPixelLayout *layout = &description->layout;
  guint allocated = header->bits_allocated == G_MAXUINT ? 0 : header->bits_allocated;
  gboolean is_float = FALSE;
  guint stored, high_bit;

  if (!check_range (header->rows, header->columns, limits, error) || !settle_element (header, &allocated, &is_float, error))
    return FALSE;

  stored = is_float || header->bits_stored == G_MAXUINT ? allocated : header->bits_stored;
  high_bit = is_float || header->high_bit == G_MAXUINT ? stored - 1 : header->high_bit;

  /* A high bit that cannot be is a slip of the writer; the two counts still say enough. */
  if (stored > 0 && stored <= allocated && (high_bit + 1 < stored || high_bit >= allocated))
    {
      bag_description_add_warning (description, "high-bit", "High bit %u contradicts %u bits stored of %u: %u is used", high_bit, stored, allocated, stored - 1);
      high_bit = stored - 1;
    }

  layout->rows = (guint16) header->rows;
  layout->columns = (guint16) header->columns;
  layout->bits_allocated = (guint8) MIN (allocated, G_MAXUINT8);
  layout->bits_stored = (guint8) MIN (stored, G_MAXUINT8);
  layout->high_bit = (guint8) MIN (high_bit, G_MAXUINT8);
  layout->is_signed = is_float || header->representation == 1;
  layout->is_float = is_float;
  set_byte_order (layout, syntax, header->pixel_data.vr);
  if (!bag_pixel_layout_check (layout, error))
    return FALSE;

  return !bag_pixel_layout_is_wide (layout) || check_wide (syntax, description, error);
}
