/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-tone-line.h"

#include <math.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define HAVE_VECTORS 1
#include <immintrin.h>
#else
#define HAVE_VECTORS 0
#endif

/*
 * Each path does the same: a multiplication and an addition, rounded apart, the cut to whole
 * numbers, and the clamp to 0..255, which is what packing with saturation does. So they
 * agree in every bit, and whoever has tried one has tried all.
 */
#define MAX_LEVEL (1 << 30) /* beyond it the cut to whole numbers would overflow */

static inline guint32
get_pixel (const BagToneLine *self, guint16 stored)
{
  float value = self->is_signed ? (float) (gint16) stored : (float) stored;
  int level = (int) (value * self->scale + self->offset);

  return ((guint32) CLAMP (level, 0, 255) ^ self->flip) * 0x010101u;
}

static void
apply_singly (const BagToneLine *self, const guint16 *stored, gsize n, guint32 *pixels)
{
  for (gsize i = 0; i < n; i++)
    pixels[i] = get_pixel (self, stored[i]);
}

#if HAVE_VECTORS

/* Four stored values, in the upper halves of @words, to whole levels. */
static inline __m128i
get_levels_sse2 (__m128i words, gboolean is_signed, __m128 scale, __m128 offset)
{
  __m128i values = is_signed ? _mm_srai_epi32 (words, 16) : _mm_srli_epi32 (words, 16);

  return _mm_cvttps_epi32 (_mm_add_ps (_mm_mul_ps (_mm_cvtepi32_ps (values), scale), offset));
}

/* Eight stored values to grey levels of 16 bits, not yet clamped from below. */
static inline __m128i
get_greys_sse2 (const guint16 *stored, gboolean is_signed, __m128 scale, __m128 offset)
{
  __m128i words = _mm_loadu_si128 ((const __m128i *) (gconstpointer) stored);
  __m128i low = get_levels_sse2 (_mm_unpacklo_epi16 (words, words), is_signed, scale, offset);
  __m128i high = get_levels_sse2 (_mm_unpackhi_epi16 (words, words), is_signed, scale, offset);

  return _mm_packs_epi32 (low, high);
}

static inline void
put_pixels_sse2 (__m128i pairs, guint32 *pixels)
{
  const __m128i rgb = _mm_set1_epi32 (0xffffff);
  __m128i *to = (__m128i *) (gpointer) pixels;

  _mm_storeu_si128 (to, _mm_and_si128 (_mm_unpacklo_epi16 (pairs, pairs), rgb));
  _mm_storeu_si128 (to + 1, _mm_and_si128 (_mm_unpackhi_epi16 (pairs, pairs), rgb));
}

/* Returns: how many pixels were made, sixteen at a time */
static inline __attribute__ ((always_inline)) gsize
apply_sse2 (const BagToneLine *self, gboolean is_signed, const guint16 *stored, gsize n, guint32 *pixels)
{
  const __m128 scale = _mm_set1_ps (self->scale), offset = _mm_set1_ps (self->offset);
  const __m128i flip = _mm_set1_epi8 ((char) self->flip);
  gsize done;

  for (done = 0; done + 16 <= n; done += 16)
    {
      __m128i first = get_greys_sse2 (stored + done, is_signed, scale, offset);
      __m128i second = get_greys_sse2 (stored + done + 8, is_signed, scale, offset);
      __m128i greys = _mm_xor_si128 (_mm_packus_epi16 (first, second), flip);

      put_pixels_sse2 (_mm_unpacklo_epi8 (greys, greys), pixels + done);
      put_pixels_sse2 (_mm_unpackhi_epi8 (greys, greys), pixels + done + 8);
    }

  return done;
}

static void
apply_plain (const BagToneLine *self, const guint16 *stored, gsize n, guint32 *pixels)
{
  gsize done = self->is_signed ? apply_sse2 (self, TRUE, stored, n, pixels) : apply_sse2 (self, FALSE, stored, n, pixels);

  apply_singly (self, stored + done, n - done, pixels + done);
}

/* Eight stored values to whole levels. */
static inline __attribute__ ((always_inline, target ("avx2"))) __m256i
get_levels_avx2 (const guint16 *stored, gboolean is_signed, __m256 scale, __m256 offset)
{
  __m128i words = _mm_loadu_si128 ((const __m128i *) (gconstpointer) stored);
  __m256i values = is_signed ? _mm256_cvtepi16_epi32 (words) : _mm256_cvtepu16_epi32 (words);

  return _mm256_cvttps_epi32 (_mm256_add_ps (_mm256_mul_ps (_mm256_cvtepi32_ps (values), scale), offset));
}

/* Packing mixes the halves of vectors as spreading the levels to pixels puts them back:
 * group @g of four lies in each half where the eight pixels of that group want it. */
