/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-sample-map.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define FLOAT(bits) .rows = 1, .columns = 1, .bits_allocated = bits, .bits_stored = bits, .high_bit = bits - 1, .is_signed = TRUE, .is_float = TRUE
#define INTEGER(bits) .rows = 1, .columns = 1, .bits_allocated = bits, .bits_stored = bits, .high_bit = bits - 1

typedef struct
{
  BagPixelLayout layout;
  guint8 bytes[8];
  double number;
} Sample;

static const Sample samples[] = {
  { { FLOAT (32) }, { 0x00, 0x00, 0xc0, 0x3f }, 1.5 },
  { { FLOAT (32), .is_big_endian = TRUE }, { 0x3f, 0xc0, 0x00, 0x00 }, 1.5 },
  { { FLOAT (64) }, { 0, 0, 0, 0, 0, 0, 0xf8, 0xbf }, -1.5 },
  { { FLOAT (64), .is_big_endian = TRUE }, { 0xbf, 0xf8, 0, 0, 0, 0, 0, 0 }, -1.5 },
  { { INTEGER (32) }, { 0x04, 0x03, 0x02, 0x81 }, 0x81020304u },
  { { INTEGER (32), .is_signed = TRUE }, { 0x04, 0x03, 0x02, 0x81 }, (gint32) 0x81020304u },
  { { INTEGER (32), .is_big_endian = TRUE }, { 0x01, 0x02, 0x03, 0x04 }, 0x01020304u },
  { { INTEGER (32), .is_big_endian = TRUE, .is_in_words = TRUE }, { 0x03, 0x04, 0x01, 0x02 }, 0x01020304u },
  { { INTEGER (64) }, { 8, 7, 6, 5, 4, 3, 0, 0 }, 0x030405060708 },
  { { INTEGER (64), .is_signed = TRUE }, { 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, -2 },
  { { INTEGER (64), .is_big_endian = TRUE }, { 0, 0, 3, 4, 5, 6, 7, 8 }, 0x030405060708 },
  { { INTEGER (64), .is_big_endian = TRUE, .is_in_words = TRUE }, { 7, 8, 5, 6, 3, 4, 0, 0 }, 0x030405060708 },
  { { .rows = 1, .columns = 1, .bits_allocated = 32, .bits_stored = 12, .high_bit = 19, .is_signed = TRUE }, { 0xff, 0xff, 0xf8, 0xff }, -1793 },
};

static void
test_load (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      double number = 0;

      g_assert_true (bag_pixel_layout_check (&samples[i].layout, NULL));
      bag_wide_samples_load (&samples[i].layout, samples[i].bytes, 1, &number);
      g_assert_cmpfloat (number, ==, samples[i].number);
    }
}

static guint16
map_one (const BagSampleMap *map, double number)
{
  guint16 stored = 0;

  bag_sample_map_apply (map, &number, 1, &stored);

  return stored;
}

/* No number is farther from what it becomes than half a step, and nothing else becomes 0. */
static void
assert_maps (const BagPixelLayout *layout, double low, double high)
{
  BagSampleMap map;
  guint before = 0;

  bag_sample_map_make (&map, layout, low, high);
  g_assert_cmpfloat (map.step, >, 0);
  for (guint i = 0; i <= 1000; i++)
    {
      double number = layout->is_float ? low + (high - low) * i / 1000 : floor (low + (high - low) * i / 1000);
      guint stored = map_one (&map, number);

      g_assert_cmpuint (stored, >=, map.first);
      g_assert_cmpuint (stored, >=, before);
      g_assert_cmpfloat (fabs (map.offset + map.step * stored - number), <=, map.step * 0.5000001 + fabs (number) * DBL_EPSILON * 4);
      before = stored;
    }
}

static void
test_float_map (void)
{
  const BagPixelLayout layout = { FLOAT (32) };
  BagSampleMap map;

  assert_maps (&layout, -1000, 3000);
  assert_maps (&layout, 1e-9, 2e-9);
  assert_maps (&layout, 5, 5);
  assert_maps (&layout, -FLT_MAX, FLT_MAX);
  bag_sample_map_make (&map, &layout, -DBL_MAX, DBL_MAX);
  g_assert_true (isfinite (map.offset) && isfinite (map.step));

  bag_sample_map_make (&map, &layout, -1000, 3000);
  g_assert_false (bag_sample_map_is_exact (&map, &layout));
  g_assert_cmpuint (map_one (&map, NAN), ==, 0);
  g_assert_cmpuint (map_one (&map, INFINITY), ==, 0);
  g_assert_cmpuint (map_one (&map, -INFINITY), ==, 0);
  g_assert_cmpuint (map_one (&map, -DBL_MAX), ==, 1);
  g_assert_cmpuint (map_one (&map, -1000), ==, 1);
  g_assert_cmpuint (map_one (&map, 3000), ==, G_MAXUINT16);
  g_assert_cmpuint (map_one (&map, DBL_MAX), ==, G_MAXUINT16);
}

static void
test_integer_map (void)
{
  const BagPixelLayout layout = { INTEGER (32), .is_signed = TRUE };
  static const double exact[][2] = { { 0, 65535 }, { -1, 65534 }, { -70000, -4465 }, { G_MININT32, G_MININT32 + 9.0 }, { 65536, 65536 } };
  BagSampleMap map;

  assert_maps (&layout, G_MININT32, G_MAXINT32);
  for (guint i = 0; i < G_N_ELEMENTS (exact); i++)
    {
      bag_sample_map_make (&map, &layout, exact[i][0], exact[i][1]);
      g_assert_true (bag_sample_map_is_exact (&map, &layout));
      for (guint end = 0; end < 2; end++)
        g_assert_cmpfloat (map.offset + map_one (&map, exact[i][end]), ==, exact[i][end]);
    }
  bag_sample_map_make (&map, &layout, 3, 4000);
  g_assert_cmpuint (map_one (&map, 3), ==, 3);
  bag_sample_map_make (&map, &layout, 0, 65536);
  g_assert_false (bag_sample_map_is_exact (&map, &layout));
}

static void
test_sums (void)
{
  const double numbers[] = { 3, NAN, -8, INFINITY, 4.5, -INFINITY };
  BagSampleSums sums;

  bag_sample_sums_init (&sums);
  g_assert_cmpfloat (sums.min, >, sums.max);
  bag_sample_sums_add (&sums, numbers, G_N_ELEMENTS (numbers));
  bag_sample_sums_add (&sums, numbers, 1);
  g_assert_cmpfloat (sums.min, ==, -8);
  g_assert_cmpfloat (sums.max, ==, 4.5);
  g_assert_cmpfloat (sums.sum, ==, 2.5);
  g_assert_cmpuint (sums.n, ==, 4);
  g_assert_cmpuint (sums.n_invalid, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample-map/load", test_load);
  g_test_add_func ("/sample-map/float", test_float_map);
  g_test_add_func ("/sample-map/integer", test_integer_map);
  g_test_add_func ("/sample-map/sums", test_sums);

  return g_test_run ();
}
