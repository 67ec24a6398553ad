/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-bit-reader.h"
#include "dicos/bag-huffman-table.h"

G_BEGIN_DECLS

#define BAG_DIFFERENCE_READER_MAX_PARTS 3

/**
 * BagDifferenceReader:
 *
 * Huffman-coded bits to differences, several streams of bits at a time. Of one
 * thread at a time.
 */
typedef struct _BagDifferenceReader BagDifferenceReader;

/* Differences that follow each other, in the reader's memory until the next call. */
typedef struct
{
  const guint16 *differences;
  gsize n;
} BagDifferencePart;

BagDifferenceReader *bag_difference_reader_new (void);
void bag_difference_reader_free (BagDifferenceReader *self);
guint bag_difference_reader_read (BagDifferenceReader *self, const BagHuffmanTable *table, BagBitReader *bits, BagDifferencePart *parts);

G_END_DECLS
