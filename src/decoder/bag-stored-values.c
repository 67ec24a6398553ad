/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-stored-values"

#include "config.h"

#include "decoder/bag-stored-values.h"

#include <string.h>

/* Every slice goes through one of these loops: let the compiler unroll and
 * vectorise them whatever the rest is built with. */
#if defined(__OPTIMIZE__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

/*
 * The one pass from samples, as they lie in a file or come from a codec, to
 * stored values: PS3.5 section 8.1.1 with annex D, PS3.3 C.7.6.3.1. A sample is
 * shifted down to its lowest stored bit, cut to the bits stored (older files
 * keep overlays above them), and sign-extended: (v ^ s) - s with the sign bit
 * s, which is 0 where values are unsigned.
 */
typedef struct
{
  guint shift;
  guint mask;
  guint sign;
} BagSampleBits;

static BagSampleBits
sample_bits_of (const BagPixelLayout *layout)
{
  return (BagSampleBits){
    .shift = (guint) layout->high_bit + 1u - layout->bits_stored,
    .mask = (1u << layout->bits_stored) - 1u,
    .sign = layout->is_signed ? 1u << (layout->bits_stored - 1u) : 0u,
  };
}

static inline guint16
stored_value (guint sample, BagSampleBits bits)
{
  return (guint16) ((((sample >> bits.shift) & bits.mask) ^ bits.sign) - bits.sign);
}

static inline void
convert_8 (const guint8 *samples, guint16 *values, gsize n, BagSampleBits bits)
{
  for (gsize i = 0; i < n; i++)
    values[i] = stored_value (samples[i], bits);
}

/* PS3.5 section 8.1.1: samples of 8 bits in words, the least significant byte first in meaning,
 * that stand in the file with the most significant byte first. */
static inline void
convert_8_big (const guint8 *samples, guint16 *values, gsize n, BagSampleBits bits)
{
  for (gsize i = 0; i + 2 <= n; i += 2)
    {
      guint8 second = samples[i];
      guint8 first = samples[i + 1];

      values[i] = stored_value (first, bits);
      values[i + 1] = stored_value (second, bits);
    }
}

static inline void
convert_16_little (const guint16 *samples, guint16 *values, gsize n, BagSampleBits bits)
{
  for (gsize i = 0; i < n; i++)
    values[i] = stored_value (GUINT16_FROM_LE (samples[i]), bits);
}

static inline void
convert_16_big (const guint16 *samples, guint16 *values, gsize n, BagSampleBits bits)
{
  for (gsize i = 0; i < n; i++)
    values[i] = stored_value (GUINT16_FROM_BE (samples[i]), bits);
}

static gboolean
is_plain (const BagPixelLayout *layout)
{
  return layout->bits_allocated == 16 && layout->bits_stored == 16 && layout->is_big_endian == (G_BYTE_ORDER == G_BIG_ENDIAN);
}

/* In place is a case of its own: the compiler then knows that nothing overlaps otherwise. */
static void
convert_16 (const BagPixelLayout *layout, const guint16 *samples, guint16 *values, gsize n)
{
  BagSampleBits bits = sample_bits_of (layout);

  if (layout->is_big_endian && samples == values)
    convert_16_big (values, values, n, bits);
  else if (layout->is_big_endian)
    convert_16_big (samples, values, n, bits);
  else if (samples == values)
    convert_16_little (values, values, n, bits);
  else
    convert_16_little (samples, values, n, bits);
}

/**
 * bag_stored_values_from_samples:
 * @layout: a checked layout of samples of 8 or 16 bits
 * @samples: the samples of one frame, row by row
 * @samples_size: their bytes: at least those of the frame
 * @dest: (out): room for rows * columns 16-bit values, aligned to 2 bytes
 * @dest_size: its bytes
 *
 * Writes the stored values of one frame in host order; signed ones as two's
 * complement. @samples may be @dest itself when samples have 16 bits, and the
 * upper half of @dest when they have 8: each sample is read before anything
 * is written over it. Pure; any thread.
 *
 * Returns: whether both sizes suffice and samples are not wide; nothing is written else
 */
gboolean
bag_stored_values_from_samples (const BagPixelLayout *layout,
                                gconstpointer samples,
                                gsize samples_size,
                                gpointer dest,
                                gsize dest_size)
{
  gsize n;

  g_return_val_if_fail (layout != NULL && samples != NULL && dest != NULL, FALSE);

  n = (gsize) layout->rows * layout->columns;
  if (bag_pixel_layout_is_wide (layout) || samples_size < n * (layout->bits_allocated / 8u) || dest_size < n * sizeof (guint16))
    return FALSE;

  if (layout->bits_allocated == 8 && layout->is_big_endian)
    convert_8_big (samples, dest, n, sample_bits_of (layout));
  else if (layout->bits_allocated == 8)
    convert_8 (samples, dest, n, sample_bits_of (layout));
  else if (!is_plain (layout))
    convert_16 (layout, samples, dest, n);
  else if (samples != dest)
    memcpy (dest, samples, n * sizeof (guint16));

  return TRUE;
}
