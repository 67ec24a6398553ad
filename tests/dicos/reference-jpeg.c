/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "reference-codecs.h"

#include <string.h>

/* ITU-T T.81: annex B for the markers, annex C and F.2.2 for the codes, annex H
 * for the samples. */

typedef struct
{
  ReferenceCode codes[4];
  gboolean has_code[4];
  guint precision, rows, columns, component, restart_interval;
  guint code, predictor, point_transform;
} Head;

static guint
be16 (const guint8 *p)
{
  return (guint) p[0] * 256 + p[1];
}

/**
 * reference_code_is_possible:
 * @code: a code
 *
 * Returns: whether there is room for so many codes of these lengths, and the
 *   categories are 0..16
 */
gboolean
reference_code_is_possible (const ReferenceCode *code)
{
  guint32 room = 0;

  for (guint i = 0; i < 16; i++)
    room += (guint32) code->counts[i] << (15 - i);
  for (guint i = 0; i < code->n_values; i++)
    if (code->values[i] > 16)
      return FALSE;

  return room <= 65536;
}

static gboolean
read_bit (const guint8 *bytes, gsize n_bits, gsize *position, guint32 *bits)
{
  if (*position >= n_bits)
    return FALSE;
  *bits = *bits << 1 | (bytes[*position / 8] >> (7 - *position % 8) & 1);
  ++*position;

  return TRUE;
}

/**
 * reference_read_difference:
 * @code: the categories' codes
 * @bytes: bits, without stuffing
 * @n_bits: how many
 * @position: (inout): the next bit
 * @difference: (out): modulo 2^16
 *
 * Returns: whether there is a whole one
 */
gboolean
reference_read_difference (const ReferenceCode *code, const guint8 *bytes, gsize n_bits, gsize *position, guint16 *difference)
{
  guint32 bits = 0;
  guint32 first = 0;
  guint index = 0;

  for (guint length = 1; length <= 16; length++)
    {
      guint n = code->counts[length - 1];
      guint category = 0;
      guint32 extra = 0;

      if (!read_bit (bytes, n_bits, position, &bits))
        return FALSE;
      if (bits - first >= n)
        {
          index += n;
          first = (first + n) * 2;
          continue;
        }
      category = code->values[index + bits - first];
      for (guint i = 0; i < category && category < 16; i++)
        if (!read_bit (bytes, n_bits, position, &extra))
          return FALSE;
      *difference = (guint16) (category == 16 ? 32768 : extra);
      if (category > 0 && category < 16 && extra < 1u << (category - 1))
        *difference = (guint16) (extra + 1 - (1u << category));
      return TRUE;
    }

  return FALSE;
}

static gboolean
read_codes (Head *head, const guint8 *p, gsize n)
{
  while (n > 0)
    {
      ReferenceCode code = { 0 };

      if (n < 17 || p[0] > 3)
        return FALSE;
      memcpy (code.counts, p + 1, 16);
      for (guint i = 0; i < 16; i++)
        code.n_values += code.counts[i];
      if (code.n_values == 0 || code.n_values > 17 || code.n_values > n - 17)
        return FALSE;
      memcpy (code.values, p + 17, code.n_values);
      if (!reference_code_is_possible (&code))
        return FALSE;
      head->codes[p[0]] = code;
      head->has_code[p[0]] = TRUE;
      n -= 17 + code.n_values;
      p += 17 + code.n_values;
    }

  return TRUE;
}

static gboolean
read_frame (Head *head, const guint8 *p, gsize n)
{
  if (head->precision != 0 || n != 9 || p[5] != 1 || p[0] < 2 || p[0] > 16)
    return FALSE;
  head->precision = p[0];
  head->rows = be16 (p + 1);
  head->columns = be16 (p + 3);
  head->component = p[6];

  return TRUE;
}

static gboolean
read_scan (Head *head, const guint8 *p, gsize n)
{
  if (n != 6 || p[0] != 1 || head->precision == 0 || p[1] != head->component)
    return FALSE;
  head->code = p[2] / 16;
  head->predictor = p[3];
  head->point_transform = p[5] % 16;

  return head->code < 4 && head->has_code[head->code] && head->predictor >= 1 && head->predictor <= 7 && head->point_transform < head->precision;
}

static gboolean
read_segment (Head *head, guint marker, const guint8 *p, gsize n)
{
  if (marker == 0xc3)
    return read_frame (head, p, n);
  if (marker == 0xc4)
    return read_codes (head, p, n);
  if (marker == 0xda)
    return read_scan (head, p, n);
  if (marker == 0xdd)
    {
      head->restart_interval = n == 2 ? be16 (p) : 0;
      return n == 2;
    }

  /* Of the rest other frames, and the end, are wrong here. */
  return marker != 0xd9 && (marker < 0xc0 || marker > 0xcf || marker == 0xc8 || marker == 0xcc);
}

