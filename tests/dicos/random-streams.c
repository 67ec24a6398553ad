/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-streams.h"

#include <string.h>

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
shuffle_categories (GRand *random, guint8 *values)
{
  for (guint i = 0; i < 17; i++)
    values[i] = (guint8) i;
  for (guint i = 16; i > 0; i--)
    {
      guint k = (guint) g_rand_int_range (random, 0, (gint32) i + 1);
      guint8 swap = values[i];

      values[i] = values[k];
      values[k] = swap;
    }
}

/**
 * random_code:
 * @random: source of chance
 * @max_length: of a code
 * @code: (out): becomes a code of 1 to 17 categories. There may be room left, so that
 *   some bits mean nothing.
 */
void
random_code (GRand *random, guint max_length, ReferenceCode *code)
{
  guint32 room = 65536;
  guint wanted = (guint) g_rand_int_range (random, 1, 18);

  memset (code, 0, sizeof *code);
  shuffle_categories (random, code->values);
  for (guint tries = 0; tries < 200 && code->n_values < wanted; tries++)
    {
      guint length = (guint) g_rand_int_range (random, 1, (gint32) max_length + 1);

      if (65536u >> length > room)
        continue;
      room -= 65536u >> length;
      code->counts[length - 1]++;
      code->n_values++;
    }
}

/**
 * random_stream:
 * @random: source of chance
 * @rows: of the frame
 * @columns: of the frame
 * @stream: (out): becomes a way to code it
 */
void
random_stream (GRand *random, guint rows, guint columns, RandomStream *stream)
{
  guint precision = (guint) g_rand_int_range (random, 2, 17);

  *stream = (RandomStream){
    .rows = rows,
    .columns = columns,
    .precision = precision,
    .predictor = (guint) g_rand_int_range (random, 1, 8),
    .point_transform = g_rand_boolean (random) ? 0 : (guint) g_rand_int_range (random, 0, (gint32) precision),
    .restart_rows = g_rand_boolean (random) ? 0 : (guint) g_rand_int_range (random, 0, (gint32) MIN (rows, 65535 / columns) + 1),
  };
  random_code (random, g_rand_boolean (random) ? 16 : 7, &stream->code);
}

/**
 * random_put_head:
 * @out: takes the markers up to the entropy-coded data
 * @stream: what they say
 */
void
random_put_head (GByteArray *out, const RandomStream *stream)
{
  put_be16 (out, 0xffd8);
  put_be16 (out, 0xffc3);
  put_be16 (out, 11);
  put8 (out, stream->precision);
  put_be16 (out, stream->rows);
  put_be16 (out, stream->columns);
  put_be16 (out, 0x0101);
  put_be16 (out, 0x1100);
  put_be16 (out, 0xffc4);
  put_be16 (out, 19 + stream->code.n_values);
  put8 (out, 0);
  g_byte_array_append (out, stream->code.counts, 16);
  g_byte_array_append (out, stream->code.values, stream->code.n_values);
  if (stream->restart_rows > 0)
    {
      put_be16 (out, 0xffdd);
      put_be16 (out, 4);
      put_be16 (out, stream->restart_rows * stream->columns);
    }
  put_be16 (out, 0xffda);
  put_be16 (out, 8);
  put_be16 (out, 0x0101);
  put8 (out, 0);
  put8 (out, stream->predictor);
  put8 (out, 0);
  put8 (out, stream->point_transform);
}

/* The code that begins @window, or the last one before it. */
static guint
find_code (const ReferenceCode *code, guint32 window, guint32 *bits, guint *length)
{
  guint32 next = 0;
  guint index = 0;

  for (guint i = 0; i < 16; i++)
    for (guint n = code->counts[i]; n > 0 && (index == 0 || next <= window); n--)
      {
        *bits = next >> (15 - i);
        *length = i + 1;
        next += 1u << (15 - i);
        index++;
      }

  return code->values[index - 1];
}

