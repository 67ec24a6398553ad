/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

/* The plainest encoders that make valid frames: RLE of literal runs only, JPEG
 * lossless with fixed Huffman codes, written down from the standards. */

typedef struct
{
  GByteArray *out;
  guint32 bits;
  guint n_bits;
} BitWriter;

static void
put8 (GByteArray *out, guint value)
{
  guint8 byte = (guint8) value;

  g_byte_array_append (out, &byte, 1);
}

static void
put_be16 (GByteArray *out, guint value)
{
  put8 (out, value >> 8);
  put8 (out, value);
}

static void
put_le32 (GByteArray *out, guint32 value)
{
  for (guint i = 0; i < 32; i += 8)
    put8 (out, value >> i);
}

static void
put_literals (GByteArray *out, const guint16 *samples, guint n, guint shift)
{
  for (guint i = 0; i < n; i += 128)
    {
      guint run = MIN (128, n - i);

      put8 (out, run - 1);
      for (guint k = 0; k < run; k++)
        put8 (out, samples[i + k] >> shift);
    }
}

/**
 * test_encode_rle:
 * @out: takes the frame
 * @samples: 16-bit samples
 * @n: how many
 */
void
test_encode_rle (GByteArray *out, const guint16 *samples, guint n)
{
  guint segment = n + (n + 127) / 128;

  put_le32 (out, 2);
  put_le32 (out, 64);
  put_le32 (out, 64 + segment);
  for (guint i = 3; i < 16; i++)
    put_le32 (out, 0);
  put_literals (out, samples, n, 8);
  put_literals (out, samples, n, 0);
}

static void
put_bits (BitWriter *self, guint value, guint n)
{
  while (n-- > 0)
    {
      self->bits = self->bits << 1 | (value >> n & 1);
      if (++self->n_bits < 8)
        continue;
      put8 (self->out, self->bits);
      if ((self->bits & 0xff) == 0xff)
        put8 (self->out, 0);
      self->n_bits = 0;
    }
}

static void
flush_bits (BitWriter *self)
{
  while (self->n_bits != 0)
    put_bits (self, 1, 1);
}

/* Flat codes: 17 of 5 bits. Long ones: category k has k + 1 bits, all ones but the last; no category 16. */
static void
put_code (BitWriter *self, guint category, gboolean long_codes)
{
  if (long_codes)
    put_bits (self, (1u << (category + 1)) - 2, category + 1);
  else
    put_bits (self, category, 5);
}

static void
put_difference (BitWriter *self, guint difference, gboolean long_codes)
{
  gint32 value = (gint16) difference;
  guint category = 0;

  if (value == -32768)
    {
      put_code (self, 16, long_codes);
      return;
    }
  while (ABS (value) >> category != 0)
    category++;
  put_code (self, category, long_codes);
  put_bits (self, (guint) (value < 0 ? value + (1 << category) - 1 : value), category);
}

static gint32
predict (const TestJpeg *how, const guint16 *samples, guint x, guint y)
{
  gboolean is_first = how->restart_rows == 0 ? y == 0 : y % how->restart_rows == 0;
  guint pt = how->point_transform;
  gint32 a = x == 0 ? 0 : samples[y * how->columns + x - 1] >> pt;
  gint32 b = is_first ? 0 : samples[(y - 1) * how->columns + x] >> pt;
  gint32 c = is_first || x == 0 ? 0 : samples[(y - 1) * how->columns + x - 1] >> pt;
  const gint32 all[] = { 0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1 };

  if (x == 0)
    return is_first ? 1 << (how->precision - pt - 1) : b;

  return is_first ? a : all[how->predictor];
}

static void
put_markers (GByteArray *out, const TestJpeg *how)
{
  guint n = how->long_codes ? 16 : 17;

  put_be16 (out, 0xffd8);
  put_be16 (out, 0xffff); /* a fill byte before the next marker */
  put_be16 (out, 0xfe00);
  put8 (out, 4);
  put_be16 (out, 0x6869);
  put_be16 (out, 0xffc3);
  put_be16 (out, 11);
  put8 (out, how->precision);
  put_be16 (out, how->rows);
  put_be16 (out, how->columns);
  put8 (out, 1);
  put8 (out, 7);
  put_be16 (out, 0x1100);
  put_be16 (out, 0xffc4);
  put_be16 (out, 19 + n);
  put8 (out, 2);
  for (guint i = 1; i <= 16; i++)
    put8 (out, how->long_codes ? 1 : (i == 5 ? 17 : 0));
  for (guint i = 0; i < n; i++)
    put8 (out, i);
  if (how->restart_rows > 0)
    {
      put_be16 (out, 0xffdd);
      put_be16 (out, 4);
      put_be16 (out, how->restart_rows * how->columns);
    }
  put_be16 (out, 0xffda);
  put_be16 (out, 8);
  put8 (out, 1);
  put8 (out, 7);
  put8 (out, 0x20);
  put8 (out, how->predictor);
  put8 (out, 0);
  put8 (out, how->point_transform);
}

/**
 * test_encode_jpeg:
 * @out: takes the codestream
 * @how: extents and coding
 * @samples: of at most @how->precision bits
 */
void
test_encode_jpeg (GByteArray *out, const TestJpeg *how, const guint16 *samples)
{
  BitWriter writer = { out, 0, 0 };

  put_markers (out, how);
  for (guint y = 0; y < how->rows; y++)
    {
      if (how->restart_rows > 0 && y > 0 && y % how->restart_rows == 0)
        {
          flush_bits (&writer);
          put_be16 (out, 0xffd0 + (y / how->restart_rows - 1) % 8);
        }
      for (guint x = 0; x < how->columns; x++)
        {
          guint value = (guint) samples[y * how->columns + x] >> how->point_transform;

          put_difference (&writer, value - (guint) predict (how, samples, x, y), how->long_codes);
        }
    }
  flush_bits (&writer);
  put_be16 (out, 0xffd9);
}
