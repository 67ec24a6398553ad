/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-report.h"
#include "session-fixture.h"

#include "session/bag-alarm-text.h"

#include <math.h>

/* Alarms of the bag on screen: the list, the one gone to, and what is said. */

static const BagTestVolume volume = { 20, 30, 40, 1, 1, 2 };

static void
add (BagReport *report, BagThreatFlag flag, const char *category, double probability, double z, double depth)
{
  const double base[] = { 1, 2, z }, extents[] = { 4, 5, depth };

  bag_test_report_place (bag_test_report_add (report, flag, category, probability), base, extents);
}

/* In the order of the list: B on slices 21 to 25, A on 11 to 20, C on 15 to 40, D nowhere. */
static BagScan *
make_scan (void)
{
  BagScan *scan = bag_test_scan_new (&volume, "BAG");
  g_autoptr (BagReport) report = bag_test_report_new ("BAG");

  add (report, BAG_THREAT_FLAG_THREAT, "A", 0.5, 10, 10);
  add (report, BAG_THREAT_FLAG_HIGH_THREAT, "B", NAN, 20, 5);
  add (report, BAG_THREAT_FLAG_UNKNOWN, "C", NAN, 14, 26);
  bag_test_report_add (report, BAG_THREAT_FLAG_NO_THREAT, "D", NAN);
  bag_report_attach (report, scan);

  return scan;
}

static void
open_scan (SessionFixture *fixture, BagScan *scan)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, scan);
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == scan && bag_session_is_exact (fixture->session));
}

static void
assert_at (BagSession *session, guint alarm, guint slice_number, const char *text)
{
  g_assert_cmpuint (bag_session_get_alarm_index (session), ==, alarm);
  g_assert_cmpuint (bag_session_get_slice_index (session) + 1, ==, slice_number);
  g_assert_cmpstr (bag_session_get_alarm_text (session), ==, text);
}

static void
test_steps (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  open_scan (fixture, make_scan ());
  g_assert_cmpuint (g_list_model_get_n_items (bag_session_get_alarms (session)), ==, 4);
  assert_at (session, BAG_SESSION_NO_ALARM, 1, "");
  bag_session_step_alarm (session, 1);
  assert_at (session, 0, 23, "alarm 1 of 4: HIGH_THREAT B · 1 more on this slice");
  bag_session_step_alarm (session, 1);
  assert_at (session, 1, 15, "alarm 2 of 4: THREAT A 50 % · 1 more on this slice");
  bag_session_step_alarm (session, 1);
  assert_at (session, 2, 27, "alarm 3 of 4: UNKNOWN C");
  bag_session_step_alarm (session, 1);
  assert_at (session, 3, 27, "alarm 4 of 4: NO_THREAT D · without a place in this scan");
  bag_session_step_alarm (session, 1);
  assert_at (session, 0, 23, "alarm 1 of 4: HIGH_THREAT B · 1 more on this slice");
  bag_session_step_alarm (session, -1);
  assert_at (session, 3, 23, "alarm 4 of 4: NO_THREAT D · without a place in this scan");
  bag_session_step_alarm (session, -1);
  assert_at (session, 2, 27, "alarm 3 of 4: UNKNOWN C");
}

/* From nothing, back is to the last one. */
static void
test_step_back (SessionFixture *fixture, gconstpointer data)
{
  open_scan (fixture, make_scan ());
  bag_session_step_alarm (fixture->session, -1);
  g_assert_cmpuint (bag_session_get_alarm_index (fixture->session), ==, 3);
  bag_session_select_alarm (fixture->session, 4);
  g_assert_cmpuint (bag_session_get_alarm_index (fixture->session), ==, 3);
}

/* What is said follows the slice; the one gone to is told before a graver one. */
static void
test_text_follows_slice (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  open_scan (fixture, make_scan ());
  bag_session_set_slice_index (session, 10);
  assert_at (session, BAG_SESSION_NO_ALARM, 11, "alarm 2 of 4: THREAT A 50 %");
  bag_session_set_slice_index (session, 19);
  assert_at (session, BAG_SESSION_NO_ALARM, 20, "alarm 2 of 4: THREAT A 50 % · 1 more on this slice");
  bag_session_set_slice_index (session, 20);
  assert_at (session, BAG_SESSION_NO_ALARM, 21, "alarm 1 of 4: HIGH_THREAT B · 1 more on this slice");
  bag_session_select_alarm (session, 2);
  bag_session_set_slice_index (session, 20);
  assert_at (session, 2, 21, "alarm 3 of 4: UNKNOWN C · 1 more on this slice");
  bag_session_set_slice_index (session, 0);
  assert_at (session, 2, 1, "");
}

