/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

#include "render/bag-thumbnail.h"
#include "scan/bag-alarm.h"
#include "scan/bag-phantom.h"
#include "scan/bag-source.h"
#include "session/bag-scan-text.h"
#include "session/bag-scan-thumbnail.h"

#include <string.h>

/* Several scans behind one path: what is told about them, and when their pictures are made. Those
 * of the first scan wait at the gate of the fixture, those of the others at a gate of their own. */

static GPtrArray *
make_scans (BagGate *first, BagGate *others, guint n)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *bag_id = g_strdup_printf ("BAG-%u", i + 1);

      g_ptr_array_add (scans, bag_gated_scan_new (i == 0 ? first : others, bag_id, COLUMNS, ROWS, 4 + 2 * i));
    }

  return scans;
}

static BagScanEntry *
get_entry (BagScanShelf *shelf, guint i)
{
  g_autoptr (BagScanEntry) entry = g_list_model_get_item (G_LIST_MODEL (shelf), i);

  return entry;
}

static BagThumbnailState
get_state (BagScanShelf *shelf, guint i)
{
  return bag_scan_entry_get_thumbnail_state (get_entry (shelf, i));
}

static void
test_entries (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) others = bag_gate_new (TRUE);
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, others, 3);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);
  g_autofree char *name = NULL;

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shelf)), ==, 0);
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shelf)), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (bag_scan_entry_get_scan (get_entry (shelf, i)) == g_ptr_array_index (scans, i));
  name = bag_scan_entry_format_name (get_entry (shelf, 0));
  g_assert_cmpstr (name, ==, "Scan 1 of 3: BAG-1 · 4 slices · on screen");
  g_assert_cmpstr (bag_scan_entry_get_extent (get_entry (shelf, 2)), ==, "8 slices");
  g_assert_true (bag_scan_entry_is_current (get_entry (shelf, 0)));

  bag_session_choose_scan (fixture->session, 2);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == g_ptr_array_index (scans, 2));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (bag_scan_entry_is_current (get_entry (shelf, i)), ==, i == 2);
  bag_session_close (fixture->session);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (shelf)), ==, 0);
}

/* Not one slice of another scan is read before all of the scan on screen is. */
static void
test_after_the_bag (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) others = bag_gate_new (TRUE);
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, others, 3);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);

  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shelf)) == 3 && session_count_ready (fixture) == 4);
  bag_gate_close (fixture->gate);
  bag_session_clear_cache (fixture->session);
  bag_scan_shelf_want (shelf, 1, 2);
  bag_test_wait_until (bag_session_is_exact (fixture->session) && bag_gate_get_n_waiting (fixture->gate) == 2);
  bag_test_drain ();
  g_assert_cmpuint (bag_gate_get_n_reads (others), ==, 0);

  bag_gate_open (fixture->gate);
  bag_test_wait_until (get_state (shelf, 2) == BAG_THUMBNAIL_READY);
  g_assert_cmpuint (session_count_ready (fixture), ==, 4);
  g_assert_cmpuint (bag_gate_get_n_reads (others), ==, 2);
  g_assert_cmpuint (bag_gate_get_most_at_once (others), ==, 1);
  g_assert_cmpuint (bag_gate_get_read (others, 0), ==, 2);
  g_assert_cmpuint (bag_gate_get_read (others, 1), ==, 3);
  g_assert_cmpint (get_state (shelf, 0), ==, BAG_THUMBNAIL_ABSENT);
}

/* A picture under way when another path is opened counts for nobody, whatever it brings. */
static void
test_other_path (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) others = bag_gate_new (FALSE);
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, others, 2);
  g_autoptr (GPtrArray) next = make_scans (fixture->gate, fixture->gate, 2);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);
  g_autoptr (BagScanEntry) former = NULL;

  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shelf)) == 2);
  bag_scan_shelf_want (shelf, 0, 2);
  bag_test_wait_until (bag_gate_get_n_waiting (others) == 1);
  g_assert_cmpint (get_state (shelf, 0), ==, BAG_THUMBNAIL_READY);
  former = g_object_ref (get_entry (shelf, 1));

  bag_session_open_scans (fixture->session, next);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == g_ptr_array_index (next, 0));
  bag_gate_open (others);
  bag_scan_shelf_want (shelf, 1, 1);
  bag_test_wait_until (get_state (shelf, 1) == BAG_THUMBNAIL_READY);
  bag_test_drain ();
  g_assert_cmpint (bag_scan_entry_get_thumbnail_state (former), ==, BAG_THUMBNAIL_ABSENT);
  g_assert_cmpint (get_state (shelf, 0), ==, BAG_THUMBNAIL_ABSENT);
  g_assert_cmpuint (bag_scan_shelf_get_n_thumbnails (shelf), ==, 1);
}

