/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-codec-jpeg-lossless"

#include "config.h"

#include "dicos/bag-codec-jpeg-lossless.h"

#include "description/bag-error.h"
#include "dicos/bag-difference-reader.h"
#include "dicos/bag-jpeg-header.h"
#include "dicos/bag-sample-rows.h"

#include <string.h>

/* JPEG lossless, process 14 (ITU-T T.81 annex H), one component.
 *
 * Each restart interval is first copied without its stuffed zeros into a buffer
 * that ends in zeros. Its differences are then read the fast way. Should that fail
 * anywhere, the frame is decoded anew code by code: that alone says what is an
 * error. A sound frame never comes so far. */

struct _BagJpegLossless
{
  BagJpegHeader header;
  guint8 *bits; /* the current interval without stuffing, then padding */
  gsize bits_capacity;
  guint16 *rows; /* two */
  gsize rows_capacity;
  BagDifferenceReader *reader;
};

typedef struct
{
  const guint8 *data;
  gsize size, position;
  guint next_restart;
} Scan;

typedef gboolean (*ReadInterval) (BagJpegLossless *self, BagBitReader *bits, gsize n, BagSampleRows *rows);

/**
 * bag_jpeg_lossless_new:
 *
 * Returns: (transfer full): a decoder, for one thread at a time
 */
BagJpegLossless *
bag_jpeg_lossless_new (void)
{
  BagJpegLossless *self = g_new0 (BagJpegLossless, 1);

  self->reader = bag_difference_reader_new ();

  return self;
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
  bag_difference_reader_free (self->reader);
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

/* Bytes up to the first 0xff, eight at a time. All eight are stored where one of
 * them is it: @out has room for @n. */
static gsize
copy_plain (const guint8 *in, gsize n, guint8 *out)
{
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  gsize i = 0;

  for (; i + 8 <= n; i += 8)
    {
      guint64 word = 0;
      guint64 found = 0;

      memcpy (&word, in + i, sizeof word);
      memcpy (out + i, &word, sizeof word);
      word = GUINT64_FROM_LE (word);
      found = (~word - ones) & word & (ones << 7);
      if (found != 0)
        return i + (gsize) __builtin_ctzll (found) / 8;
    }
  for (; i < n && in[i] != 0xff; i++)
    out[i] = in[i];

  return i;
}

/* Copies up to the next marker. What stands between the end of the data of an
 * interval and its marker is padding, so a restart marker ends it and any other
 * marker ends the scan. */
static void
copy_interval (BagJpegLossless *self, Scan *scan, BagBitReader *bits)
{
  guint8 *out = self->bits;

  while (scan->position < scan->size)
    {
      const guint8 *in = scan->data + scan->position;
      gsize n = copy_plain (in, scan->size - scan->position, out);

      out += n;
      scan->position += n;
      if (scan->size - scan->position < 2 || in[n + 1] != 0x00)
        break;
      *out++ = 0xff;
      scan->position += 2;
    }
  memset (out, 0, BAG_BIT_READER_PADDING);
  *bits = (BagBitReader){ self->bits, 0, (guint64) (out - self->bits) * 8 };
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
read_interval_fast (BagJpegLossless *self, BagBitReader *bits, gsize n, BagSampleRows *rows)
{
  const BagHuffmanTable *table = &self->header.tables[self->header.table];

  while (n > 0)
    {
      BagDifferencePart parts[BAG_DIFFERENCE_READER_MAX_PARTS];
      guint n_parts = bag_difference_reader_read (self->reader, table, bits, parts);

      if (n_parts == 0)
        return FALSE;
      for (guint i = 0; i < n_parts; i++)
        {
          gsize part = MIN (n, parts[i].n);

          bag_sample_rows_add (rows, parts[i].differences, part);
          n -= part;
        }
    }

  return TRUE;
}

static gboolean
read_interval_plainly (BagJpegLossless *self, BagBitReader *bits, gsize n, BagSampleRows *rows)
{
  const BagHuffmanTable *table = &self->header.tables[self->header.table];

  for (; n > 0; n--)
    {
      guint16 difference = 0;
      guint used = bag_huffman_table_decode (table, bag_bit_reader_peek (bits->data, bits->position), &difference);

      if (used == 0 || used > bits->end - bits->position)
        return FALSE;
      bits->position += used;
      bag_sample_rows_add (rows, &difference, 1);
    }

  return TRUE;
}

/* T.81 H.1.1: a restart interval is a whole number of rows. */
static gboolean
decode_scan (BagJpegLossless *self, Scan scan, ReadInterval read, BagSampleRows rows, GError **error)
{
  const BagJpegHeader *header = &self->header;
  guint step = header->restart_interval == 0 ? header->rows : header->restart_interval / header->columns;

  if (header->restart_interval % header->columns != 0)
    return fail (error, "its restart interval is not a number of rows");

  for (guint y = 0; y < header->rows; y += step)
    {
      BagBitReader bits;

      if (y > 0 && !pass_restart (&scan))
        return fail (error, "a restart marker is missing");
      copy_interval (self, &scan, &bits);
      bag_sample_rows_begin_interval (&rows);
      if (!read (self, &bits, (gsize) MIN (step, header->rows - y) * header->columns, &rows))
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
  BagSampleRows rows;

  if (!bag_jpeg_header_read (&self->header, data, size, &scan.position, error) || !check_header (&self->header, layout, error))
    return FALSE;
  if (!reserve ((gpointer *) &self->bits, &self->bits_capacity, size + BAG_BIT_READER_PADDING, error) || !reserve ((gpointer *) &self->rows, &self->rows_capacity, 2 * sizeof (guint16) * (gsize) layout->columns, error))
    return FALSE;

  bag_sample_rows_init (&rows, &self->header, layout->bits_allocated / 8u, samples, self->rows);

  return decode_scan (self, scan, read_interval_fast, rows, NULL) || decode_scan (self, scan, read_interval_plainly, rows, error);
}
