/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-scan.h"

#include <math.h>
#include <string.h>

/* A scan of floating-point samples that are worked out and stand nowhere: of any size. */
typedef struct
{
  guint side, n_slices;
  double fill;       /* in the first row of each slice */
  guint bad_slice;   /* cannot be read, from 1; 0 for none */
  guint64 *n_passed; /* samples */
} Numbers;

#define LOW (-100.0)
#define HIGH 900.0

static double
get_number (const Numbers *self, guint index, gsize place)
{
  if (place < self->side && self->fill != 0)
    return self->fill;
  if (place + 1 == (gsize) self->side * self->side)
    return index % 2 == 0 ? NAN : INFINITY;

  return LOW + (HIGH - LOW) * (double) ((place * 31 + index * 7) % 1001) / 1000;
}

static gboolean
needs_no_decoder (gconstpointer data, guint index)
{
  return FALSE;
}

static gboolean
read_samples (gconstpointer data, guint index, gsize first, gsize n, BagDecoderChild *child, BagSampleSink sink, gpointer sink_data, GCancellable *cancellable, GError **error)
{
  const Numbers *self = data;
  double block[BAG_SAMPLE_BLOCK];

  if (index + 1 == self->bad_slice)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "bad");
      return FALSE;
    }
  for (gsize done = 0; done < n; done += BAG_SAMPLE_BLOCK)
    {
      gsize size = MIN (BAG_SAMPLE_BLOCK, n - done);

      for (gsize i = 0; i < size; i++)
        block[i] = get_number (self, index, first + done + i);
      sink (block, size, sink_data);
    }
  *self->n_passed += n;

  return TRUE;
}

static const BagScanSource source = { .name = "numbers", .needs_decoder = needs_no_decoder, .read_samples = read_samples };

static BagScan *
make_scan (Numbers *numbers)
{
  BagDescription *description = bag_description_new ();
  GArray *slices = g_array_new (FALSE, TRUE, sizeof (BagScanSlice));
  g_autoptr (GError) error = NULL;
  BagScan *scan = NULL;

  description->layout = (BagPixelLayout){ .rows = (guint16) numbers->side, .columns = (guint16) numbers->side, .bits_allocated = 32, .bits_stored = 32, .high_bit = 31, .is_signed = TRUE, .is_float = TRUE };
  for (guint i = 0; i < numbers->n_slices; i++)
    {
      BagScanSlice slice = { .frame = { .slope = 2, .intercept = 10 }, .frame_number = i };

      g_array_append_val (slices, slice);
      g_array_append_val (description->frames, slice.frame);
    }
  scan = bag_scan_new ("numbers", &source, numbers, description, slices, &error);
  g_assert_no_error (error);

  return scan;
}

static double
get_value (BagScan *scan, guint index, const guint16 *stored, gsize place)
{
  BagSlotScale scale = bag_scan_get_slot_scale (scan, index);

  g_assert_false (scale.is_signed);

  return scale.slope * stored[place] + scale.intercept;
}

static void
assert_slice (BagScan *scan, Numbers *numbers, guint index, double step)
{
  gsize size = bag_scan_get_slice_bytes (scan);
  g_autofree guint16 *stored = g_malloc (size);
  BagSampleSums sums;
  g_autoptr (GError) error = NULL;

  bag_scan_sum_slice (scan, index, NULL, stored, size, &sums, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sums.n_invalid, ==, 1);
  g_assert_cmpuint (sums.n + 1, ==, size / 2);
  g_assert_cmpuint (stored[size / 2 - 1], ==, 0);
  for (gsize i = numbers->side; i + 1 < size / 2; i += 97)
    g_assert_cmpfloat_with_epsilon (get_value (scan, index, stored, i), 2 * get_number (numbers, index, i) + 10, step);
  if (numbers->fill != 0)
    g_assert_cmpuint (stored[0], ==, numbers->fill < 0 ? 1 : G_MAXUINT16);
}

static void
assert_window (BagScan *scan)
{
  double center = 0, width = 0;
  g_autoptr (GError) error = NULL;

  g_assert_true (bag_scan_measure_window (scan, NULL, NULL, &center, &width, &error));
  g_assert_cmpint (bag_scan_get_window_function (scan), ==, BAG_VOI_FUNCTION_LINEAR_EXACT);
  g_assert_cmpfloat (center - width / 2, >=, 2 * LOW + 10 - 1);
  g_assert_cmpfloat (center + width / 2, <=, 2 * HIGH + 10 + 1);
}

static void
test_whole (void)
{
  guint64 n_passed = 0;
  Numbers numbers = { .side = 40, .n_slices = 5, .n_passed = &n_passed };
  g_autoptr (BagScan) scan = make_scan (&numbers);
  g_autofree char *words = NULL;

  g_assert_null (bag_scan_describe_range (scan));
  for (guint i = 0; i < numbers.n_slices; i++)
    assert_slice (scan, &numbers, i, 2 * (HIGH - LOW) / 65000);
  words = bag_scan_describe_range (scan);
  g_assert_cmpstr (words, ==, "All values are shown, from -190 to 1810 raw.");
  g_assert_cmpuint (n_passed, ==, 2 * 5 * 40 * 40);
  assert_window (scan);
}

