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

static void
build_lookup (BagHuffmanTable *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lookup); i++)
    {
      guint16 difference = 0;
      guint bits = bag_huffman_table_decode (self, (guint64) i << (64 - BAG_HUFFMAN_INDEX_BITS), &difference);

      if (bits == 0 || bits > BAG_HUFFMAN_INDEX_BITS)
        self->lookup[i] = BAG_HUFFMAN_ESCAPE;
      else
        self->lookup[i] = bits << 16 | difference;
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
  build_lookup (self);
  self->n_values = n_values;

  return TRUE;
}
