/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-report.h"

#include <math.h>
#include <string.h>

/* Volumes of 20 columns, 30 rows and 40 slices. */

typedef struct
{
  const char *name;
  double base[3], extents[3];
  BagAlarmBoxFate fate;
  guint low[3], high[3];
} ClipCase;

static const ClipCase clip_cases[] = {
  { "inside", { 2, 3, 4 }, { 5, 6, 7 }, BAG_ALARM_BOX_INSIDE, { 2, 3, 4 }, { 7, 9, 11 } },
  { "whole", { 0, 0, 0 }, { 20, 30, 40 }, BAG_ALARM_BOX_INSIDE, { 0, 0, 0 }, { 20, 30, 40 } },
  { "one voxel", { 19, 29, 39 }, { 1, 1, 1 }, BAG_ALARM_BOX_INSIDE, { 19, 29, 39 }, { 20, 30, 40 } },
  { "too large", { 0, 0, 0 }, { 1500, 1500, 1400 }, BAG_ALARM_BOX_CUT, { 0, 0, 0 }, { 20, 30, 40 } },
  { "one beyond", { 0, 0, 30 }, { 5, 5, 11 }, BAG_ALARM_BOX_CUT, { 0, 0, 30 }, { 5, 5, 40 } },
  { "begins before", { -3, 2, 2 }, { 5, 5, 5 }, BAG_ALARM_BOX_CUT, { 0, 2, 2 }, { 2, 7, 7 } },
  { "ends before", { -5, 2, 2 }, { 5, 5, 5 }, BAG_ALARM_BOX_OUTSIDE, { 0 }, { 0 } },
  { "begins behind", { 2, 2, 40 }, { 5, 5, 5 }, BAG_ALARM_BOX_OUTSIDE, { 0 }, { 0 } },
  { "far away", { 1e12, 0, 0 }, { 1, 1, 1 }, BAG_ALARM_BOX_OUTSIDE, { 0 }, { 0 } },
  { "endless", { -1e12, -1e12, -1e12 }, { 1e12, 1e12, 1e12 }, BAG_ALARM_BOX_OUTSIDE, { 0 }, { 0 } },
  { "parts of voxels", { 2.5, 3.9, 4 }, { 1, 0.2, 0.5 }, BAG_ALARM_BOX_INSIDE, { 2, 3, 4 }, { 4, 5, 5 } },
  { "rounding", { 2.0000001, 2.9999999, 4 }, { 2.9999999, 2.0000001, 1 }, BAG_ALARM_BOX_INSIDE, { 2, 3, 4 }, { 5, 5, 5 } },
};

static void
test_clip (gconstpointer data)
{
  const ClipCase *one = data;
  const guint size[] = { 20, 30, 40 };
  guint low[3] = { 0 }, high[3] = { 0 };

  g_assert_cmpint (bag_alarm_box_clip (one->base, one->extents, size, low, high), ==, one->fate);
  if (one->fate == BAG_ALARM_BOX_OUTSIDE)
    return;
  g_assert_cmpmem (low, sizeof low, one->low, sizeof one->low);
  g_assert_cmpmem (high, sizeof high, one->high, sizeof one->high);
}

static BagScan *
make_scan (double slice_step)
{
  const BagTestVolume volume = { 20, 30, 40, 2, 1, slice_step };

  return bag_test_scan_new (&volume, "BAG");
}

static BagAlarmBoxFate
init_region (BagAlarmBox *box, BagScan *scan, const double base[3], const double extents[3])
{
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportObject *object = bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN);
  g_autoptr (BagAlarmSpace) space = bag_alarm_space_new (scan);

  return bag_alarm_box_init (box, report, bag_test_report_place (object, base, extents), space);
}

/* Frames of a report are stored frames: on screen they may come the other way round. */
static void
test_order (void)
{
  const double base[] = { 1, 2, 5 }, extents[] = { 3, 4, 6 };
  const double steps[] = { 2, -2 };
  const guint first[] = { 5, 29 }, last[] = { 10, 34 }, middle[] = { 7, 31 };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BagScan) scan = make_scan (steps[i]);
      BagAlarmBox box;

      g_assert_cmpint (init_region (&box, scan, base, extents), ==, BAG_ALARM_BOX_INSIDE);
      g_assert_cmpuint (box.x, ==, 1);
      g_assert_cmpuint (box.y, ==, 2);
      g_assert_cmpuint (box.width, ==, 3);
      g_assert_cmpuint (box.height, ==, 4);
      g_assert_cmpuint (box.first_slice, ==, first[i]);
      g_assert_cmpuint (box.last_slice, ==, last[i]);
      g_assert_cmpuint (box.middle_slice, ==, middle[i]);
      for (guint slice = 0; slice < 45; slice++)
        g_assert_cmpint (bag_alarm_box_covers (&box, scan, slice), ==, slice >= first[i] && slice <= last[i]);
    }
}

