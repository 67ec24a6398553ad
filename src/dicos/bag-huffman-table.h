/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_HUFFMAN_MAX_VALUES 17  /* difference categories 0..16 */
#define BAG_HUFFMAN_PREFIX_BITS 9  /* most codes are no longer */
#define BAG_HUFFMAN_INDEX_BITS 12  /* more, and the tables leave the nearest cache */
#define BAG_HUFFMAN_LONG_BITS 10   /* a code of BAG_HUFFMAN_PREFIX_BITS and the sign behind it */
#define BAG_HUFFMAN_MAX_LONG 21u   /* bits of such a difference with its code */
#define BAG_HUFFMAN_COUNT_SHIFT 6u /* of a step: bits used below, differences above */
#define BAG_HUFFMAN_BITS_MASK 63u

/* How a difference comes out of the bits behind its code, without a branch. */
typedef struct
{
  guint8 length; /* of the code; 0 where there is nothing to be said */
  guint8 shift;  /* 63 - category */
  guint16 offset;
} BagHuffmanLong;

/**
 * BagHuffmanTable:
 *
 * Codes of difference categories (ITU-T T.81 annex C and H.1.2.2), arranged so
 * that one look-up yields one or two finished differences.
 */
typedef struct
{
  guint8 counts[16];                     /* codes of 1..16 bits, as in the file */
  guint8 values[BAG_HUFFMAN_MAX_VALUES]; /* categories, as in the file */
  guint n_values;                        /* 0 when not defined */
  /* Of each length: codes below this limit (left-justified in 16 bits) are this long. */
  guint32 limits[17];
  gint32 bases[17]; /* index of the value = (code >> (16 - length)) + base */
  /* Of each beginning: length of its code in the low byte, category above; 0 when it is longer. */
  guint16 prefixes[1 << BAG_HUFFMAN_PREFIX_BITS];
  /* Of each beginning: the step, 0 when not even one difference is complete. Apart
   * from the differences, because only the steps are waited for. */
  guint8 steps[1 << BAG_HUFFMAN_INDEX_BITS];
  guint16 pairs[1 << BAG_HUFFMAN_INDEX_BITS][2];
  /* Of each beginning up to the sign behind the code. */
  BagHuffmanLong longs[1 << BAG_HUFFMAN_LONG_BITS];
} BagHuffmanTable;

gboolean bag_huffman_table_set (BagHuffmanTable *self, const guint8 *counts, const guint8 *values, guint n_values);
guint bag_huffman_table_find_code (const BagHuffmanTable *self, guint64 window, guint *category);

/* @window: the next bits, left-justified, at least 31 of them (a code of 16 and
 * 15 more). Returns the number of bits used, 0 when there is no such code. What
 * sign a difference has is as good as random: so it is no branch (T.81 H.1.2.2
 * and figure F.12). */
static inline guint
bag_huffman_table_decode (const BagHuffmanTable *self, guint64 window, guint16 *difference)
{
  guint prefix = self->prefixes[window >> (64 - BAG_HUFFMAN_PREFIX_BITS)];
  guint length = prefix & 0xff;
  guint category = prefix >> 8;
  guint64 extra = 0;
  guint32 negative = 0;

  if (G_UNLIKELY (prefix == 0))
    {
      length = bag_huffman_table_find_code (self, window, &category);
      if (length == 0)
        return 0;
    }
  if (G_UNLIKELY (category == 16))
    {
      *difference = 32768;
      return length;
    }

  extra = window << length;
  negative = (guint32) (extra >> 63) - 1;
  *difference = (guint16) ((guint32) (extra >> 1 >> (63 - category)) - (negative & ((1u << category) - 1)));

  return length + category;
}

/* The same by @longs, at most BAG_HUFFMAN_MAX_LONG bits of @window: 0 where there is no entry. */
static inline guint
bag_huffman_table_decode_long (const BagHuffmanTable *self, guint64 window, guint16 *difference)
{
  BagHuffmanLong entry = self->longs[window >> (64 - BAG_HUFFMAN_LONG_BITS)];

  *difference = (guint16) ((window << entry.length >> 1 >> entry.shift) + entry.offset);

  return entry.length == 0 ? 0 : entry.length + 63u - entry.shift;
}

G_END_DECLS
