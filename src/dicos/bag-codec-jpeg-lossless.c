/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-jpeg-lossless"

#include "config.h"

#include "dicos/bag-codec-jpeg-lossless.h"

#include "description/bag-error.h"
#include "dicos/bag-jpeg-header.h"

#include <string.h>

/* JPEG lossless, process 14 (ITU-T T.81 annex H), one component.
 *
 * Each restart interval is first copied without its stuffed zeros into a buffer
 * that ends in zeros: so the bit reader is a load of eight bytes anywhere within
 * it, without a case of its own for the end. Differences are then decoded row by
 * row, four look-ups a load, and a second pass over the row predicts. Running out
 * of data shows as a bit position beyond the end, tested once every four samples:
 * in between it moves by 16 bytes at most, which the padding covers. */

#define PADDING 64u
#define GROUP 4u

struct _BagJpegLossless
{
  BagJpegHeader header;
  guint8 *bits; /* the current interval without stuffing, then PADDING zeros */
  gsize bits_capacity;
  guint16 *rows; /* differences, current, previous: three times the columns */
  gsize rows_capacity;
};

typedef struct
{
  const guint8 *data;
  guint64 position, end; /* in bits */
} BitReader;

typedef struct
{
  const guint8 *data;
  gsize size, position;
  guint next_restart;
} Scan;

/**
 * bag_jpeg_lossless_new:
 *
 * Returns: (transfer full): a decoder, for one thread at a time
 */
BagJpegLossless *
bag_jpeg_lossless_new (void)
{
  return g_new0 (BagJpegLossless, 1);
}

/**
 * bag_jpeg_lossless_free:
 * @self: (transfer full) (nullable): a decoder
 */
void
bag_jpeg_lossless_free (BagJpegLossless *self)
{
  if (self == NULL)
    return;

  g_free (self->bits);
  g_free (self->rows);
  g_free (self);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The JPEG lossless data of this slice are damaged: %s", what);
  return FALSE;
}

static gboolean
reserve (gpointer *buffer, gsize *capacity, gsize wanted, GError **error)
{
  if (wanted <= *capacity)
    return TRUE;

  g_clear_pointer (buffer, g_free);
  *capacity = 0;
  *buffer = g_try_malloc (wanted);
  if (*buffer == NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory for decoding a slice (%" G_GSIZE_FORMAT " bytes)", wanted);
      return FALSE;
    }
  *capacity = wanted;

  return TRUE;
}

static guint64
peek_bits (const BitReader *self)
{
  guint64 word;

  memcpy (&word, self->data + (self->position >> 3), sizeof word);
  return GUINT64_FROM_BE (word) << (self->position & 7);
}

/* Copies up to the next marker. What stands between the end of the data of an
 * interval and its marker is padding, so a restart marker ends it and any other
 * marker ends the scan. */
static void
read_interval (BagJpegLossless *self, Scan *scan, BitReader *bits)
{
  guint8 *out = self->bits;

  while (scan->position < scan->size)
    {
      const guint8 *in = scan->data + scan->position;
      const guint8 *mark = memchr (in, 0xff, scan->size - scan->position);
      gsize n = mark != NULL ? (gsize) (mark - in) : scan->size - scan->position;

      memcpy (out, in, n);
      out += n;
      scan->position += n;
      if (mark == NULL || scan->position + 1 >= scan->size || mark[1] != 0x00)
        break;
      *out++ = 0xff;
      scan->position += 2;
    }
  memset (out, 0, PADDING);
  bits->data = self->bits;
  bits->position = 0;
  bits->end = (guint64) (out - self->bits) * 8;
}

static gboolean
pass_restart (Scan *scan)
{
  while (scan->position + 2 < scan->size && scan->data[scan->position] == 0xff && scan->data[scan->position + 1] == 0xff)
    scan->position++;
  if (scan->position + 2 > scan->size || scan->data[scan->position] != 0xff || scan->data[scan->position + 1] != 0xd0 + scan->next_restart)
    return FALSE;

  scan->position += 2;
  scan->next_restart = (scan->next_restart + 1) & 7;

  return TRUE;
}

static gboolean
decode_one (const BagHuffmanTable *table, BitReader *bits, guint16 *difference)
{
  guint n = bag_huffman_table_decode (table, peek_bits (bits), difference);

  bits->position += n;

  return n > 0;
}

static gboolean
decode_few (const BagHuffmanTable *table, BitReader *bits, guint16 *differences, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!decode_one (table, bits, differences + i))
      return FALSE;

  return bits->position <= bits->end;
}

/* Differences of one row. Four look-ups of 12 bits fit the 57 that a load yields. */
static gboolean
decode_row (const BagHuffmanTable *table, BitReader *bits, guint16 *differences, guint n)
{
  const guint shift = 64 - BAG_HUFFMAN_INDEX_BITS;
  guint i = 0;

  for (; i + GROUP <= n; i += GROUP)
    {
      guint64 window = peek_bits (bits);
      guint32 a = table->lookup[window >> shift];
      guint32 b = table->lookup[(window <<= a >> 16 & 15) >> shift];
      guint32 c = table->lookup[(window <<= b >> 16 & 15) >> shift];
      guint32 d = table->lookup[(window <<= c >> 16 & 15) >> shift];

      if (G_UNLIKELY (((a | b | c | d) & BAG_HUFFMAN_ESCAPE) != 0))
        {
          if (!decode_few (table, bits, differences + i, GROUP))
            return FALSE;
          continue;
        }
      differences[i] = (guint16) a;
      differences[i + 1] = (guint16) b;
      differences[i + 2] = (guint16) c;
      differences[i + 3] = (guint16) d;
      bits->position += (a >> 16) + (b >> 16) + (c >> 16) + (d >> 16);
      if (bits->position > bits->end)
        return FALSE;
    }

  return decode_few (table, bits, differences + i, n - i);
}