/* Two stretches of frames that were stored the wrong way round: the box is on both, and not between them. */
static void
test_split_order (void)
{
  const BagTestVolume volume = { 20, 30, 40, 2, 1, 2 };
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  const double base[] = { 0, 0, 18 }, extents[] = { 1, 1, 4 };
  BagAlarmBox box;

  /* The upper half of the frames is shown before the lower one. */
  for (guint i = 0; i < 40; i++)
    ((BagScanSlice *) bag_scan_get_slice (scan, i))->frame_number = (i + 20) % 40;

  g_assert_cmpint (init_region (&box, scan, base, extents), ==, BAG_ALARM_BOX_INSIDE);
  g_assert_cmpuint (box.first_slice, ==, 0);
  g_assert_cmpuint (box.last_slice, ==, 39);
  g_assert_cmpuint (box.middle_slice, ==, 1);
  for (guint slice = 0; slice < 40; slice++)
    g_assert_cmpint (bag_alarm_box_covers (&box, scan, slice), ==, slice < 2 || slice > 37);
}

/* Without a region, the polygon; with both, never the polygon. */
static void
test_polygon (void)
{
  g_autoptr (BagScan) scan = make_scan (2);
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportObject *object = bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN);
  BagReportPlace *place = bag_test_report_place (object, NULL, NULL);
  const double corners[2][3] = { { -8, 26, 20 }, { -5, 30, 24.5 } };
  const double base[] = { 9, 9, 9 }, extents[] = { 1, 1, 1 };
  g_autoptr (BagAlarmSpace) space = bag_alarm_space_new (scan);
  BagAlarmBox box;

  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, BAG_ALARM_BOX_UNKNOWN);
  place->flags = BAG_REPORT_PLACE_HAS_POLYGON;
  memcpy (place->corners, corners, sizeof corners);
  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, BAG_ALARM_BOX_INSIDE);
  g_assert_cmpuint (box.x, ==, 2);
  g_assert_cmpuint (box.width, ==, 4);
  g_assert_cmpuint (box.y, ==, 3);
  g_assert_cmpuint (box.height, ==, 3);
  g_assert_cmpuint (box.first_slice, ==, 10);
  g_assert_cmpuint (box.last_slice, ==, 12);
  g_assert_cmpuint (box.middle_slice, ==, 11);
  g_assert_true (bag_alarm_box_covers (&box, scan, 12) && !bag_alarm_box_covers (&box, scan, 13));

  place->corners[0][2] = place->corners[1][2] = -500;
  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, BAG_ALARM_BOX_OUTSIDE);
  memcpy (place->base, base, sizeof base);
  memcpy (place->extents, extents, sizeof extents);
  place->flags |= BAG_REPORT_PLACE_HAS_REGION;
  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, BAG_ALARM_BOX_INSIDE);
  g_assert_cmpuint (box.x, ==, 9);
}

/* Z, Y, X in the fields of X, Y, Z is noticed and never drawn. */
static void
test_swapped (void)
{
  g_autoptr (BagScan) scan = make_scan (2);
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportObject *object = bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN);
  const double base[] = { 35, 2, 3 }, extents[] = { 4, 5, 6 };
  const BagReportPlace *place = bag_test_report_place (object, base, extents);
  g_autoptr (BagAlarmSpace) space = bag_alarm_space_new (scan);
  BagAlarmBox box;

  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, BAG_ALARM_BOX_OUTSIDE);
  g_assert_true (bag_alarm_box_would_fit_swapped (place, space));
}

typedef struct
{
  const char *name;
  const char *instances; /* that the place names */
  double base_z, extent_z;
  BagAlarmBoxFate fate;
  guint first_slice, last_slice;
  gboolean has_mask;
} SeriesCase;

