/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-rle"

#include "config.h"

#include "dicos/bag-codec-rle.h"

#include "description/bag-error.h"
#include "dicos/bag-byte-reader.h"

#include <string.h>

/* RLE of DICOM (PS3.5 annex G): a header of 16 numbers, then one segment of
 * PackBits for each byte of a sample, most significant byte first. */

#define HEAD 64u

typedef struct
{
  const guint8 *data, *end;
} Segment;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The RLE data of this slice are damaged: %s", what);
  return FALSE;
}

static gboolean
find_segment (const guint8 *data, gsize size, guint n, guint index, Segment *segment)
{
  guint32 start = bag_le32 (data + 4 + 4 * index);
  gsize end = index + 1 < n ? bag_le32 (data + 8 + 4 * index) : size;

  if (start < HEAD || end > size || start > end)
    return FALSE;
  segment->data = data + start;
  segment->end = data + end;

  return TRUE;
}

/* Writes one byte of each of @n samples, @stride apart. */
static gboolean
decode_segment (Segment segment, guint8 *out, gsize n, gsize stride)
{
  const guint8 *in = segment.data;

  while (n > 0)
    {
      gsize control = 0;
      gsize run = 0;

      if (in == segment.end)
        return FALSE;
      control = *in++;
      if (control == 128)
        continue;

      run = control < 128 ? control + 1 : 257 - control;
      if (run > n || (gsize) (segment.end - in) < (control < 128 ? run : 1))
        return FALSE;
      if (control < 128)
        for (gsize i = 0; i < run; i++)
          out[i * stride] = *in++;
      else
        {
          for (gsize i = 0; i < run; i++)
            out[i * stride] = *in;
          in++;
        }
      out += run * stride;
      n -= run;
    }

  return TRUE;
}

/**
 * bag_codec_rle_decode:
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME
 *
 * Returns: whether exactly one frame came out
 */
gboolean
bag_codec_rle_decode (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples, GError **error)
{
  gsize stride = layout->bits_allocated / 8u;
  gsize n = (gsize) layout->rows * layout->columns;

  if (size < HEAD)
    return fail (error, "the header is cut");
  if (bag_le32 (data) != stride)
    return fail (error, "the number of segments does not fit the samples");

  for (guint i = 0; i < stride; i++)
    {
      Segment segment;

      if (!find_segment (data, size, (guint) stride, i, &segment))
        return fail (error, "a segment lies outside");
      if (!decode_segment (segment, samples + (stride - 1 - i), n, stride))
        return fail (error, "a segment has too few or too many bytes");
    }

  return TRUE;
}
