/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-row-predictor"

#include "config.h"

#include "dicos/bag-row-predictor.h"

#include <string.h>

/* Samples from differences (ITU-T T.81 table H.1), modulo 2^16. A sample that is
 * predicted from its left neighbour needs that one first; but where it enters as it
 * is, the row is a running sum, which eight lanes work out in three steps. Predictors
 * 6 and 7 halve the neighbour: four samples on it counts a sixteenth, so that four can
 * be worked out from one, as long as none of them leaves the 16 bits. */

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

/* @row may be @differences. Its left neighbour is (row + i)[-1]: row[i - 1] would count from far beyond
 * the end of all memory where @i is 0 and has no sign. */
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
    row[i] = (guint16) ((row + i)[-1] + differences[i]);
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
    row[i] = (guint16) (differences[i] + above[i] - (above + i)[-1]);
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
    row[i] = (guint16) (differences[i] + ((above[i] - (above + i)[-1]) >> 1));
}

/* All that is halved but the left neighbour, twice as large as the difference. */
static G_ALWAYS_INLINE inline gint32
get_term (const guint16 *differences, const guint16 *above, gsize i, gboolean is_slope)
{
  gint32 difference = (gint16) differences[i];

  return is_slope ? 2 * (above[i] + difference) - (above + i)[-1] : 2 * difference + above[i];
}

/* Sample by sample, modulo 2^16. */
static G_ALWAYS_INLINE inline void
halve_each (const guint16 *differences, const guint16 *above, guint16 *row, gsize n, gboolean is_slope)
{
  gint32 left = row[-1];

  for (gsize i = 0; i < n; i++)
    {
      left = ((left + get_term (differences, above, i, is_slope)) >> 1) & 0xffff;
      row[i] = (guint16) left;
    }
}

static G_ALWAYS_INLINE inline gint32
put (guint16 *to, gint32 value)
{
  *to = (guint16) value;

  return value;
}

/* Halves rounded down, halved again and rounded down, are quarters rounded down.
 * Returns whether no sample left the 16 bits, so that all of them are right. */
static G_ALWAYS_INLINE inline gboolean
halve_ahead (const guint16 *differences, const guint16 *above, guint16 *row, gsize n, gboolean is_slope)
{
  gint32 left = row[-1];
  gint32 seen = 0;

  for (gsize i = 0; i + 4 <= n; i += 4)
    {
      gint32 one = get_term (differences, above, i, is_slope);
      gint32 two = one + 2 * get_term (differences, above, i + 1, is_slope);
      gint32 three = two + 4 * get_term (differences, above, i + 2, is_slope);
      gint32 four = three + 8 * get_term (differences, above, i + 3, is_slope);

      seen |= put (row + i, (left + one) >> 1);
      seen |= put (row + i + 1, (left + two) >> 2);
      seen |= put (row + i + 2, (left + three) >> 3);
      left = put (row + i + 3, (left + four) >> 4);
      seen |= left;
    }

  return (seen & ~0xffff) == 0;
}

static G_ALWAYS_INLINE inline void
add_half (const guint16 *differences, const guint16 *above, guint16 *row, gsize n, gboolean is_slope)
{
  gsize done = halve_ahead (differences, above, row, n, is_slope) ? n - n % 4 : 0;

  halve_each (differences + done, above + done, row + done, n - done, is_slope);
}

static void
add_half_slope (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  add_half (differences, above, row, n, TRUE);
}

static void
add_mean (const guint16 *differences, const guint16 *above, guint16 *row, gsize n)
{
  add_half (differences, above, row, n, FALSE);
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
