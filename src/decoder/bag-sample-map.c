/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-sample-map"

#include "config.h"

#include "decoder/bag-sample-map.h"

#include <float.h>
#include <math.h>
#include <string.h>

#if defined(__OPTIMIZE__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

/*
 * Samples of 32 and 64 bits: from bytes to numbers, and from numbers to what a
 * slot holds. A double holds each of them, but for integers beyond 2^53, whose
 * last digits are rounded.
 */

#define N_STORED 65536u
#define MAX_END 1e300 /* so that the distance of both ends is a number */

/* In words (PS3.5 section 8.1.1 with OW): the words are turned, not what they make up. */
static inline guint32
fetch_32 (const guint8 *p, const BagPixelLayout *layout)
{
  guint32 bits = 0;

  memcpy (&bits, p, sizeof bits);
  if (!layout->is_big_endian)
    return GUINT32_FROM_LE (bits);
  bits = GUINT32_FROM_BE (bits);

  return layout->is_in_words ? bits << 16 | bits >> 16 : bits;
}

static inline guint64
fetch_64 (const guint8 *p, const BagPixelLayout *layout)
{
  guint64 bits = 0;

  memcpy (&bits, p, sizeof bits);
  if (!layout->is_big_endian)
    return GUINT64_FROM_LE (bits);
  bits = GUINT64_FROM_BE (bits);
  if (layout->is_in_words)
    {
      bits = (bits & 0xffff0000ffff0000u) >> 16 | (bits & 0x0000ffff0000ffffu) << 16;
      bits = bits << 32 | bits >> 32;
    }

  return bits;
}

static void
load_floats (const BagPixelLayout *layout, const guint8 *samples, gsize n, double *numbers)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 bits = fetch_32 (samples + 4 * i, layout);
      float number = 0;

      memcpy (&number, &bits, sizeof number);
      numbers[i] = number;
    }
}

static void
load_doubles (const BagPixelLayout *layout, const guint8 *samples, gsize n, double *numbers)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits = fetch_64 (samples + 8 * i, layout);

      memcpy (&numbers[i], &bits, sizeof bits);
    }
}

/* As stored values of 16 bits are made: shifted down, cut, sign-extended (PS3.5 section 8.1.1). */
static void
load_integers (const BagPixelLayout *layout, const guint8 *samples, gsize n, double *numbers)
{
  guint shift = (guint) layout->high_bit + 1u - layout->bits_stored;
  guint64 mask = G_MAXUINT64 >> (64u - layout->bits_stored);
  guint64 sign = layout->is_signed ? (guint64) 1 << (layout->bits_stored - 1u) : 0;

  for (gsize i = 0; i < n; i++)
    {
      guint64 bits = layout->bits_allocated == 32 ? fetch_32 (samples + 4 * i, layout) : fetch_64 (samples + 8 * i, layout);
      guint64 value = (((bits >> shift) & mask) ^ sign) - sign;

      numbers[i] = layout->is_signed ? (double) (gint64) value : (double) value;
    }
}

/**
 * bag_wide_samples_load:
 * @layout: a checked layout of wide samples
 * @samples: samples as they lie in a file, at any address
 * @n: how many
 * @numbers: (out): room for @n
 *
 * Pure; any thread.
 */
void
bag_wide_samples_load (const BagPixelLayout *layout, gconstpointer samples, gsize n, double *numbers)
{
  g_return_if_fail (layout != NULL && samples != NULL && numbers != NULL);
  g_return_if_fail (bag_pixel_layout_is_wide (layout));

  if (!layout->is_float)
    load_integers (layout, samples, n, numbers);
  else if (layout->bits_allocated == 32)
    load_floats (layout, samples, n, numbers);
  else
    load_doubles (layout, samples, n, numbers);
}

/**
 * bag_sample_sums_init:
 * @self: (out caller-allocates): sums of nothing
 */
void
bag_sample_sums_init (BagSampleSums *self)
{
  *self = (BagSampleSums){ .min = INFINITY, .max = -INFINITY };
}

/**
 * bag_sample_sums_add:
 * @self: sums
 * @numbers: what is added
 * @n: how many
 *
 * Each call sums up on its own first: the blocks of a large scan lose less to rounding so.
 */
void
bag_sample_sums_add (BagSampleSums *self, const double *numbers, gsize n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      if (!isfinite (numbers[i]))
        {
          self->n_invalid++;
          continue;
        }
      self->min = fmin (self->min, numbers[i]);
      self->max = fmax (self->max, numbers[i]);
      sum += numbers[i];
      self->n++;
    }
  self->sum += sum;
}

static void
make_exact (BagSampleMap *self, double low, double high)
{
  gboolean is_16_bit = low >= 0 && high < N_STORED;

  self->first = 0;
  self->step = 1;
  self->offset = is_16_bit ? 0 : floor ((low + high) / 2) - (N_STORED / 2 - 1);
}

/**
 * bag_sample_map_make:
 * @self: (out caller-allocates): a map
 * @layout: of the samples
 * @low: the least sample that is told apart
 * @high: the greatest
 *
 * Integers that 65,536 stored values can hold are held as they are, with room on both sides.
 */
void
bag_sample_map_make (BagSampleMap *self, const BagPixelLayout *layout, double low, double high)
{
  double width;

  g_return_if_fail (self != NULL && layout != NULL);

  low = CLAMP (low, -MAX_END, MAX_END);
  high = CLAMP (high, low, MAX_END);
  width = high - low;
  if (!layout->is_float && width < N_STORED)
    {
      make_exact (self, low, high);
      return;
    }

  self->first = layout->is_float ? 1 : 0;
  self->step = width > 0 ? fmax (width / (N_STORED - 1 - self->first), DBL_MIN) : 1;
  self->offset = low - self->first * self->step;
}

/**
 * bag_sample_map_apply:
 * @self: a map
 * @numbers: samples
 * @n: how many
 * @stored: (out): room for @n stored values; 0 for what is infinite or not a number
 *
 * Pure; any thread.
 */
void
bag_sample_map_apply (const BagSampleMap *self, const double *numbers, gsize n, guint16 *stored)
{
  const double least = self->first;
  const double offset = self->offset;
  const double step = self->step;

  for (gsize i = 0; i < n; i++)
    {
      double place = (numbers[i] - offset) / step + 0.5;

      place = place > least ? place : least;
      place = place < N_STORED - 1 ? place : N_STORED - 1;
      stored[i] = fabs (numbers[i]) <= DBL_MAX ? (guint16) place : 0;
    }
}

/**
 * bag_sample_map_is_exact:
 * @self: a map
 * @layout: of the samples
 *
 * Returns: whether stored values between both ends are the samples themselves
 */
gboolean
bag_sample_map_is_exact (const BagSampleMap *self, const BagPixelLayout *layout)
{
  return !layout->is_float && self->step == 1;
}
