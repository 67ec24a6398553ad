/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec"

#include "config.h"

#include "dicos/bag-codec.h"

#include "description/bag-error.h"
#include "dicos/bag-codec-jpeg-2000.h"
#include "dicos/bag-codec-jpeg-lossless.h"
#include "dicos/bag-codec-jpeg-ls.h"
#include "dicos/bag-codec-jpeg.h"
#include "dicos/bag-codec-rle.h"
#include "dicos/bag-codestream.h"
#include "dicos/bag-fragments.h"

/* Joins the fragments of one frame and hands them to its codec. */

struct _BagCodecScratch
{
  guint8 *data; /* the joined fragments */
  gsize capacity;
  BagJpegLossless *jpeg_lossless;
};

/**
 * bag_codec_scratch_new:
 *
 * Returns: (transfer full): empty buffers
 */
BagCodecScratch *
bag_codec_scratch_new (void)
{
  BagCodecScratch *self = g_new0 (BagCodecScratch, 1);

  self->jpeg_lossless = bag_jpeg_lossless_new ();

  return self;
}

/**
 * bag_codec_scratch_free:
 * @self: (transfer full) (nullable): buffers
 */
void
bag_codec_scratch_free (BagCodecScratch *self)
{
  if (self == NULL)
    return;

  bag_jpeg_lossless_free (self->jpeg_lossless);
  g_free (self->data);
  g_free (self);
}

/* The worst that a lossless codec does to noise is far below eight times. */
static gboolean
reserve (BagCodecScratch *self, guint64 length, gsize frame_bytes, GError **error)
{
  guint64 limit = (guint64) frame_bytes * 8 + 65536;

  if (length > limit)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has %" G_GUINT64_FORMAT " bytes, more than it can need", length);
      return FALSE;
    }
  if (length <= self->capacity)
    return TRUE;

  g_clear_pointer (&self->data, g_free);
  self->capacity = 0;
  self->data = g_try_malloc (length);
  if (self->data == NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory for a compressed slice of %" G_GUINT64_FORMAT " bytes", length);
      return FALSE;
    }
  self->capacity = length;

  return TRUE;
}

static gboolean
read_frame (BagCodecScratch *self, BagByteReader *reader, guint64 offset, guint64 length, gsize frame_bytes, gsize *joined, GError **error)
{
  if (!bag_byte_reader_contains (reader, offset, length))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file ends before this slice does");
      return FALSE;
    }

  return reserve (self, length, frame_bytes, error) && bag_fragments_join (reader, offset, length, self->data, length, joined, error);
}

/* Before a codec allocates or writes anything for a codestream, its own header must fit. */
static gboolean
decode_codestream (BagCodecScratch *self, BagFrameCodec codec, gsize size, const BagPixelLayout *layout, guint8 *samples, GError **error)
{
  BagCodestream codestream;

  if (bag_codestream_read (&codestream, self->data, size) != BAG_CODESTREAM_GOOD)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has no valid header");
      return FALSE;
    }
  if (!bag_codestream_check (&codestream, codec, layout, error))
    return FALSE;

  switch (codec)
    {
    case BAG_FRAME_CODEC_JPEG_LOSSLESS:
      return bag_jpeg_lossless_decode (self->jpeg_lossless, self->data, size, layout, samples, error);
    case BAG_FRAME_CODEC_JPEG_LS:
      return bag_codec_jpeg_ls_decode (self->data, size, layout, samples, error);
    case BAG_FRAME_CODEC_JPEG_2000:
      return bag_codec_jpeg_2000_decode (self->data, size, &codestream, layout, samples, error);
    case BAG_FRAME_CODEC_JPEG:
      return bag_codec_jpeg_decode (self->data, size, &codestream, layout, samples, error);
    case BAG_FRAME_CODEC_NATIVE:
    case BAG_FRAME_CODEC_RLE:
    case BAG_FRAME_CODEC_DEFLATED:
    default:
      g_assert_not_reached ();
    }
}

/* The samples stand in the inflated file as they are. Nothing can be inflated past damage. */
static gboolean
read_inflated (BagByteReader *reader, guint64 offset, gpointer samples, gsize frame_bytes, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (bag_byte_reader_read (reader, offset, samples, frame_bytes, &local))
    return TRUE;
  if (g_error_matches (local, BAG_ERROR, BAG_ERROR_MALFORMED))
    local->code = BAG_ERROR_CORRUPT_FRAME;
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/**
 * bag_codec_decode:
 * @scratch: buffers of this thread
 * @reader: the file
 * @codec: not %BAG_FRAME_CODEC_NATIVE
 * @layout: a checked layout
 * @offset: of the first item of the frame; of a deflated one, of its samples
 * @length: of all its items, heads included; not used for a deflated one
 * @samples: (out caller-allocates): little-endian samples, row by row
 * @samples_size: room in @samples, at least bag_pixel_layout_get_frame_bytes()
 * @error: %BAG_ERROR_CORRUPT_FRAME, %BAG_ERROR_TRUNCATED, %BAG_ERROR_NO_MEMORY or %BAG_ERROR_MALFORMED
 *
 * Decodes one frame. After an error the content of @samples means nothing.
 *
 * Returns: whether all samples were decoded
 */
gboolean
bag_codec_decode (BagCodecScratch *scratch,
                  BagByteReader *reader,
                  BagFrameCodec codec,
                  const BagPixelLayout *layout,
                  guint64 offset,
                  guint64 length,
                  gpointer samples,
                  gsize samples_size,
                  GError **error)
{
  gsize frame_bytes = 0;
  gsize joined = 0;

  g_return_val_if_fail (scratch != NULL && reader != NULL && layout != NULL && samples != NULL, FALSE);

  if (!bag_pixel_layout_check (layout, error))
    return FALSE;
  frame_bytes = bag_pixel_layout_get_frame_bytes (layout);
  if (samples_size < frame_bytes)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, "A slice of %" G_GSIZE_FORMAT " bytes does not fit into %" G_GSIZE_FORMAT, frame_bytes, samples_size);
      return FALSE;
    }
  if (codec == BAG_FRAME_CODEC_DEFLATED)
    return read_inflated (reader, offset, samples, frame_bytes, error);
  if (codec == BAG_FRAME_CODEC_NATIVE || bag_pixel_layout_is_wide (layout))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_MALFORMED, "There is no codec for these samples");
      return FALSE;
    }
  if (!read_frame (scratch, reader, offset, length, frame_bytes, &joined, error))
    return FALSE;

  if (codec == BAG_FRAME_CODEC_RLE)
    return bag_codec_rle_decode (scratch->data, joined, layout, samples, error);

  return decode_codestream (scratch, codec, joined, layout, samples, error);
}
