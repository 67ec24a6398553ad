/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_HUFFMAN_INDEX_BITS 12
#define BAG_HUFFMAN_MAX_VALUES 17 /* difference categories 0..16 */
#define BAG_HUFFMAN_ESCAPE 0x80000000u

/**
 * BagHuffmanTable:
 *
 * Codes of difference categories (ITU-T T.81 annex C and H.1.2.2), arranged so
 * that one look-up yields the finished difference for all short codes.
 */
typedef struct
{
  guint8 counts[16];                     /* codes of 1..16 bits, as in the file */
  guint8 values[BAG_HUFFMAN_MAX_VALUES]; /* categories, as in the file */
  guint n_values;                        /* 0 when not defined */
  /* Of each length: codes below this limit (left-justified in 16 bits) are this long. */
  guint32 limits[17];
  gint32 bases[17]; /* index of the value = (code >> (16 - length)) + base */
  /* Difference in the low 16 bits, all its bits' count from bit 16 on, or BAG_HUFFMAN_ESCAPE. */
  guint32 lookup[1 << BAG_HUFFMAN_INDEX_BITS];
} BagHuffmanTable;

gboolean bag_huffman_table_set (BagHuffmanTable *self, const guint8 *counts, const guint8 *values, guint n_values);

/* @window: the next bits, left-justified, at least 32 of them. Returns the
 * number of bits used, 0 when there is no such code. */
static inline guint
bag_huffman_table_decode (const BagHuffmanTable *self, guint64 window, guint16 *difference)
{
  guint32 code = (guint32) (window >> 48);
  guint length = 1;
  guint category = 0;
  guint32 extra = 0;

  while (length <= 16 && code >= self->limits[length])
    length++;
  if (length > 16)
    return 0;

  category = self->values[(gint32) (code >> (16 - length)) + self->bases[length]];
  if (category == 0 || category == 16)
    {
      *difference = category == 0 ? 0 : 32768;
      return length;
    }

  extra = (guint32) ((window << length) >> (64 - category));
  if (extra < 1u << (category - 1))
    extra -= (1u << category) - 1;
  *difference = (guint16) extra;

  return length + category;
}

G_END_DECLS