static inline __attribute__ ((always_inline, target ("avx2"))) void
put_pixels_avx2 (__m256i greys, int g, guint32 *pixels)
{
  const __m256i spread = _mm256_broadcastsi128_si256 (_mm_set_epi8 (-1, 3, 3, 3, -1, 2, 2, 2, -1, 1, 1, 1, -1, 0, 0, 0));
  const __m256i group = _mm256_add_epi8 (spread, _mm256_set1_epi32 (g * 0x040404));

  _mm256_storeu_si256 ((__m256i *) (gpointer) pixels, _mm256_shuffle_epi8 (greys, group));
}

/* Returns: how many pixels were made, 32 at a time */
static inline __attribute__ ((always_inline, target ("avx2"))) gsize
apply_wide (const BagToneLine *self, gboolean is_signed, const guint16 *stored, gsize n, guint32 *pixels)
{
  const __m256 scale = _mm256_set1_ps (self->scale), offset = _mm256_set1_ps (self->offset);
  const __m256i flip = _mm256_set1_epi8 ((char) self->flip);
  gsize done;

  for (done = 0; done + 32 <= n; done += 32)
    {
      const guint16 *from = stored + done;
      __m256i first = _mm256_packs_epi32 (get_levels_avx2 (from, is_signed, scale, offset), get_levels_avx2 (from + 8, is_signed, scale, offset));
      __m256i second = _mm256_packs_epi32 (get_levels_avx2 (from + 16, is_signed, scale, offset), get_levels_avx2 (from + 24, is_signed, scale, offset));
      __m256i greys = _mm256_xor_si256 (_mm256_packus_epi16 (first, second), flip);

      for (int g = 0; g < 4; g++)
        put_pixels_avx2 (greys, g, pixels + done + 8 * g);
    }

  return done;
}

static __attribute__ ((target ("avx2"))) void
apply_avx2 (const BagToneLine *self, const guint16 *stored, gsize n, guint32 *pixels)
{
  gsize done = self->is_signed ? apply_wide (self, TRUE, stored, n, pixels) : apply_wide (self, FALSE, stored, n, pixels);

  apply_singly (self, stored + done, n - done, pixels + done);
}

#else

static void
apply_plain (const BagToneLine *self, const guint16 *stored, gsize n, guint32 *pixels)
{
  apply_singly (self, stored, n, pixels);
}

#endif

/**
 * bag_tone_path_is_there:
 * @path: a way to make pixels
 *
 * Returns: whether this processor can go it
 */
gboolean
bag_tone_path_is_there (BagTonePath path)
{
#if HAVE_VECTORS
  if (path == BAG_TONE_PATH_AVX2)
    return __builtin_cpu_supports ("avx2") != 0;
#endif

  return path != BAG_TONE_PATH_AVX2;
}

/**
 * bag_tone_line_init:
 * @self: (out caller-allocates): the line
 * @window: a window
 * @slope: of the rescale
 * @intercept: likewise
 * @is_signed: stored values are two's complement
 * @inverted: turn black and white round
 *
 * From PS3.3 C.11.2.1.2.1 and C.11.2.1.3.2, with the half that rounding adds.
 *
 * Returns: whether @window is linear and no level is too large to be cut to a whole number
 */
gboolean
bag_tone_line_init (BagToneLine *self, const BagWindowLevel *window, double slope, double intercept, gboolean is_signed, gboolean inverted)
{
  gboolean is_exact = window->function == BAG_VOI_FUNCTION_LINEAR_EXACT;
  double center = is_exact ? window->center : window->center - 0.5;
  double width = is_exact ? window->width : window->width - 1;
  double scale = 255 * slope / width;
  double offset = ((intercept - center) / width + 0.5) * 255 + 0.5;

  *self = (BagToneLine){ .scale = (float) scale, .offset = (float) offset, .is_signed = is_signed, .flip = inverted ? 255 : 0 };

  return window->function != BAG_VOI_FUNCTION_SIGMOID && fabs (scale) * G_MAXUINT16 + fabs (offset) < MAX_LEVEL;
}

/**
 * bag_tone_line_apply:
 * @self: a line
 * @path: %BAG_TONE_PATH_PLAIN or %BAG_TONE_PATH_AVX2, if that is there
 * @stored: (array length=n): stored values
 * @n: how many
 * @pixels: (out) (array length=n): pixels of a CAIRO_FORMAT_RGB24 surface
 */
void
bag_tone_line_apply (const BagToneLine *self, BagTonePath path, const guint16 *stored, gsize n, guint32 *pixels)
{
#if HAVE_VECTORS
  if (path == BAG_TONE_PATH_AVX2)
    {
      apply_avx2 (self, stored, n, pixels);
      return;
    }
#endif
  apply_plain (self, stored, n, pixels);
}
