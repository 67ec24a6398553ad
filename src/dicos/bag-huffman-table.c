/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-huffman-table"

#include "config.h"

#include "dicos/bag-huffman-table.h"

#include <string.h>

/* Codes of one length are consecutive (T.81 annex C), so that a limit and a base
 * for each length describe them all. */

static gboolean
build_limits (BagHuffmanTable *self)
{
  guint32 code = 0;
  guint index = 0;

  for (guint length = 1; length <= 16; length++)
    {
      guint n = self->counts[length - 1];

      self->bases[length] = (gint32) index - (gint32) code;
      code += n;
      index += n;
      if (code > 1u << length)
        return FALSE;
      self->limits[length] = code << (16 - length);
      code <<= 1;
    }

  return TRUE;
}

/**
 * bag_huffman_table_find_code:
 * @self: a table
 * @window: the next bits, left-justified, at least 16 of them
 * @category: (out): what the code stands for
 *
 * Returns: the bits of the code, 0 when there is no such code
 */
guint
bag_huffman_table_find_code (const BagHuffmanTable *self, guint64 window, guint *category)
{
  guint32 code = (guint32) (window >> 48);
  guint length = 1;

  while (length <= 16 && code >= self->limits[length])
    length++;
  if (length > 16)
    return 0;
  *category = self->values[(gint32) (code >> (16 - length)) + self->bases[length]];

  return length;
}

static void
build_prefixes (BagHuffmanTable *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->prefixes); i++)
    {
      guint category = 0;
      guint length = bag_huffman_table_find_code (self, (guint64) i << (64 - BAG_HUFFMAN_PREFIX_BITS), &category);

      self->prefixes[i] = (guint16) (length <= BAG_HUFFMAN_PREFIX_BITS ? category << 8 | length : 0);
    }
}

/* All beginnings with one code, when its difference is complete within them. */
static void
fill_code (BagHuffmanTable *self, guint8 *singles, guint32 start, guint length, guint category)
{
  guint bits = length + (category & 15); /* 32768 stands alone in category 16, without extra bits */
  guint32 end = start + (1u << (BAG_HUFFMAN_INDEX_BITS - length));

  if (bits > BAG_HUFFMAN_INDEX_BITS)
    return;

  memset (singles + start, (int) bits, end - start);
  while (start < end)
    {
      guint32 next = start + (1u << (BAG_HUFFMAN_INDEX_BITS - bits));
      guint16 difference = 0;

      bag_huffman_table_decode (self, (guint64) start << (64 - BAG_HUFFMAN_INDEX_BITS), &difference);
      for (; start < next; start++)
        self->pairs[start][0] = difference;
    }
}

static void
build_singles (BagHuffmanTable *self, guint8 *singles)
{
  guint32 start = 0;
  guint index = 0;

  memset (self->pairs, 0, sizeof self->pairs);
  for (guint length = 1; length <= BAG_HUFFMAN_INDEX_BITS; length++)
    for (guint n = self->counts[length - 1]; n > 0; n--)
      {
        fill_code (self, singles, start, length, self->values[index++]);
        start += 1u << (BAG_HUFFMAN_INDEX_BITS - length);
      }
}

/* What stands behind a first difference begins an index of its own, but with
 * zeros at its end that are not of the stream: the sum of the bits tells whether
 * they would count. */
static void
build_pairs (BagHuffmanTable *self)
{
  guint8 singles[1 << BAG_HUFFMAN_INDEX_BITS] = { 0 };

  build_singles (self, singles);
  for (guint i = 0; i < G_N_ELEMENTS (singles); i++)
    {
      guint first = singles[i];
      guint rest = i << first & (G_N_ELEMENTS (singles) - 1);
      guint second = singles[rest];
      guint n = first == 0 ? 0 : (second == 0 || first + second > BAG_HUFFMAN_INDEX_BITS ? 1 : 2);

      self->pairs[i][1] = self->pairs[rest][0];
      self->steps[i] = (guint8) (first + (n == 2 ? second : 0) + (n << BAG_HUFFMAN_COUNT_SHIFT));
    }
}

/* T.81 figure F.12: of a difference whose first bit is 0, as many ones are taken off. */
static void
build_longs (BagHuffmanTable *self)
{
  memset (self->longs, 0, sizeof self->longs);
  for (guint i = 0; i < G_N_ELEMENTS (self->longs); i++)
    {
      guint prefix = self->prefixes[i >> (BAG_HUFFMAN_LONG_BITS - BAG_HUFFMAN_PREFIX_BITS)];
      guint length = prefix & 0xff;
      guint category = prefix >> 8;
      gboolean is_negative = (i << length & (1u << (BAG_HUFFMAN_LONG_BITS - 1))) == 0;

      if (length > 0 && length + category <= BAG_HUFFMAN_MAX_LONG && category < 16)
        self->longs[i] = (BagHuffmanLong){ (guint8) length, (guint8) (63 - category), (guint16) (is_negative ? 1 - (1 << category) : 0) };
    }
}

/**
 * bag_huffman_table_set:
 * @self: a table, zeroed before its first use
 * @counts: number of codes of 1..16 bits
 * @values: their categories
 * @n_values: sum of @counts, at most %BAG_HUFFMAN_MAX_VALUES
 *
 * Builds the table, unless it is the one already there: all slices of a scan
 * tend to have the same.
 *
 * Returns: whether the codes are possible and the categories within 0..16
 */
gboolean
bag_huffman_table_set (BagHuffmanTable *self, const guint8 *counts, const guint8 *values, guint n_values)
{
  g_return_val_if_fail (n_values > 0 && n_values <= BAG_HUFFMAN_MAX_VALUES, FALSE);

  if (self->n_values == n_values && memcmp (self->counts, counts, sizeof self->counts) == 0 && memcmp (self->values, values, n_values) == 0)
    return TRUE;

  self->n_values = 0;
  for (guint i = 0; i < n_values; i++)
    if (values[i] > 16)
      return FALSE;

  memcpy (self->counts, counts, sizeof self->counts);
  memcpy (self->values, values, n_values);
  if (!build_limits (self))
    return FALSE;
  build_prefixes (self);
  build_pairs (self);
  build_longs (self);
  self->n_values = n_values;

  return TRUE;
}
