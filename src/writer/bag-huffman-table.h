/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BAG_HUFFMAN_MAX_SYMBOLS 17u /* categories 0 to 16 of T.81 table H.2 */
#define BAG_HUFFMAN_MAX_LENGTH 16u

/**
 * BagHuffmanTable:
 *
 * The shortest prefix codes for the symbols of one frame.
 */
typedef struct
{
  guint n_symbols;                            /* in @symbols */
  guint8 n_codes[BAG_HUFFMAN_MAX_LENGTH + 1]; /* codes of each length: BITS */
  guint8 symbols[BAG_HUFFMAN_MAX_SYMBOLS];    /* by length, then by value: HUFFVAL */
  guint16 codes[BAG_HUFFMAN_MAX_SYMBOLS];     /* of each symbol */
  guint8 lengths[BAG_HUFFMAN_MAX_SYMBOLS];    /* of each symbol, 0 when it has no code */
} BagHuffmanTable;

void bag_huffman_table_init (BagHuffmanTable *self, const guint counts[BAG_HUFFMAN_MAX_SYMBOLS]);

G_END_DECLS
