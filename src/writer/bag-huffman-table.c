/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-huffman-table"

#include "config.h"
#include "writer/bag-huffman-table.h"

#include <string.h>

/* ITU-T T.81 annexes C and K.2. One symbol more than there is takes part, as
 * rare as can be: it gets the code of ones only, which T.81 forbids. */

#define N_LEAVES (BAG_HUFFMAN_MAX_SYMBOLS + 1)
#define RESERVED BAG_HUFFMAN_MAX_SYMBOLS

typedef struct
{
  guint64 weight[N_LEAVES]; /* of the tree that the leaf heads, 0 when it heads none */
  guint tree[N_LEAVES];     /* head of the leaf's tree */
  guint depth[N_LEAVES];
} Forest;

/* The lightest tree but @other; of equal ones that of the last leaf, so that the
 * reserved symbol goes deepest. */
static guint
find_lightest (const Forest *forest, guint other)
{
  guint lightest = N_LEAVES;

  for (guint i = 0; i < N_LEAVES; i++)
    if (i != other && forest->weight[i] > 0 && (lightest == N_LEAVES || forest->weight[i] <= forest->weight[lightest]))
      lightest = i;
  return lightest;
}

static void
join (Forest *forest, guint head, guint other)
{
  forest->weight[head] += forest->weight[other];
  forest->weight[other] = 0;
  for (guint i = 0; i < N_LEAVES; i++)
    if (forest->tree[i] == head || forest->tree[i] == other)
      {
        forest->tree[i] = head;
        forest->depth[i]++;
      }
}

static void
grow (Forest *forest, const guint *counts)
{
  guint lightest, next;

  memset (forest, 0, sizeof *forest);
  for (guint i = 0; i < N_LEAVES; i++)
    {
      forest->weight[i] = i == RESERVED ? 1 : (guint64) counts[i] * 2;
      forest->tree[i] = i;
    }
  while ((lightest = find_lightest (forest, N_LEAVES)) < N_LEAVES && (next = find_lightest (forest, lightest)) < N_LEAVES)
    join (forest, next, lightest);
}

/* Eighteen leaves may lie 17 deep: lifts a pair and lets a shorter code branch
 * instead (T.81 figure K.3). */
static void
limit_lengths (guint8 n_codes[N_LEAVES])
{
  guint length = BAG_HUFFMAN_MAX_LENGTH;

  if (n_codes[BAG_HUFFMAN_MAX_LENGTH + 1] == 0)
    return;

  do
    length--;
  while (n_codes[length] == 0);
  n_codes[BAG_HUFFMAN_MAX_LENGTH + 1] = 0;
  n_codes[BAG_HUFFMAN_MAX_LENGTH]++;
  n_codes[length + 1] = (guint8) (n_codes[length + 1] + 2);
  n_codes[length]--;
}

static void
drop_reserved (guint8 n_codes[N_LEAVES])
{
  guint length = BAG_HUFFMAN_MAX_LENGTH;

  while (n_codes[length] == 0)
    length--;
  n_codes[length]--;
}

/* Symbols in the order of their depth: the common ones get the short codes. */
static void
sort_symbols (BagHuffmanTable *self, const Forest *forest, const guint *counts)
{
  for (guint depth = 1; depth < N_LEAVES; depth++)
    for (guint i = 0; i < BAG_HUFFMAN_MAX_SYMBOLS; i++)
      if (counts[i] > 0 && forest->depth[i] == depth)
        self->symbols[self->n_symbols++] = (guint8) i;
}

/* T.81 figures C.1 to C.3. */
static void
assign_codes (BagHuffmanTable *self)
{
  guint code = 0;
  guint next = 0;

  for (guint length = 1; length <= BAG_HUFFMAN_MAX_LENGTH; length++)
    {
      for (guint i = 0; i < self->n_codes[length]; i++)
        {
          guint symbol = self->symbols[next++];

          self->codes[symbol] = (guint16) code++;
          self->lengths[symbol] = (guint8) length;
        }
      code <<= 1;
    }
  g_assert (next == self->n_symbols);
}

/*
 * bag_huffman_table_init:
 * @counts: how often each symbol occurs; at least one must
 *
 * Makes the codes for symbols of these frequencies.
 */
void
bag_huffman_table_init (BagHuffmanTable *self, const guint counts[BAG_HUFFMAN_MAX_SYMBOLS])
{
  guint8 n_codes[N_LEAVES] = { 0 };
  Forest forest;

  memset (self, 0, sizeof *self);
  grow (&forest, counts);
  for (guint i = 0; i < N_LEAVES; i++)
    if (forest.depth[i] > 0)
      n_codes[forest.depth[i]]++;
  limit_lengths (n_codes);
  drop_reserved (n_codes);
  memcpy (self->n_codes, n_codes, sizeof self->n_codes);
  sort_symbols (self, &forest, counts);
  assign_codes (self);
}
