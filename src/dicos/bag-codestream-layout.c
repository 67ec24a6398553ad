/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codestream-layout"

#include "config.h"

#include "dicos/bag-codestream-layout.h"

#include "description/bag-error.h"
#include "dicos/bag-codec-jpeg.h"
#include "dicos/bag-codestream.h"
#include "dicos/bag-fragments.h"

/* What the samples of a compressed scan are, when the file's header and the
 * compressed data disagree: PS3.5 section 8.2.1 has the data decide. The first
 * frame speaks for all; a later one that is unlike it does not decode. */

#define FIRST_READ 4096u
#define LAST_READ (1u << 20)

/* A frame that begins with more than a megabyte of comments is left to fail when it is decoded. */
static gboolean
read_first (BagByteReader *reader, const BagFrame *frame, BagCodestream *codestream)
{
  for (gsize size = FIRST_READ; size <= LAST_READ; size *= 16)
    {
      g_autofree guint8 *data = g_malloc (size);
      BagCodestreamState state = BAG_CODESTREAM_BAD;
      gsize joined = 0;

      if (!bag_fragments_join (reader, frame->offset, frame->length, data, size, &joined, NULL))
        return FALSE;
      state = bag_codestream_read (codestream, data, joined);
      if (state != BAG_CODESTREAM_CUT || joined < size)
        return state == BAG_CODESTREAM_GOOD;
    }

  return FALSE;
}

static gboolean
check_kind (const BagCodestream *codestream, GError **error)
{
  if (codestream->components != 1)
    g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "The compressed slices have %u samples a pixel: only grayscale is read", codestream->components);
  else if (codestream->precision > 16)
    g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, "The compressed slices have samples of %u bits: up to 16 are read", codestream->precision);
  else if (codestream->codec == BAG_FRAME_CODEC_JPEG && codestream->precision == 12 && !bag_codec_jpeg_reads_12_bits ())
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_SYNTAX, "The slices are lossy JPEG of 12 bits, which this build does not read: it needs libjpeg-turbo 3");
  else
    return TRUE;

  return FALSE;
}

static gboolean
settle_size (const BagCodestream *codestream, const BagLimits *limits, BagDescription *description, GError **error)
{
  BagPixelLayout *layout = &description->layout;

  if (codestream->rows == layout->rows && codestream->columns == layout->columns)
    return TRUE;
  if (MAX (codestream->rows, codestream->columns) > limits->values[BAG_LIMIT_ROWS_COLUMNS])
    {
      bag_limits_set_error (error, limits, BAG_LIMIT_ROWS_COLUMNS, "The compressed slices have %u rows and %u columns", codestream->rows, codestream->columns);
      return FALSE;
    }

  bag_description_add_warning (description, "codestream-differs", "The compressed slices have %u rows and %u columns, the header says %u and %u: the slices are shown as they are", codestream->rows, codestream->columns, layout->rows, layout->columns);
  layout->rows = (guint16) codestream->rows;
  layout->columns = (guint16) codestream->columns;

  return TRUE;
}

static const char *
name_sign (gboolean is_signed)
{
  return is_signed ? "with a sign" : "without a sign";
}

static void
settle_bits (const BagCodestream *codestream, BagDescription *description)
{
  BagPixelLayout *layout = &description->layout;
  gboolean is_signed = codestream->has_sign ? codestream->is_signed : layout->is_signed;

  if (bag_codestream_is_whole_cells (codestream, layout))
    return;
  if (codestream->precision == layout->bits_stored && layout->high_bit + 1u == layout->bits_stored && !is_signed == !layout->is_signed)
    return;

  bag_description_add_warning (description, "codestream-differs", "The compressed slices have values of %u bits %s, the header says %u bits %s: the slices are shown as they are", codestream->precision, name_sign (is_signed), layout->bits_stored, name_sign (layout->is_signed));
  layout->bits_allocated = codestream->precision > 8 ? 16 : layout->bits_allocated;
  layout->bits_stored = (guint8) codestream->precision;
  layout->high_bit = (guint8) (codestream->precision - 1);
  layout->is_signed = is_signed;
}

static void
settle_codec (const BagCodestream *codestream, BagDescription *description)
{
  if (codestream->codec == description->codec)
    return;

  bag_description_add_warning (description, "codestream-differs", "The compressed slices are %s, the transfer syntax of the header (%s) is another: they are read as what they are", bag_codestream_get_name (codestream), description->transfer_syntax);
  description->codec = codestream->codec;
}

/**
 * bag_codestream_layout_settle:
 * @reader: the file
 * @description: has its transfer syntax, its layout and its frames; gets the layout and codec of
 *   the compressed data, and a warning for each thing that the header says otherwise
 * @error: %BAG_ERROR_UNSUPPORTED_IMAGE, %BAG_ERROR_UNSUPPORTED_SYNTAX, %BAG_ERROR_LIMIT or
 *   %BAG_ERROR_MALFORMED
 *
 * Reads the frame header of the first frame only. Where that cannot be read, the file's header
 * stands. RLE has no header to disagree with.
 *
 * Returns: whether frames of that kind can be shown
 */
gboolean
bag_codestream_layout_settle (BagByteReader *reader, BagDescription *description, GError **error)
{
  const BagFrame *frame = &g_array_index (description->frames, BagFrame, 0);
  BagCodestream codestream;

  g_return_val_if_fail (reader != NULL && description->frames->len > 0, FALSE);

  if (description->codec == BAG_FRAME_CODEC_RLE || (frame->flags & BAG_FRAME_MISSING) != 0 || !read_first (reader, frame, &codestream))
    return TRUE;
  if (!check_kind (&codestream, error) || !settle_size (&codestream, bag_byte_reader_get_limits (reader), description, error))
    return FALSE;
  settle_codec (&codestream, description);
  settle_bits (&codestream, description);

  return bag_pixel_layout_check (&description->layout, error);
}