static void
count_notify (BagSession *session, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static void
test_another_bag (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  guint n_alarms = 0, n_index = 0, n_text = 0;

  g_signal_connect (session, "notify::alarms", G_CALLBACK (count_notify), &n_alarms);
  g_signal_connect (session, "notify::alarm-index", G_CALLBACK (count_notify), &n_index);
  g_signal_connect (session, "notify::alarm-text", G_CALLBACK (count_notify), &n_text);
  open_scan (fixture, make_scan ());
  g_assert_cmpstr (bag_session_get_report_text (session), ==, "Machine report: ALARM (Finder 2.1)");
  bag_session_step_alarm (session, 1);
  g_assert_cmpuint (n_alarms, ==, 1);
  g_assert_cmpuint (n_index, ==, 1);
  g_assert_cmpuint (n_text, ==, 1);

  open_scan (fixture, bag_test_scan_new (&volume, "OTHER"));
  g_assert_null (bag_session_get_report_text (session));
  g_assert_cmpuint (g_list_model_get_n_items (bag_session_get_alarms (session)), ==, 0);
  assert_at (session, BAG_SESSION_NO_ALARM, 1, "");
  bag_session_step_alarm (session, 1);
  assert_at (session, BAG_SESSION_NO_ALARM, 1, "");
  g_assert_cmpuint (n_alarms, ==, 2);
  g_assert_cmpuint (n_index, ==, 2);
  g_assert_cmpuint (n_text, ==, 2);

  bag_session_close (session);
  g_assert_null (bag_session_get_alarms (session));
  bag_session_step_alarm (session, -1);
  bag_session_close (session);
  g_assert_cmpuint (n_alarms, ==, 3);
}

static void
test_properties (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GListModel) alarms = NULL;
  g_autofree char *text = NULL;
  g_autofree char *report = NULL;
  guint index = 0;

  open_scan (fixture, make_scan ());
  bag_session_step_alarm (fixture->session, 1);
  g_object_get (fixture->session, "alarms", &alarms, "alarm-index", &index, "alarm-text", &text, "report-text", &report, NULL);
  g_assert_true (alarms == bag_session_get_alarms (fixture->session));
  g_assert_cmpuint (index, ==, 0);
  g_assert_cmpstr (text, ==, bag_session_get_alarm_text (fixture->session));
  g_assert_cmpstr (report, ==, bag_session_get_report_text (fixture->session));
}

/* Whose word it is: never ours. */
static void
test_authors (void)
{
  static const char *const authors[][2] = {
    { "MACHINE", "Machine report: CLEAR (Finder 2.1)" },
    { "OPERATOR", "Operator report: CLEAR (Finder 2.1)" },
    { "GROUND TRUTH", "Ground truth report: CLEAR (Finder 2.1)" },
    { "AGGREGATE", "Aggregate report: CLEAR (Finder 2.1)" },
    { "", "Threat report: CLEAR (Finder 2.1)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (authors); i++)
    {
      g_autoptr (BagScan) scan = bag_test_scan_new (&volume, "BAG");
      g_autoptr (BagReport) report = bag_test_report_new ("BAG");
      g_autofree char *text = NULL;

      bag_report_set_text (report, BAG_REPORT_TEXT_TYPE, authors[i][0]);
      bag_report_set_text (report, BAG_REPORT_TEXT_DECISION, "CLEAR");
      bag_report_attach (report, scan);
      text = bag_format_reports (bag_scan_get_reports (scan));
      g_assert_cmpstr (text, ==, authors[i][1]);
    }
}

#define ADD(name, func) g_test_add ("/session-alarms/" name, SessionFixture, NULL, session_set_up, func, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("steps", test_steps);
  ADD ("step-back", test_step_back);
  ADD ("text-follows-slice", test_text_follows_slice);
  ADD ("another-bag", test_another_bag);
  ADD ("properties", test_properties);
  g_test_add_func ("/session-alarms/authors", test_authors);

  return g_test_run ();
}