static gboolean
read_head (Head *head, const guint8 *data, gsize size, gsize *position)
{
  guint marker = 0;

  if (size < 2 || data[0] != 0xff || data[1] != 0xd8)
    return FALSE;
  *position = 2;
  while (marker != 0xda)
    {
      gsize length = 0;

      if (*position >= size || data[*position] != 0xff)
        return FALSE;
      while (*position < size && data[*position] == 0xff)
        ++*position;
      if (size - *position < 3)
        return FALSE;
      marker = data[*position];
      length = be16 (data + *position + 1);
      if (length < 2 || length > size - *position - 1)
        return FALSE;
      if (!read_segment (head, marker, data + *position + 3, length - 2))
        return FALSE;
      *position += 1 + length;
    }

  return TRUE;
}

/* The bytes up to the next marker, stuffed zeros left out. */
static GByteArray *
read_interval (const guint8 *data, gsize size, gsize *position)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*position < size)
    {
      gboolean is_ff = data[*position] == 0xff;

      if (is_ff && (*position + 1 == size || data[*position + 1] != 0))
        break;
      g_byte_array_append (bytes, data + *position, 1);
      *position += is_ff ? 2 : 1;
    }

  return bytes;
}

static gboolean
read_restart (const guint8 *data, gsize size, gsize *position, guint index)
{
  gboolean is_there = FALSE;

  while (*position + 2 < size && data[*position] == 0xff && data[*position + 1] == 0xff)
    ++*position;
  is_there = *position + 2 <= size && data[*position] == 0xff && data[*position + 1] == 0xd0 + index % 8;
  *position += 2;

  return is_there;
}

static gint32
predict (const Head *head, const guint16 *samples, gsize x, gsize y, gboolean is_first_row)
{
  const guint16 *here = samples + y * head->columns + x;
  gint32 a = 0;
  gint32 b = 0;
  gint32 c = 0;

  if (is_first_row)
    return x == 0 ? 1 << (head->precision - head->point_transform - 1) : here[-1];
  b = *(here - head->columns);
  if (x == 0)
    return b;
  a = here[-1];
  c = *(here - head->columns - 1);
  switch (head->predictor)
    {
    case 1:
      return a;
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
    default:
      return (a + b) >> 1;
    }
}

static gboolean
decode_rows (const Head *head, const GByteArray *bytes, gsize y, gsize end, guint16 *samples)
{
  gsize position = 0;
  gsize first = y;

  for (; y < end; y++)
    for (gsize x = 0; x < head->columns; x++)
      {
        guint16 difference = 0;

        if (!reference_read_difference (&head->codes[head->code], bytes->data, (gsize) bytes->len * 8, &position, &difference))
          return FALSE;
        samples[y * head->columns + x] = (guint16) (predict (head, samples, x, y, y == first) + difference);
      }

  return TRUE;
}

static gboolean
decode_scan (const Head *head, const guint8 *data, gsize size, gsize position, guint16 *samples)
{
  gsize step = head->restart_interval == 0 ? head->rows : head->restart_interval / head->columns;

  if (head->restart_interval % head->columns != 0)
    return FALSE;
  for (gsize y = 0; y < head->rows; y += step)
    {
      g_autoptr (GByteArray) bytes = NULL;

      if (y > 0 && !read_restart (data, size, &position, (guint) (y / step) - 1))
        return FALSE;
      bytes = read_interval (data, size, &position);
      if (!decode_rows (head, bytes, y, MIN (y + step, head->rows), samples))
        return FALSE;
    }

  return TRUE;
}

/**
 * reference_decode_jpeg:
 * @data: a codestream
 * @size: its bytes
 * @layout: what it should hold
 * @samples: (out caller-allocates): room for it, little endian
 *
 * Returns: whether it does
 */
gboolean
reference_decode_jpeg (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples)
{
  gsize n = (gsize) layout->rows * layout->columns;
  g_autofree guint16 *values = g_new (guint16, n);
  gsize bytes = layout->bits_allocated / 8u;
  gsize position = 0;
  Head head = { 0 };

  if (!read_head (&head, data, size, &position))
    return FALSE;
  if (head.rows != layout->rows || head.columns != layout->columns || head.precision > layout->bits_allocated || (layout->is_signed && head.precision < layout->bits_stored))
    return FALSE;
  if (!decode_scan (&head, data, size, position, values))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < bytes; k++)
      samples[i * bytes + k] = (guint8) ((guint) values[i] << head.point_transform >> (8 * k));

  return TRUE;
}