static void
test_fill (void)
{
  guint64 n_passed = 0;
  const double fills[] = { -1e30, 1e30, G_MININT32, 1e9 };

  for (guint i = 0; i < G_N_ELEMENTS (fills); i++)
    {
      Numbers numbers = { .side = 40, .n_slices = 3, .fill = fills[i], .n_passed = &n_passed };
      g_autoptr (BagScan) scan = make_scan (&numbers);

      for (guint k = 0; k < numbers.n_slices; k++)
        assert_slice (scan, &numbers, k, 4 * (HIGH - LOW) / 65000);
      assert_window (scan);
    }
}

/* However many voxels have no value: black is air, and not what they look like. */
static void
test_window_of_numbers (void)
{
  guint64 n_passed = 0;
  Numbers numbers = { .side = 40, .n_slices = 1, .n_passed = &n_passed };
  g_autoptr (BagScan) scan = make_scan (&numbers);
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagSlotScale scale;
  BagWindowLevel window;

  g_assert_true (bag_scan_measure_range (scan, NULL, NULL, NULL));
  scale = bag_scan_get_slot_scale (scan, 0);
  counts[0] = 10000;
  counts[20000] = 500;
  counts[40000] = 100;
  window = bag_scan_make_window (scan, 0, counts);
  g_assert_cmpfloat_with_epsilon (window.center - window.width / 2, scale.slope * 20000 + scale.intercept, 1e-6);
  g_assert_cmpfloat_with_epsilon (window.center + window.width / 2, scale.slope * 40000 + scale.intercept, 1e-6);
}

/* 600 MiB of samples: not all are looked at, and all slices get the same scale. */
static void
test_large (void)
{
  guint64 n_passed = 0;
  Numbers numbers = { .side = 1024, .n_slices = 150, .n_passed = &n_passed };
  g_autoptr (BagScan) scan = make_scan (&numbers);
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (bag_scan_measure_range (scan, NULL, NULL, &error));
  g_assert_cmpuint (n_passed, ==, (64u << 20) / 4);
  words = bag_scan_describe_range (scan);
  g_assert_nonnull (strstr (words, "by 16 of 150 slices"));
  g_assert_true (bag_scan_measure_range (scan, NULL, NULL, &error));
  g_assert_cmpuint (n_passed, ==, (64u << 20) / 4);
  assert_slice (scan, &numbers, 1, 4 * (HIGH - LOW) / 65000);
  g_assert_cmpfloat (bag_scan_get_slot_scale (scan, 0).slope, ==, bag_scan_get_slot_scale (scan, 149).slope);
}

/* Slices larger than what is looked at of all together */
static void
test_huge_slices (void)
{
  guint64 n_passed = 0;
  Numbers numbers = { .side = 8192, .n_slices = 40, .n_passed = &n_passed };
  g_autoptr (BagScan) scan = make_scan (&numbers);

  g_assert_true (bag_scan_measure_range (scan, NULL, NULL, NULL));
  g_assert_cmpuint (n_passed, <=, (66u << 20) / 4);
  g_assert_cmpuint (n_passed, >=, (32u << 20) / 4);
}

static void
test_bad_slice (void)
{
  guint64 n_passed = 0;
  Numbers numbers = { .side = 8, .n_slices = 3, .bad_slice = 2, .n_passed = &n_passed };
  Numbers none = { .side = 8, .n_slices = 1, .bad_slice = 1, .n_passed = &n_passed };
  g_autoptr (BagScan) scan = make_scan (&numbers);
  g_autoptr (BagScan) bad = make_scan (&none);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint16 stored[64];

  assert_slice (scan, &numbers, 0, 4 * (HIGH - LOW) / 65000);
  g_assert_false (bag_scan_read_slice (scan, 1, NULL, stored, sizeof stored, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
  g_clear_error (&error);
  g_assert_false (bag_scan_read_slice (bad, 0, NULL, stored, sizeof stored, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
  g_clear_error (&error);
  g_cancellable_cancel (cancelled);
  g_assert_false (bag_scan_measure_range (bad, NULL, cancelled, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan-range/whole", test_whole);
  g_test_add_func ("/scan-range/fill", test_fill);
  g_test_add_func ("/scan-range/window-of-numbers", test_window_of_numbers);
  g_test_add_func ("/scan-range/large", test_large);
  g_test_add_func ("/scan-range/huge-slices", test_huge_slices);
  g_test_add_func ("/scan-range/bad-slice", test_bad_slice);

  return g_test_run ();
}
