/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-stored-values.h"

#include <string.h>

#define ROWS 6
#define COLUMNS 11
#define N (ROWS * COLUMNS)

typedef struct
{
  guint8 bits_allocated, bits_stored, high_bit;
  gboolean is_signed, is_big_endian;
} Case;

static const Case cases[] = {
  { 16, 16, 15, FALSE, FALSE },
  { 16, 16, 15, TRUE, FALSE },
  { 16, 16, 15, FALSE, TRUE },
  { 16, 16, 15, TRUE, TRUE },
  { 16, 12, 11, FALSE, FALSE },
  { 16, 12, 11, TRUE, FALSE },
  { 16, 12, 15, FALSE, FALSE },
  { 16, 12, 15, TRUE, TRUE },
  { 16, 10, 12, TRUE, FALSE },
  { 16, 1, 0, FALSE, FALSE },
  { 16, 1, 7, TRUE, FALSE },
  { 16, 8, 15, TRUE, TRUE },
  { 8, 8, 7, FALSE, FALSE },
  { 8, 8, 7, TRUE, FALSE },
  { 8, 8, 7, FALSE, TRUE },
  { 8, 6, 5, TRUE, FALSE },
  { 8, 6, 7, TRUE, TRUE },
  { 8, 6, 7, TRUE, FALSE },
  { 8, 4, 6, FALSE, FALSE },
};

static BagPixelLayout
layout_of (const Case *data)
{
  return (BagPixelLayout){
    .rows = ROWS,
    .columns = COLUMNS,
    .bits_allocated = data->bits_allocated,
    .bits_stored = data->bits_stored,
    .high_bit = data->high_bit,
    .is_signed = data->is_signed,
    .is_big_endian = data->is_big_endian,
  };
}

/* Bit by bit, straight from the definition. */
static gint
slow_value (const Case *data, const guint8 *samples, guint i)
{
  guint sample = samples[data->is_big_endian ? i ^ 1 : i], value = 0;

  if (data->bits_allocated == 16 && data->is_big_endian)
    sample = samples[2 * i] * 256u + samples[2 * i + 1];
  else if (data->bits_allocated == 16)
    sample = samples[2 * i + 1] * 256u + samples[2 * i];

  for (guint bit = 0; bit < data->bits_stored; bit++)
    if ((sample >> (data->high_bit + 1 - data->bits_stored + bit)) & 1)
      value += 1u << bit;

  if (data->is_signed && (value >> (data->bits_stored - 1)) != 0)
    return (gint) value - (1 << data->bits_stored);

  return (gint) value;
}

static void
fill_random (guint8 *bytes, gsize n)
{
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8) g_test_rand_int_range (0, 256);
}

static void
check_values (const Case *data, const guint8 *samples, const guint16 *values)
{
  for (guint i = 0; i < N; i++)
    {
      gint value = data->is_signed ? (gint) (gint16) values[i] : (gint) values[i];

      g_assert_cmpint (value, ==, slow_value (data, samples, i));
    }
}

static void
test_table (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BagPixelLayout layout = layout_of (&cases[i]);
      guint16 room[N], values[N];
      guint8 *samples = (guint8 *) room;

      fill_random (samples, sizeof room);
      g_assert_true (bag_stored_values_from_samples (&layout, samples, N * cases[i].bits_allocated / 8u, values, sizeof values));
      check_values (&cases[i], samples, values);
    }
}

static void
test_in_place (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BagPixelLayout layout = layout_of (&cases[i]);
      gsize size = N * cases[i].bits_allocated / 8u;
      guint8 samples[2 * N];
      guint16 values[N];
      guint8 *place = (guint8 *) values + (sizeof values - size);

      fill_random (samples, size);
      memcpy (place, samples, size);
      g_assert_true (bag_stored_values_from_samples (&layout, place, size, values, sizeof values));
      check_values (&cases[i], samples, values);
    }
}

/* Longer than any vector, so that unrolled loops and their tails both run. */
static void
check_long_in_place (gboolean is_big_endian)
{
  static guint16 values[300 * 301];
  const BagPixelLayout layout = { .rows = 300, .columns = 301, .bits_allocated = 8, .bits_stored = 8, .high_bit = 7, .is_big_endian = is_big_endian };
  guint8 *samples = (guint8 *) values + sizeof values / 2;

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    samples[i] = (guint8) (i * 31 >> 3);
  g_assert_true (bag_stored_values_from_samples (&layout, samples, sizeof values / 2, values, sizeof values));
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    g_assert_cmpuint (values[i], ==, (guint8) ((is_big_endian ? i ^ 1 : i) * 31 >> 3));
}

static void
test_long_in_place (void)
{
  check_long_in_place (FALSE);
  check_long_in_place (TRUE);
}

static void
test_sizes (void)
{
  const BagPixelLayout layout = layout_of (&cases[0]);
  guint16 samples[N] = { 0 };
  guint16 values[N];

  memset (values, 0xAB, sizeof values);
  g_assert_false (bag_stored_values_from_samples (&layout, samples, sizeof samples - 1, values, sizeof values));
  g_assert_false (bag_stored_values_from_samples (&layout, samples, sizeof samples, values, sizeof values - 1));
  g_assert_cmpuint (values[0], ==, 0xABAB);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/stored-values/table", test_table);
  g_test_add_func ("/stored-values/in-place", test_in_place);
  g_test_add_func ("/stored-values/long-in-place", test_long_in_place);
  g_test_add_func ("/stored-values/sizes", test_sizes);

  return g_test_run ();
}