/* The one that cannot be read says why, is not tried again, and holds up no other. */
static void
test_failure (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) others = bag_gate_new (TRUE);
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, others, 3);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);

  bag_gate_set_failing (others, 2);
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shelf)) == 3);
  bag_scan_shelf_want (shelf, 0, 3);
  bag_test_wait_until (get_state (shelf, 2) == BAG_THUMBNAIL_READY);
  g_assert_cmpint (get_state (shelf, 0), ==, BAG_THUMBNAIL_READY);
  g_assert_cmpint (get_state (shelf, 1), ==, BAG_THUMBNAIL_FAILED);
  g_assert_cmpstr (bag_scan_entry_get_problem (get_entry (shelf, 1)), ==, "this slice is broken");
  bag_scan_shelf_want (shelf, 0, 3);
  bag_test_drain ();
  g_assert_cmpuint (bag_gate_get_n_reads (others), ==, 2);
}

/* However far one scrolls, no more pictures are kept than may be; those looked at stay. */
static void
test_limit (SessionFixture *fixture, gconstpointer data)
{
  const guint n_scans = 2 * BAG_SCAN_SHELF_MOST_THUMBNAILS;
  g_autoptr (BagGate) others = bag_gate_new (TRUE);
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, others, n_scans);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);

  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shelf)) == n_scans);
  for (guint first = 0; first + 4 <= n_scans; first += 4)
    {
      bag_scan_shelf_want (shelf, first, 4);
      bag_test_wait_until (get_state (shelf, first + 3) == BAG_THUMBNAIL_READY);
      g_assert_cmpuint (bag_scan_shelf_get_n_thumbnails (shelf), ==, MIN (first + 4, BAG_SCAN_SHELF_MOST_THUMBNAILS));
    }
  g_assert_cmpint (get_state (shelf, 0), ==, BAG_THUMBNAIL_ABSENT);
  bag_scan_shelf_want (shelf, 0, n_scans);
  bag_test_wait_until (get_state (shelf, BAG_SCAN_SHELF_MOST_THUMBNAILS - 1) == BAG_THUMBNAIL_READY);
  for (guint i = 0; i < n_scans; i++)
    g_assert_cmpint (get_state (shelf, i), ==, i < BAG_SCAN_SHELF_MOST_THUMBNAILS ? BAG_THUMBNAIL_READY : BAG_THUMBNAIL_ABSENT);
}

/* Drawn by the generator itself, at the window that the scan brings. */
static BagThumbnail *
draw (BagScan *scan, guint64 seed)
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (COLUMNS, ROWS, 9, seed, NULL);
  g_autofree guint16 *values = g_new (guint16, COLUMNS * ROWS);
  g_autofree guint64 *counts = g_new0 (guint64, 65536);
  BagPaintParameters parameters = { .columns = COLUMNS, .rows = ROWS, .slope = 1 };
  guint width, height;

  bag_phantom_draw_slice (phantom, 4, values);
  for (guint i = 0; i < COLUMNS * ROWS; i++)
    counts[values[i]]++;
  parameters.slope = bag_scan_get_slice (scan, 4)->frame.slope;
  parameters.intercept = bag_scan_get_slice (scan, 4)->frame.intercept;
  parameters.window = bag_window_level_from_histogram (counts, FALSE, parameters.slope, parameters.intercept);
  if (bag_scan_get_window (scan, &parameters.window.center, &parameters.window.width))
    parameters.window.function = bag_scan_get_window_function (scan);
  bag_thumbnail_get_size (COLUMNS, ROWS, bag_scan_get_pixel_aspect (scan), BAG_SCAN_THUMBNAIL_SIZE, &width, &height);

  return bag_thumbnail_new (values, &parameters, width, height);
}

