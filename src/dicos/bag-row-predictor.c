/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-row-predictor"

#include "config.h"

#include "dicos/bag-row-predictor.h"

#include <string.h>

/* Samples from differences (ITU-T T.81 table H.1), modulo 2^16. A sample that is
 * predicted from its left neighbour needs that one first; but where it enters as it
 * is, the row is a running sum, which eight lanes work out in three steps. Only
 * predictors 6 and 7, which halve the neighbour, go sample by sample. */

#define N_LANES 8u

typedef guint16 Lanes __attribute__ ((vector_size (2 * N_LANES)));

static inline Lanes
load (const guint16 *from)
{
  Lanes lanes;

  memcpy (&lanes, from, sizeof lanes);
  return lanes;
}

static inline void
store (guint16 *to, Lanes lanes)
{
  memcpy (to, &lanes, sizeof lanes);
}

static inline Lanes
sum_lanes (Lanes x)
{
  const Lanes zero = { 0 };

  x += __builtin_shufflevector (zero, x, 0, 8, 9, 10, 11, 12, 13, 14);
  x += __builtin_shufflevector (zero, x, 0, 0, 8, 9, 10, 11, 12, 13);
  x += __builtin_shufflevector (zero, x, 0, 0, 0, 0, 8, 9, 10, 11);

  return x;
}

/* @row may be @differences. */
static void
add_left (const guint16 *differences, guint16 *row, gsize n)
{
  Lanes before = { 0 };
  gsize i = 0;

  before += row[-1];
  for (; i + N_LANES <= n; i += N_LANES)
    {
      Lanes sums = sum_lanes (load (differences + i));

      store (row + i, sums + before);
      before += __builtin_shufflevector (sums, sums, 7, 7, 7, 7, 7, 7, 7, 7);
    }
  for (; i < n; i++)
    row[i] = (guint16) (row[i - 1] + differences[i]);
}

static void
add_above (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  gsize i = 0;

  for (; i + N_LANES <= n; i += N_LANES)
    store (row + i, load (differences + i) + load (above + i));
  for (; i < n; i++)
    row[i] = (guint16) (differences[i] + above[i]);
}

/* Difference and rise of the row above: with the left neighbour predictor 4. */
static void
add_rise (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  gsize i = 0;

  for (; i + N_LANES <= n; i += N_LANES)
    store (row + i, load (differences + i) + load (above + i) - load (above + i - 1));
  for (; i < n; i++)
    row[i] = (guint16) (differences[i] + above[i] - above[i - 1]);
}

/* The same with half the rise, rounded down: predictor 5. The halves' difference is
 * one too many where the second number alone is odd. */
static void
add_half_rise (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  gsize i = 0;

  for (; i + N_LANES <= n; i += N_LANES)
    {
      Lanes b = load (above + i);
      Lanes c = load (above + i - 1);

      store (row + i, load (differences + i) + (b >> 1) - (c >> 1) - (~b & c & 1));
    }
  for (; i < n; i++)
    row[i] = (guint16) (differences[i] + ((above[i] - above[i - 1]) >> 1));
}

/* In both of these all but the left neighbour is put together first, twice as large:
 * what each sample has to wait for is one addition and one shift. */
static void
add_half_slope (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  gint32 left = row[-1];

  for (gsize i = 0; i < n; i++)
    {
      left = ((left + (2 * (above[i] + differences[i]) - above[i - 1])) >> 1) & 0xffff;
      row[i] = (guint16) left;
    }
}

static void
add_mean (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  gint32 left = row[-1];

  for (gsize i = 0; i < n; i++)
    {
      left = ((left + (2 * differences[i] + above[i])) >> 1) & 0xffff;
      row[i] = (guint16) left;
    }
}

/**
 * bag_row_predict:
 * @predictor: 1 to 7
 * @differences: of @n samples
 * @above: (nullable): the samples above them, with one more before; %NULL for predictor 1
 * @row: (out caller-allocates): the samples; the one before them is there already
 * @n: how many
 *
 * Part of a row, its first sample excepted. None of the arrays may overlap.
 */
void
bag_row_predict (guint predictor, const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  switch (predictor)
    {
    case 2:
      add_above (differences, above, row, n);
      break;
    case 3:
      add_above (differences, above - 1, row, n);
      break;
    case 4:
      add_rise (differences, above, row, n);
      add_left (row, row, n);
      break;
    case 5:
      add_half_rise (differences, above, row, n);
      add_left (row, row, n);
      break;
    case 6:
      add_half_slope (differences, above, row, n);
      break;
    case 7:
      add_mean (differences, above, row, n);
      break;
    default:
      add_left (differences, row, n);
      break;
    }
}
