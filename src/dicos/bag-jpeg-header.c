/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-jpeg-header"

#include "config.h"

#include "dicos/bag-jpeg-header.h"

#include "description/bag-error.h"

/* The marker segments in front of a scan (ITU-T T.81 annex B). Each is checked
 * against its own length before a byte of it is read. */

enum
{
  MARKER_SOF3 = 0xc3,
  MARKER_DHT = 0xc4,
  MARKER_JPG = 0xc8,
  MARKER_DAC = 0xcc,
  MARKER_SOI = 0xd8,
  MARKER_EOI = 0xd9,
  MARKER_SOS = 0xda,
  MARKER_DRI = 0xdd,
};

typedef struct
{
  const guint8 *data;
  gsize size;
} Span;

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The JPEG lossless data of this slice are damaged: %s", what);
  return FALSE;
}

static guint
be16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static gboolean
read_frame (BagJpegHeader *self, Span span, GError **error)
{
  if (span.size < 6)
    return fail (error, "the frame header is cut");

  self->precision = span.data[0];
  self->rows = be16 (span.data + 1);
  self->columns = be16 (span.data + 3);
  if (span.data[5] != 1 || span.size != 9)
    return fail (error, "it has not exactly one component");
  if (self->precision < 2 || self->precision > 16)
    return fail (error, "its precision is not 2 to 16 bits");
  self->component = span.data[6];

  return TRUE;
}

static gboolean
read_tables (BagJpegHeader *self, Span span, GError **error)
{
  while (span.size > 0)
    {
      guint id = span.data[0];
      guint n = 0;

      if (span.size < 17)
        return fail (error, "a Huffman table is cut");
      for (guint i = 1; i <= 16; i++)
        n += span.data[i];
      if (n == 0 || n > BAG_HUFFMAN_MAX_VALUES || n > span.size - 17 || id > 3)
        return fail (error, "a Huffman table is not one for lossless data");
      if (!bag_huffman_table_set (&self->tables[id], span.data + 1, span.data + 17, n))
        return fail (error, "the codes of a Huffman table are not possible");

      self->has_table[id] = TRUE;
      span.data += 17 + n;
      span.size -= 17 + n;
    }

  return TRUE;
}

static gboolean
read_scan (BagJpegHeader *self, Span span, GError **error)
{
  if (span.size != 6 || span.data[0] != 1)
    return fail (error, "its scan has not exactly one component");

  self->table = span.data[2] >> 4;
  self->predictor = span.data[3];
  self->point_transform = span.data[5] & 15;
  if (self->precision == 0 || span.data[1] != self->component)
    return fail (error, "its scan does not fit its frame");
  if (self->table > 3 || !self->has_table[self->table])
    return fail (error, "its Huffman table is missing");
  if (self->predictor < 1 || self->predictor > 7 || self->point_transform >= self->precision)
    return fail (error, "its predictor or point transform is not possible");

  return TRUE;
}

static gboolean
read_segment (BagJpegHeader *self, guint marker, Span span, GError **error)
{
  switch (marker)
    {
    case MARKER_SOF3:
      return self->precision == 0 ? read_frame (self, span, error) : fail (error, "it has two frames");
    case MARKER_DHT:
      return read_tables (self, span, error);
    case MARKER_SOS:
      return read_scan (self, span, error);
    case MARKER_DRI:
      if (span.size != 2)
        return fail (error, "its restart interval has a wrong length");
      self->restart_interval = be16 (span.data);
      return TRUE;
    case MARKER_EOI:
      return fail (error, "it ends before its scan");
    default:
      if (marker >= 0xc0 && marker <= 0xcf && marker != MARKER_JPG && marker != MARKER_DAC)
        return fail (error, "it is JPEG of another kind (lossy, arithmetic or hierarchical)");
      return TRUE;
    }
}

static gboolean
find_segment (Span all, gsize *position, guint *marker, Span *span, GError **error)
{
  gsize length = 0;

  if (*position >= all.size || all.data[*position] != 0xff)
    return fail (error, "a marker is missing");
  while (*position < all.size && all.data[*position] == 0xff)
    ++*position; /* any number of fill bytes may stand in front of a marker */
  if (all.size - *position < 3)
    return fail (error, "it ends before its scan");

  *marker = all.data[*position];
  length = be16 (all.data + *position + 1);
  if (length < 2 || length > all.size - *position - 1)
    return fail (error, "a segment is longer than the slice");
  span->data = all.data + *position + 3;
  span->size = length - 2;
  *position += 1 + length;

  return TRUE;
}

/**
 * bag_jpeg_header_read:
 * @self: zeroed before its first use
 * @data: a codestream
 * @size: its bytes
 * @scan: (out): where the entropy-coded data begin
 * @error: %BAG_ERROR_CORRUPT_FRAME
 *
 * Returns: whether it is a lossless, Huffman-coded codestream of one component
 */
gboolean
bag_jpeg_header_read (BagJpegHeader *self, const guint8 *data, gsize size, gsize *scan, GError **error)
{
  Span all = { data, size };
  guint marker = 0;

  for (guint i = 0; i < G_N_ELEMENTS (self->has_table); i++)
    self->has_table[i] = FALSE;
  self->precision = 0;
  self->restart_interval = 0;
  if (size < 2 || data[0] != 0xff || data[1] != MARKER_SOI)
    return fail (error, "it does not begin as JPEG");

  *scan = 2;
  while (marker != MARKER_SOS)
    {
      Span span = { NULL, 0 };

      if (!find_segment (all, scan, &marker, &span, error) || !read_segment (self, marker, span, error))
        return FALSE;
    }

  return TRUE;
}
