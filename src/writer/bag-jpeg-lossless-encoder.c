/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-jpeg-lossless-encoder"

#include "config.h"
#include "writer/bag-jpeg-lossless-encoder.h"

#include "writer/bag-huffman-table.h"

/* JPEG lossless, process 14 of ITU-T T.81: annex H, sequential, 16 bits, one
 * component, point transform 0. Each frame gets the codes that suit it. */

#define FIRST_PREDICTION 0x8000 /* 2^(P - Pt - 1) */
#define MAX_SAMPLE_BYTES 8u     /* 16 + 15 bits make four bytes, each perhaps stuffed */

/* Bits towards bytes, with a zero after each 0xFF (T.81 section B.1.1.5). */
typedef struct
{
  guint64 bits;
  guint n_bits; /* less than 8 between calls */
  guint8 *next;
} BitSink;

static gint
predict (const guint16 *sample, guint columns, guint predictor)
{
  gint left = sample[-1];
  gint above = *(sample - columns);
  gint corner = *(sample - columns - 1);

  switch (predictor)
    {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
    }
}

/* Differences modulo 2^16 (T.81 section H.1.2.1); the first row is predicted from the
 * left, the first column from above. */
static gint16 *
make_differences (const guint16 *samples, guint columns, guint rows, guint predictor)
{
  gint16 *differences = g_new (gint16, (gsize) columns * rows);

  for (gsize row = 0; row < rows; row++)
    {
      const guint16 *line = samples + row * columns;
      gint16 *difference = differences + row * columns;

      difference[0] = (gint16) (guint16) (line[0] - (row == 0 ? FIRST_PREDICTION : *(line - columns)));
      for (guint i = 1; i < columns; i++)
        difference[i] = (gint16) (guint16) (line[i] - (row == 0 ? line[i - 1] : predict (line + i, columns, predictor)));
    }
  return differences;
}

/* Category of a difference (T.81 table H.2): -32768 stands for 32768, category 16. */
static inline guint
get_category (gint difference)
{
  guint size = (guint) ABS (difference);

  return size == 0 ? 0 : 32u - (guint) __builtin_clz (size);
}

static inline void
put_bits (BitSink *sink, guint32 bits, guint n_bits)
{
  sink->bits = sink->bits << n_bits | bits;
  sink->n_bits += n_bits;
  while (sink->n_bits >= 8)
    {
      guint8 byte = (guint8) (sink->bits >> (sink->n_bits - 8) & 0xff);

      *sink->next++ = byte;
      if (byte == 0xff)
        *sink->next++ = 0;
      sink->n_bits -= 8;
    }
}

static void
put_differences (BitSink *sink, const BagHuffmanTable *table, const gint16 *differences, gsize n_differences)
{
  for (gsize i = 0; i < n_differences; i++)
    {
      gint difference = differences[i];
      guint category = get_category (difference);
      guint n_extra = category == 16 ? 0 : category;
      guint32 extra = (guint32) (difference < 0 ? difference - 1 : difference) & ((1u << n_extra) - 1);

      put_bits (sink, (guint32) table->codes[category] << n_extra | extra, table->lengths[category] + n_extra);
    }
  if (sink->n_bits > 0)
    put_bits (sink, (1u << (8 - sink->n_bits)) - 1, 8 - sink->n_bits);
}

static void
append_16 (GByteArray *frame, guint number)
{
  const guint8 bytes[] = { (guint8) (number >> 8 & 0xff), (guint8) (number & 0xff) };

  g_byte_array_append (frame, bytes, sizeof bytes);
}

static void
append_bytes (GByteArray *frame, const void *bytes, guint n_bytes)
{
  g_byte_array_append (frame, bytes, n_bytes);
}

/* JFIF 1.01, no density unit, 1 x 1: as the field's toolkit writes it. */
static void
append_jfif (GByteArray *frame)
{
  append_16 (frame, 0xffe0);
  append_16 (frame, 16);
  append_bytes (frame, "JFIF\0\1\1\0\0\1\0\1\0\0", 14);
}

static void
append_frame_header (GByteArray *frame, guint columns, guint rows)
{
  append_16 (frame, 0xffc3); /* SOF3 */
  append_16 (frame, 11);
  append_bytes (frame, "\20", 1);
  append_16 (frame, rows);
  append_16 (frame, columns);
  append_bytes (frame, "\1\1\21\0", 4);
}

static void
append_table (GByteArray *frame, const BagHuffmanTable *table)
{
  append_16 (frame, 0xffc4); /* DHT */
  append_16 (frame, 2 + 1 + BAG_HUFFMAN_MAX_LENGTH + table->n_symbols);
  append_bytes (frame, "\0", 1);
  append_bytes (frame, table->n_codes + 1, BAG_HUFFMAN_MAX_LENGTH);
  append_bytes (frame, table->symbols, table->n_symbols);
}

static void
append_scan_header (GByteArray *frame, guint predictor)
{
  const guint8 selection[] = { (guint8) predictor, 0, 0 };

  append_16 (frame, 0xffda); /* SOS */
  append_16 (frame, 8);
  append_bytes (frame, "\1\1\0", 3);
  append_bytes (frame, selection, sizeof selection);
}

static void
append_samples (GByteArray *frame, const BagHuffmanTable *table, const gint16 *differences, gsize n_differences)
{
  guint start = frame->len;
  BitSink sink = { 0 };

  g_byte_array_set_size (frame, start + (guint) n_differences * MAX_SAMPLE_BYTES + 2);
  sink.next = frame->data + start;
  put_differences (&sink, table, differences, n_differences);
  g_byte_array_set_size (frame, (guint) (sink.next - frame->data));
}

/**
 * bag_jpeg_lossless_encode:
 * @samples: (array): columns * rows samples of 16 bits
 * @columns: 1 to 65535, like @rows
 * @predictor: 1 to 7 (T.81 table H.1)
 * @with_jfif: whether to put a JFIF segment in front, which DICOM allows and ignores
 * @frame: (inout): becomes the frame, of even length; what it held is gone
 *
 * Compresses one frame without loss.
 */
void
bag_jpeg_lossless_encode (const guint16 *samples, guint columns, guint rows, guint predictor, gboolean with_jfif, GByteArray *frame)
{
  g_autofree gint16 *differences = NULL;
  guint counts[BAG_HUFFMAN_MAX_SYMBOLS] = { 0 };
  gsize n_samples = (gsize) columns * rows;
  BagHuffmanTable table;

  g_return_if_fail (samples != NULL && frame != NULL && predictor >= 1 && predictor <= 7);
  g_return_if_fail (columns > 0 && rows > 0 && columns <= G_MAXUINT16 && rows <= G_MAXUINT16);
  g_return_if_fail (n_samples <= (G_MAXUINT32 >> 1) / MAX_SAMPLE_BYTES);

  differences = make_differences (samples, columns, rows, predictor);
  for (gsize i = 0; i < n_samples; i++)
    counts[get_category (differences[i])]++;
  bag_huffman_table_init (&table, counts);

  g_byte_array_set_size (frame, 0);
  append_16 (frame, 0xffd8); /* SOI */
  if (with_jfif)
    append_jfif (frame);
  append_frame_header (frame, columns, rows);
  append_table (frame, &table);
  append_scan_header (frame, predictor);
  append_samples (frame, &table, differences, n_samples);
  append_16 (frame, 0xffd9); /* EOI */
  if (frame->len % 2 != 0)
    append_bytes (frame, "", 1);
}
