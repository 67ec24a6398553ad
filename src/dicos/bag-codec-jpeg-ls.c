/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-jpeg-ls"

#include "config.h"

#include "dicos/bag-codec-jpeg-ls.h"

#include "description/bag-error.h"
#include "dicos/bag-sample-bytes.h"

#include <charls/charls.h>
#include <string.h>

/* JPEG-LS (ITU-T T.87), lossless and near-lossless, by CharLS. It takes a size from
 * the codestream for granted up to its own limits, so what it read is compared
 * with what is wanted before it decodes.
 *
 * It is given nothing without an end-of-image marker, and nothing behind one:
 * CharLS 2.4.1 waits for ever for a bit that is set when a code of many zeros runs
 * into the end of its memory, but not when it runs into a marker. */

/* Padding that is tolerated in front of the end of the codestream. */
#define MAX_PADDING 8u

typedef struct charls_jpegls_decoder Decoder;

static void
free_decoder (Decoder *decoder)
{
  charls_jpegls_decoder_destroy (decoder);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Decoder, free_decoder)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The JPEG-LS data of this slice are damaged: %s", what);
  return FALSE;
}

static gboolean
fail_by_library (GError **error, charls_jpegls_errc result)
{
  if (result != CHARLS_JPEGLS_ERRC_NOT_ENOUGH_MEMORY)
    return fail (error, charls_get_error_message (result));

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory for decoding a slice");
  return FALSE;
}

static gboolean
check_frame (Decoder *decoder, const BagPixelLayout *layout)
{
  charls_frame_info info = { 0 };

  return charls_jpegls_decoder_get_frame_info (decoder, &info) == CHARLS_JPEGLS_ERRC_SUCCESS && info.width == layout->columns && info.height == layout->rows && info.component_count == 1 && info.bits_per_sample >= 2 && info.bits_per_sample <= layout->bits_allocated;
}

/* CharLS writes one byte a sample up to 8 bits, whatever the layout has. */
static gsize
get_sample_bytes (Decoder *decoder)
{
  charls_frame_info info = { 0 };

  if (charls_jpegls_decoder_get_frame_info (decoder, &info) != CHARLS_JPEGLS_ERRC_SUCCESS)
    return 2;

  return info.bits_per_sample <= 8 ? 1 : 2;
}

static charls_jpegls_errc
decode_samples (Decoder *decoder, const BagPixelLayout *layout, guint8 *samples)
{
  gsize n = (gsize) layout->rows * layout->columns;
  gsize n_bytes = n * get_sample_bytes (decoder);
  guint8 *dest = samples + bag_pixel_layout_get_frame_bytes (layout) - n_bytes;
  charls_jpegls_errc result = charls_jpegls_decoder_decode_to_buffer (decoder, dest, n_bytes, 0);

  if (result == CHARLS_JPEGLS_ERRC_SUCCESS && n_bytes == n && layout->bits_allocated == 16)
    bag_sample_bytes_widen (samples, n);
  else if (result == CHARLS_JPEGLS_ERRC_SUCCESS && n_bytes != n)
    bag_sample_bytes_to_little_endian (samples, n);

  return result;
}

static gboolean
decode (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples, charls_jpegls_errc *result, GError **error)
{
  g_autoptr (Decoder) decoder = charls_jpegls_decoder_create ();

  if (decoder == NULL)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory for decoding a slice");
      return FALSE;
    }

  *result = charls_jpegls_decoder_set_source_buffer (decoder, data, size);
  if (*result == CHARLS_JPEGLS_ERRC_SUCCESS)
    *result = charls_jpegls_decoder_read_header (decoder);
  if (*result != CHARLS_JPEGLS_ERRC_SUCCESS)
    return fail_by_library (error, *result);
  if (!check_frame (decoder, layout))
    return fail (error, "its frame header is not that of the scan");

  *result = decode_samples (decoder, layout, samples);

  return *result == CHARLS_JPEGLS_ERRC_SUCCESS || fail_by_library (error, *result);
}

/* Where the end of the image stands, the last marker; FALSE when there is none. */
static gboolean
find_end (const guint8 *data, gsize size, gsize *end)
{
  for (gsize i = size; i >= 2; i--)
    if (data[i - 2] == 0xff && data[i - 1] == 0xd9)
      {
        *end = i - 2;
        return TRUE;
      }

  return FALSE;
}

/* Once more without the bytes in front of the end that may be padding, one more
 * of them each time: an encoded byte 0 looks the same. */
static gboolean
decode_without_padding (const guint8 *data, gsize end, const BagPixelLayout *layout, guint8 *samples)
{
  static const guint8 end_of_image[] = { 0xff, 0xd9 };
  g_autofree guint8 *copy = g_try_malloc (end + sizeof end_of_image);

  if (copy == NULL)
    return FALSE;

  memcpy (copy, data, end);
  for (guint i = 0; i < MAX_PADDING && end > 0 && (copy[end - 1] == 0x00 || copy[end - 1] == 0xff); i++)
    {
      charls_jpegls_errc result = CHARLS_JPEGLS_ERRC_SUCCESS;

      end--;
      memcpy (copy + end, end_of_image, sizeof end_of_image);
      if (decode (copy, end + sizeof end_of_image, layout, samples, &result, NULL))
        return TRUE;
    }

  return FALSE;
}

static gboolean
may_be_padding (charls_jpegls_errc result)
{
  return result == CHARLS_JPEGLS_ERRC_TOO_MUCH_ENCODED_DATA || result == CHARLS_JPEGLS_ERRC_JPEG_MARKER_START_BYTE_NOT_FOUND || result == CHARLS_JPEGLS_ERRC_END_OF_IMAGE_MARKER_NOT_FOUND;
}

/**
 * bag_codec_jpeg_ls_decode:
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME, %BAG_ERROR_NO_MEMORY
 *
 * Returns: whether exactly one frame of that layout came out
 */
gboolean
bag_codec_jpeg_ls_decode (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples, GError **error)
{
  g_autoptr (GError) first = NULL;
  charls_jpegls_errc result = CHARLS_JPEGLS_ERRC_SUCCESS;
  gsize end = 0;

  if (!find_end (data, size, &end))
    return fail (error, "they end too early");
  if (decode (data, end + 2, layout, samples, &result, &first) || (may_be_padding (result) && decode_without_padding (data, end, layout, samples)))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}
