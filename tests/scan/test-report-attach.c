/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-report.h"

#include <math.h>

static const BagTestVolume volume = { 20, 30, 40, 1, 1, 2 };
static const double base[] = { 1, 2, 3 }, extents[] = { 4, 5, 6 };

static gboolean
has_warning (BagScan *scan, const char *name)
{
  const GPtrArray *warnings = bag_scan_get_warnings (scan);

  for (guint i = 0; i < warnings->len; i++)
    if (g_str_equal (((const BagNote *) g_ptr_array_index (warnings, i))->name, name))
      return TRUE;

  return FALSE;
}

static void
assert_alarm (BagScan *scan, guint index, const char *wanted)
{
  g_autoptr (BagAlarm) alarm = g_list_model_get_item (bag_scan_get_alarms (scan), index);
  g_autofree char *words = bag_alarm_format (alarm);

  g_assert_cmpstr (words, ==, wanted);
}

/* The flag decides; within a flag the probability, and what gives none comes last. */
static void
test_order (void)
{
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");

  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_NO_THREAT, "LAPTOP", 1), base, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "A", NAN), base, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "B", 0.2), base, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_UNKNOWN, "", NAN), base, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "C", 0.905), base, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_HIGH_THREAT, "D", 0), base, extents);
  bag_report_attach (report, scan);

  g_assert_cmpuint (g_list_model_get_n_items (bag_scan_get_alarms (scan)), ==, 6);
  assert_alarm (scan, 0, "HIGH_THREAT D 0 %");
  assert_alarm (scan, 1, "THREAT C 90 %");
  assert_alarm (scan, 2, "THREAT B 20 %");
  assert_alarm (scan, 3, "THREAT A");
  assert_alarm (scan, 4, "UNKNOWN");
  assert_alarm (scan, 5, "NO_THREAT LAPTOP 100 %");
  g_assert_cmpuint (bag_scan_get_warnings (scan)->len, ==, 0);
  g_assert_cmpuint (bag_scan_get_reports (scan)->len, ==, 1);
}

static void
test_other_bag (void)
{
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagReport) report = bag_test_report_new ("OTHER");

  g_ptr_array_set_size (report->instances, 0);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "A", NAN), base, extents);
  bag_report_attach (report, scan);
  g_assert_cmpuint (g_list_model_get_n_items (bag_scan_get_alarms (scan)), ==, 0);
  g_assert_cmpuint (bag_scan_get_reports (scan)->len, ==, 0);
  g_assert_true (has_warning (scan, "other-bag"));
}

static void
test_unlinked (void)
{
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");

  g_ptr_array_set_size (report->instances, 0);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "A", 0.5), base, extents);
  bag_report_attach (report, scan);
  assert_alarm (scan, 0, "THREAT A 50 % · unlinked");
  g_assert_true (has_warning (scan, "unlinked-report"));
}

/* Nothing is dropped: what cannot be drawn is listed, and said. */
static void
test_not_drawn (void)
{
  const double far[] = { 100, 2, 3 }, near[] = { 18, 2, 3 }, swapped[] = { 30, 2, 3 };
  g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");
  BagReportObject *elsewhere = bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "E", NAN);

  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "A", NAN), far, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "B", NAN), near, extents);
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "C", NAN), swapped, extents);
  bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "D", NAN);
  g_ptr_array_add (bag_test_report_place (elsewhere, base, extents)->instances, g_strdup ("9.9.9"));
  bag_report_attach (report, scan);

  g_assert_cmpuint (g_list_model_get_n_items (bag_scan_get_alarms (scan)), ==, 5);
  g_assert_true (has_warning (scan, "alarm-outside") && has_warning (scan, "alarm-cut"));
  g_assert_true (has_warning (scan, "alarm-axes") && has_warning (scan, "alarm-without-place"));
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (BagAlarm) alarm = g_list_model_get_item (bag_scan_get_alarms (scan), i);
      gboolean is_b = g_str_equal (bag_alarm_get_assessment (alarm)->category, "B");

      g_assert_cmpint (bag_alarm_get_box (alarm) != NULL, ==, is_b);
    }
}

/* A report that knows its scan goes to no other scan of the bag. */
static void
test_best_scan (void)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_report_unref);
  BagReport *report = bag_test_report_new ("BAG");

  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (scans, bag_test_scan_new (&volume, "BAG"));
  ((BagDescription *) bag_scan_get_description (scans->pdata[1]))->sop_instance[0] = '7';
  bag_test_report_place (bag_test_report_add (report, BAG_THREAT_FLAG_THREAT, "A", NAN), base, extents);
  g_ptr_array_add (reports, report);
  bag_report_attach_all (reports, scans);
  g_assert_cmpuint (bag_scan_get_reports (scans->pdata[0])->len, ==, 1);
  g_assert_cmpuint (bag_scan_get_reports (scans->pdata[1])->len, ==, 0);
  g_assert_cmpuint (bag_scan_get_warnings (scans->pdata[1])->len, ==, 0);
  g_assert_false (has_warning (scans->pdata[0], "shared-instance"));

  ((BagDescription *) bag_scan_get_description (scans->pdata[1]))->sop_instance[0] = '1';
  bag_report_attach_all (reports, scans);
  g_assert_true (has_warning (scans->pdata[1], "shared-instance"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-attach/order", test_order);
  g_test_add_func ("/report-attach/other-bag", test_other_bag);
  g_test_add_func ("/report-attach/unlinked", test_unlinked);
  g_test_add_func ("/report-attach/not-drawn", test_not_drawn);
  g_test_add_func ("/report-attach/best-scan", test_best_scan);

  return g_test_run ();
}