static void
put_bits (GByteArray *out, guint64 *bits, guint *n_bits, guint32 more, guint n_more)
{
  *bits = *bits << n_more | more;
  *n_bits += n_more;
  while (*n_bits >= 8)
    {
      guint byte = *bits >> (*n_bits - 8) & 0xff;

      put8 (out, byte);
      if (byte == 0xff)
        put8 (out, 0);
      *n_bits -= 8;
    }
}

/**
 * random_put_data:
 * @out: takes the bytes, stuffed, filled up with ones
 * @random: source of chance
 * @code: the code
 * @n: how many differences
 */
void
random_put_data (GByteArray *out, GRand *random, const ReferenceCode *code, guint n)
{
  guint64 bits = 0;
  guint n_bits = 0;

  for (guint i = 0; i < n; i++)
    {
      guint32 code_bits = 0;
      guint length = 0;
      guint category = find_code (code, g_rand_int (random) >> 16, &code_bits, &length) & 15;

      put_bits (out, &bits, &n_bits, code_bits, length);
      put_bits (out, &bits, &n_bits, g_rand_int (random) & ((1u << category) - 1), category);
    }
  if (n_bits > 0)
    put_bits (out, &bits, &n_bits, (1u << (8 - n_bits)) - 1, 8 - n_bits);
}

/**
 * random_put_stream:
 * @out: takes a whole codestream
 * @random: source of chance
 * @stream: its way
 */
void
random_put_stream (GByteArray *out, GRand *random, const RandomStream *stream)
{
  guint step = stream->restart_rows > 0 ? stream->restart_rows : stream->rows;

  random_put_head (out, stream);
  for (guint y = 0; y < stream->rows; y += step)
    {
      if (y > 0)
        put_be16 (out, 0xffd0 + (y / step - 1) % 8);
      random_put_data (out, random, &stream->code, MIN (step, stream->rows - y) * stream->columns);
    }
  put_be16 (out, 0xffd9);
}

/**
 * random_remove_stuffing:
 * @data: bytes of random_put_data()
 *
 * Returns: (transfer full): the same as the code's reader wants them, padded with zeros
 */
GByteArray *
random_remove_stuffing (const GByteArray *data)
{
  const guint8 zeros[16] = { 0 };
  GByteArray *bits = g_byte_array_new ();

  for (guint i = 0; i < data->len; i++)
    {
      g_byte_array_append (bits, data->data + i, 1);
      if (data->data[i] == 0xff)
        i++;
    }
  g_byte_array_append (bits, zeros, sizeof zeros);

  return bits;
}

static void
put_segment (GByteArray *out, GRand *random, guint n)
{
  gboolean is_long = g_rand_boolean (random);

  while (n > 0)
    {
      guint length = (guint) g_rand_int_range (random, 1, is_long ? 129 : 40);
      guint run = MIN (n, length);
      gboolean is_repeat = run > 1 && g_rand_boolean (random);

      if (g_rand_int_range (random, 0, 50) == 0)
        put8 (out, 128);
      put8 (out, is_repeat ? 257 - run : run - 1);
      for (guint i = is_repeat ? run - 1 : 0; i < run; i++)
        put8 (out, g_rand_int (random));
      n -= run;
    }
}

/**
 * random_put_rle:
 * @out: takes a frame
 * @random: source of chance
 * @n_segments: 1 or 2
 * @n: bytes of each
 */
void
random_put_rle (GByteArray *out, GRand *random, guint n_segments, guint n)
{
  guint8 head[64] = { (guint8) n_segments };
  guint start = out->len;

  g_byte_array_append (out, head, sizeof head);
  for (guint i = 0; i < n_segments; i++)
    {
      for (guint k = 0; k < 4; k++)
        out->data[start + 4 + 4 * i + k] = (guint8) ((out->len - start) >> (8 * k));
      put_segment (out, random, n);
    }
}