/* T.81 H.1.1: the first row of an interval is predicted from the left, the first
 * sample of each further row from above. */
static void
predict_left (const guint16 *differences, guint16 *row, guint n, guint first)
{
  guint value = first;

  for (guint x = 0; x < n; x++)
    {
      value += differences[x];
      row[x] = (guint16) value;
    }
}

static gint32
predict (guint predictor, gint32 a, gint32 b, gint32 c)
{
  switch (predictor)
    {
    case 2:
      return b;
    case 3:
      return c;
    case 4:
      return a + b - c;
    case 5:
      return a + ((b - c) >> 1);
    case 6:
      return b + ((a - c) >> 1);
    case 7:
      return (a + b) >> 1;
    default:
      return a;
    }
}

static inline void
predict_row (const guint16 *differences, guint16 *row, const guint16 *above, guint n, guint predictor)
{
  row[0] = (guint16) (above[0] + differences[0]);
  for (guint x = 1; x < n; x++)
    row[x] = (guint16) (predict (predictor, row[x - 1], above[x], above[x - 1]) + differences[x]);
}

static void
store_row (const BagJpegHeader *header, const guint16 *row, guint n, guint bytes, guint8 *out)
{
  if (bytes == 1)
    {
      for (guint x = 0; x < n; x++)
        out[x] = (guint8) (row[x] << header->point_transform);
      return;
    }
  if (G_BYTE_ORDER == G_LITTLE_ENDIAN && header->point_transform == 0)
    {
      memcpy (out, row, (gsize) n * 2);
      return;
    }
  for (guint x = 0; x < n; x++)
    {
      guint value = (guint) row[x] << header->point_transform;

      out[x * 2] = (guint8) value;
      out[x * 2 + 1] = (guint8) (value >> 8);
    }
}

static gboolean
decode_interval (BagJpegLossless *self, BitReader *bits, guint n_rows, guint bytes, guint8 *samples)
{
  const BagJpegHeader *header = &self->header;
  guint n = header->columns;
  guint16 *differences = self->rows;
  guint16 *row = self->rows + n;
  guint16 *above = self->rows + 2 * (gsize) n;

  for (guint y = 0; y < n_rows; y++)
    {
      guint16 *swap = row;

      if (!decode_row (&header->tables[header->table], bits, differences, n))
        return FALSE;
      if (y == 0)
        predict_left (differences, row, n, 1u << (header->precision - header->point_transform - 1));
      else if (header->predictor == 1)
        predict_left (differences, row, n, above[0]);
      else
        predict_row (differences, row, above, n, header->predictor);
      store_row (header, row, n, bytes, samples + (gsize) y * n * bytes);
      row = above;
      above = swap;
    }

  return TRUE;
}

/* T.81 H.1.1: a restart interval is a whole number of rows. */
static gboolean
decode_scan (BagJpegLossless *self, Scan *scan, guint bytes, guint8 *samples, GError **error)
{
  const BagJpegHeader *header = &self->header;
  guint step = header->restart_interval == 0 ? header->rows : header->restart_interval / header->columns;

  if (header->restart_interval % header->columns != 0)
    return fail (error, "its restart interval is not a number of rows");

  for (guint y = 0; y < header->rows; y += step)
    {
      BitReader bits;

      if (y > 0 && !pass_restart (scan))
        return fail (error, "a restart marker is missing");
      read_interval (self, scan, &bits);
      if (!decode_interval (self, &bits, MIN (step, header->rows - y), bytes, samples + (gsize) y * header->columns * bytes))
        return fail (error, "its data end too early or hold an unknown code");
    }

  return TRUE;
}

static gboolean
check_header (const BagJpegHeader *header, const BagPixelLayout *layout, GError **error)
{
  if (header->rows != layout->rows || header->columns != layout->columns)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has %u rows and %u columns, the header says %u and %u", header->rows, header->columns, layout->rows, layout->columns);
      return FALSE;
    }
  /* Fewer bits are fine as long as no sign stands above them. */
  if (header->precision > layout->bits_allocated || (layout->is_signed && header->precision < layout->bits_stored))
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The compressed slice has samples of %u bits, the header says %u stored of %u", header->precision, layout->bits_stored, layout->bits_allocated);
      return FALSE;
    }

  return TRUE;
}

/**
 * bag_jpeg_lossless_decode:
 * @self: a decoder
 * @data: the joined fragments of a frame
 * @size: their bytes
 * @layout: a checked layout
 * @samples: (out caller-allocates): room for one frame, little endian
 * @error: %BAG_ERROR_CORRUPT_FRAME, %BAG_ERROR_NO_MEMORY
 *
 * Returns: whether exactly one frame of that layout came out
 */
gboolean
bag_jpeg_lossless_decode (BagJpegLossless *self,
                          const guint8 *data,
                          gsize size,
                          const BagPixelLayout *layout,
                          guint8 *samples,
                          GError **error)
{
  Scan scan = { data, size, 0, 0 };

  if (!bag_jpeg_header_read (&self->header, data, size, &scan.position, error) || !check_header (&self->header, layout, error))
    return FALSE;
  if (!reserve ((gpointer *) &self->bits, &self->bits_capacity, size + PADDING, error) || !reserve ((gpointer *) &self->rows, &self->rows_capacity, 3 * sizeof (guint16) * (gsize) layout->columns, error))
    return FALSE;

  return decode_scan (self, &scan, layout->bits_allocated / 8u, samples, error);
}