static const SeriesCase series_cases[] = {
  { "one-slice", "1.2.7", 0, 1, BAG_ALARM_BOX_INSIDE, 7, 7, TRUE },
  { "other-frame-of-slice", "1.2.7", 1, 1, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
  { "more-frames-than-slice", "1.2.7", 0, 2, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
  { "all-frames-of-slice", "1.2.7", 0, 40, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
  { "some-slices", "1.2.7 1.2.8", 0, 2, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
  { "series", "", 0, 1, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
  { "whole-series", "", 0, 40, BAG_ALARM_BOX_INSIDE, 0, 39, FALSE },
  { "more-than-series", "", 0, 41, BAG_ALARM_BOX_NO_FRAME, 0, 0, FALSE },
};

static void
make_series (BagScan *scan)
{
  for (guint i = 0; i < bag_scan_get_n_slices (scan); i++)
    {
      BagScanSlice *slice = (BagScanSlice *) bag_scan_get_slice (scan, i);
      g_autofree char *instance = g_strdup_printf ("1.2.%u", i);

      /* Nobody frees what a made-up bag does not have. */
      slice->file = i;
      slice->instance = (char *) g_intern_string (instance);
    }
}

static BagReportPlace *
add_place_in_series (BagReport *report, const SeriesCase *one)
{
  const double base[] = { 1, 2, one->base_z }, extents[] = { 3, 4, one->extent_z };
  BagReportPlace *place = bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "", NAN), base, extents);
  g_auto (GStrv) instances = g_strsplit (one->instances, " ", 0);

  g_ptr_array_set_size (report->instances, 0);
  for (guint i = 0; instances[i] != NULL; i++)
    g_ptr_array_add (place->instances, g_strdup (instances[i]));
  place->mask = g_bytes_new_static ("", 0);

  return place;
}

/* In a folder of one slice a file, stored frames have no numbers: nothing is guessed. */
static void
test_series (gconstpointer data)
{
  const SeriesCase *one = data;
  g_autoptr (BagScan) scan = make_scan (2);
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  const BagReportPlace *place = add_place_in_series (report, one);
  g_autoptr (BagAlarmSpace) space = NULL;
  BagAlarmBox box = { 0 };

  make_series (scan);
  space = bag_alarm_space_new (scan);
  g_assert_cmpint (bag_alarm_box_init (&box, report, place, space), ==, one->fate);
  if (one->fate != BAG_ALARM_BOX_INSIDE)
    return;
  g_assert_cmpuint (box.first_slice, ==, one->first_slice);
  g_assert_cmpuint (box.last_slice, ==, one->last_slice);
  g_assert_cmpint (box.has_mask, ==, one->has_mask);
  g_assert_false (box.is_by_polygon);
  for (guint i = 0; i < 40; i++)
    g_assert_cmpint (bag_alarm_box_covers (&box, scan, i), ==, i >= one->first_slice && i <= one->last_slice);
}

/* Points in mm stand in for frames that are not known, and for no others. */
static void
test_series_polygon (void)
{
  const double corners[2][3] = { { -8, 26, 20 }, { -5, 30, 24.5 } };
  g_autoptr (BagScan) scan = make_scan (2);
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportPlace *unknown = add_place_in_series (report, &series_cases[5]);
  BagReportPlace *known = add_place_in_series (report, &series_cases[0]);
  g_autoptr (BagAlarmSpace) space = NULL;
  BagAlarmBox box = { 0 };

  make_series (scan);
  space = bag_alarm_space_new (scan);
  unknown->flags |= BAG_REPORT_PLACE_HAS_POLYGON;
  known->flags |= BAG_REPORT_PLACE_HAS_POLYGON;
  memcpy (unknown->corners, corners, sizeof corners);
  memcpy (known->corners, corners, sizeof corners);

  g_assert_cmpint (bag_alarm_box_init (&box, report, unknown, space), ==, BAG_ALARM_BOX_INSIDE);
  g_assert_true (box.is_by_polygon && !box.has_mask);
  g_assert_cmpuint (box.first_slice, ==, 10);
  g_assert_cmpuint (box.last_slice, ==, 12);
  g_assert_cmpint (bag_alarm_box_init (&box, report, known, space), ==, BAG_ALARM_BOX_INSIDE);
  g_assert_true (!box.is_by_polygon && box.has_mask);
  g_assert_cmpuint (box.first_slice, ==, 7);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (clip_cases); i++)
    {
      g_autofree char *path = g_strdelimit (g_strconcat ("/alarm-box/clip/", clip_cases[i].name, NULL), " ", '-');

      g_test_add_data_func (path, &clip_cases[i], test_clip);
    }
  g_test_add_func ("/alarm-box/order", test_order);
  g_test_add_func ("/alarm-box/split-order", test_split_order);
  g_test_add_func ("/alarm-box/polygon", test_polygon);
  g_test_add_func ("/alarm-box/swapped", test_swapped);
  for (guint i = 0; i < G_N_ELEMENTS (series_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/alarm-box/series/", series_cases[i].name, NULL);

      g_test_add_data_func (path, &series_cases[i], test_series);
    }
  g_test_add_func ("/alarm-box/series-polygon", test_series_polygon);

  return g_test_run ();
}