/* Each scan has its own middle slice for its picture. */
static void
test_own_picture (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagScanShelf *shelf = bag_session_get_shelf (fixture->session);

  for (guint64 seed = 1; seed < 5; seed++)
    g_ptr_array_add (scans, bag_source_open_demo (COLUMNS, ROWS, 9, seed, NULL));
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (shelf)) == 4);
  bag_scan_shelf_want (shelf, 0, 4);
  bag_test_wait_until (get_state (shelf, 3) == BAG_THUMBNAIL_READY);
  for (guint i = 0; i < 4; i++)
    {
      const BagThumbnail *found = bag_scan_entry_get_thumbnail (get_entry (shelf, i));
      g_autoptr (BagThumbnail) wanted = draw (g_ptr_array_index (scans, i), i + 1);

      g_assert_cmpuint (found->width, ==, wanted->width);
      g_assert_cmpuint (found->height, ==, wanted->height);
      g_assert_true (g_bytes_equal (found->pixels, wanted->pixels));
    }
}

/* Where a list says which scan this is, the notice does not; where it is away, it does. */
static void
test_notice (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) scans = make_scans (fixture->gate, fixture->gate, 3);

  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_nonnull (strstr (bag_session_get_notice (fixture->session), "scan 1 of 3"));
  bag_session_set_scans_listed (fixture->session, TRUE);
  g_assert_null (bag_session_get_notice (fixture->session));
  bag_session_choose_scan (fixture->session, 1);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == g_ptr_array_index (scans, 1));
  g_assert_null (bag_session_get_notice (fixture->session));
  bag_session_set_scans_listed (fixture->session, FALSE);
  g_assert_nonnull (strstr (bag_session_get_notice (fixture->session), "scan 2 of 3"));
}

static void
test_kind (void)
{
  static const struct
  {
    guint section;
    const char *energy, *kind;
  } cases[] = {
    { 0, "", "" },
    { 0, "low energy", "low energy" },
    { 2, "", "section 2 of 3" },
    { 2, "low energy", "section 2 of 3, low energy" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BagGate) gate = bag_gate_new (TRUE);
      g_autoptr (BagScan) scan = bag_gated_scan_new (gate, "BAG", COLUMNS, ROWS, 1);
      BagScanKin *kin = bag_scan_get_kin (scan);
      g_autofree char *kind = NULL;

      kin->section = cases[i].section;
      kin->n_sections = cases[i].section > 0 ? 3 : 0;
      g_free (kin->energy);
      kin->energy = g_strdup (cases[i].energy);
      kind = bag_format_scan_kind (scan);
      g_assert_cmpstr (kind, ==, cases[i].kind);
    }
}

static void
test_time (void)
{
  const char *const cases[][2] = {
    { "20240301090530.250000", "2024-03-01 09:05:30" },
    { "20240301", "2024-03-01" },
    { "2024", "2024" },
    { "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = bag_format_scan_time (cases[i][0]);

      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_alarms (void)
{
  g_autoptr (BagGate) gate = bag_gate_new (TRUE);
  g_autoptr (BagScan) scan = bag_gated_scan_new (gate, "BAG", COLUMNS, ROWS, 1);
  g_autoptr (BagReport) report = bag_report_new ();
  g_autofree char *none = bag_format_scan_alarms (scan);
  g_autofree char *empty = NULL;
  g_autofree char *one = NULL;
  BagReportObject *object = bag_report_object_new ();

  g_assert_cmpstr (none, ==, "");
  g_ptr_array_add (report->objects, object);
  g_ptr_array_add (bag_scan_get_reports (scan), bag_report_ref (report));
  empty = bag_format_scan_alarms (scan);
  g_assert_cmpstr (empty, ==, "no alarms reported");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BagAlarm) alarm = bag_alarm_new (report, 0, NULL, NULL, TRUE);

      g_list_store_append (G_LIST_STORE (bag_scan_get_alarms (scan)), alarm);
    }
  one = bag_format_scan_alarms (scan);
  g_assert_cmpstr (one, ==, "2 alarms: UNKNOWN");
}

#define ADD(name, func) g_test_add ("/scan-shelf/" name, SessionFixture, NULL, session_set_up, func, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("entries", test_entries);
  ADD ("after-the-bag", test_after_the_bag);
  ADD ("other-path", test_other_path);
  ADD ("failure", test_failure);
  ADD ("limit", test_limit);
  ADD ("own-picture", test_own_picture);
  ADD ("notice", test_notice);
  g_test_add_func ("/scan-shelf/kind", test_kind);
  g_test_add_func ("/scan-shelf/time", test_time);
  g_test_add_func ("/scan-shelf/alarms", test_alarms);

  return g_test_run ();
}
