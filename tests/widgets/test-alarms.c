/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "bag-test-shot.h"
#include "bag-test-report.h"
#include "widgets/bag-alarm-list.h"
#include "widgets/bag-alarm-style.h"
#include "widgets/bag-slice-view-private.h"

#include <math.h>

/* Boxes on a black bag whose pixels are twice as high as wide, and the list beside it. */

#define VIEW_SIZE 600
#define SIDE_WIDTH 300
#define BOX_X 20
#define BOX_Y 15
#define BOX_WIDTH 12
#define BOX_HEIGHT 9
#define FIRST_SLICE 4
#define N_COVERED 5

typedef struct
{
  BagSession *session;
  GtkWidget *window;
  GtkWidget *view;
  GtkWidget *list;
} Fixture;

static void
open_bag (BagSession *session, const BagReport *report)
{
  const BagTestVolume volume = { 64, 48, 20, 2, 1, 2 };
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagScan *scan = bag_test_scan_new (&volume, "BAG");

  if (report != NULL)
    bag_report_attach ((BagReport *) report, scan);
  g_ptr_array_add (scans, scan);
  bag_session_open_scans (session, scans);
  bag_test_wait_until (bag_session_get_scan (session) == scan && bag_session_is_exact (session));
}

static void
add (BagReport *report, BagThreatFlag flag, double x, double z)
{
  const double base[] = { x, BOX_Y, z }, extents[] = { BOX_WIDTH, BOX_HEIGHT, N_COVERED };

  bag_test_report_place (bag_test_report_add (report, flag, "EXPLOSIVE", 0.91), base, extents);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture->session = bag_session_new (0);
  fixture->view = bag_slice_view_new ();
  fixture->list = bag_alarm_list_new ();
  gtk_widget_set_size_request (fixture->view, VIEW_SIZE, VIEW_SIZE);
  gtk_widget_set_size_request (side, SIDE_WIDTH, -1);
  gtk_box_append (GTK_BOX (box), fixture->view);
  gtk_box_append (GTK_BOX (box), side);
  gtk_box_append (GTK_BOX (side), fixture->list);
  bag_slice_view_set_session (BAG_SLICE_VIEW (fixture->view), fixture->session);
  bag_alarm_list_set_session (BAG_ALARM_LIST (fixture->list), fixture->session);
  fixture->window = bag_test_show (box, VIEW_SIZE + SIDE_WIDTH, VIEW_SIZE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  g_object_add_weak_pointer (G_OBJECT (fixture->list), (gpointer *) &fixture->list);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  bag_test_wait_until (fixture->view == NULL && fixture->list == NULL);
  bag_session_close (fixture->session);
  g_assert_finalize_object (fixture->session);
}

static guint32
get_color (BagThreatFlag flag)
{
  return bag_test_pixel_of (&bag_alarm_style_get (flag)->color);
}

/* Where the voxels of the box are on the screen: from the scan, not from the overlay. */
static void
get_voxels (Fixture *fixture, double x, double rect[4])
{
  BagSliceTransform transform;

  bag_viewport_get_transform (&BAG_SLICE_VIEW (fixture->view)->viewport, &transform);
  g_assert_cmpfloat_with_epsilon (transform.scale_y, 2 * transform.scale_x, 1e-9);
  rect[0] = transform.x + x * transform.scale_x;
  rect[1] = transform.y + BOX_Y * transform.scale_y;
  rect[2] = rect[0] + BOX_WIDTH * transform.scale_x;
  rect[3] = rect[1] + BOX_HEIGHT * transform.scale_y;
}

/* Not one voxel of the object is covered, and the line runs close around all of them. */
static void
check_box (Fixture *fixture, BagThreatFlag flag)
{
  g_auto (BagTestShot) shot = { NULL };
  double rect[4], middle_x, middle_y;

  bag_test_shot_take (&shot, fixture->view);
  get_voxels (fixture, BOX_X, rect);
  middle_x = (rect[0] + rect[2]) / 2;
  middle_y = (rect[1] + rect[3]) / 2;
  for (double y = ceil (rect[1]) + 0.5; y < floor (rect[3]); y++)
    for (double x = ceil (rect[0]) + 0.5; x < floor (rect[2]); x++)
      g_assert_cmphex (bag_test_shot_get_pixel (&shot, x, y), ==, 0);

  for (double distance = 2; distance < 3; distance++)
    {
      g_assert_cmphex (bag_test_shot_get_pixel (&shot, rect[0] - distance, middle_y), ==, get_color (flag));
      g_assert_cmphex (bag_test_shot_get_pixel (&shot, rect[2] + distance, middle_y), ==, get_color (flag));
      g_assert_cmphex (bag_test_shot_get_pixel (&shot, middle_x, rect[1] - distance), ==, get_color (flag));
      g_assert_cmphex (bag_test_shot_get_pixel (&shot, middle_x, rect[3] + distance), ==, get_color (flag));
    }
  g_assert_cmphex (bag_test_shot_get_pixel (&shot, rect[0] - 8, middle_y), ==, 0);
  g_assert_cmphex (bag_test_shot_get_pixel (&shot, rect[2] + 8, middle_y), ==, 0);
}

static BagReport *
make_report (BagThreatFlag flag)
{
  BagReport *report = bag_test_report_new ("BAG");

  add (report, flag, BOX_X, FIRST_SLICE);

  return report;
}

static void
go_to (Fixture *fixture, guint index)
{
  bag_session_set_slice_index (fixture->session, index);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
}

static void
test_box (Fixture *fixture, gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);
  g_autoptr (BagReport) report = make_report (BAG_THREAT_FLAG_THREAT);
  const double zooms[] = { 1, 8, 5, 0 };

  open_bag (fixture->session, report);
  go_to (fixture, FIRST_SLICE);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      bag_slice_view_set_zoom (view, zooms[i]);
      check_box (fixture, BAG_THREAT_FLAG_THREAT);
    }
  bag_slice_view_set_zoom (view, 6);
  bag_slice_view_pan_to (view, BOX_X + 20, BOX_Y - 3);
  check_box (fixture, BAG_THREAT_FLAG_THREAT);
}

/* The alarm gone to has a wider line; nothing else may have changed for that to be drawn. */
static void
test_selected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BagReport) report = make_report (BAG_THREAT_FLAG_THREAT);
  const guint32 color = get_color (BAG_THREAT_FLAG_THREAT);

  open_bag (fixture->session, report);
  go_to (fixture, FIRST_SLICE + N_COVERED / 2);
  bag_slice_view_set_zoom (BAG_SLICE_VIEW (fixture->view), 8);
  for (guint i = 0; i < 2; i++)
    {
      double rect[4];
      g_auto (BagTestShot) shot = { NULL };

      bag_test_shot_take (&shot, fixture->view);
      get_voxels (fixture, BOX_X, rect);
      g_assert_cmpint (bag_test_shot_get_pixel (&shot, rect[0] - 5, rect[3]) == color, ==, i == 1);
      bag_session_step_alarm (fixture->session, 1);
    }
}

static guint
count_boxes (Fixture *fixture)
{
  return bag_alarm_overlay_get_n_boxes (BAG_SLICE_VIEW (fixture->view)->alarms);
}

static guint
count_colored (const BagTestShot *shot)
{
  guint n = 0;

  for (gsize i = 0; i < (gsize) shot->width * shot->height; i++)
    n += shot->pixels[i] != 0 && (shot->pixels[i] & 0xff) != (shot->pixels[i] >> 16 & 0xff) ? 1 : 0;

  return n;
}

/* On the slices of the object and on no other. */
static void
test_slices (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BagReport) report = make_report (BAG_THREAT_FLAG_THREAT);

  open_bag (fixture->session, report);
  for (guint i = 0; i < bag_session_get_n_slices (fixture->session); i++)
    {
      gboolean is_on = i >= FIRST_SLICE && i < FIRST_SLICE + N_COVERED;
      g_auto (BagTestShot) shot = { NULL };

      go_to (fixture, i);
      bag_test_shot_take (&shot, fixture->view);
      g_assert_cmpuint (count_boxes (fixture), ==, is_on ? 1 : 0);
      g_assert_cmpint (count_colored (&shot) > 100, ==, is_on);
    }
}

static guint
count_in_line (const BagTestShot *shot, const double rect[4], guint32 color)
{
  guint n = 0;

  for (double x = rect[0]; x < rect[2]; x++)
    n += bag_test_shot_get_pixel (shot, x, rect[3] + 2) == color ? 1 : 0;

  return n;
}

/* Flags differ in their lines, not only in their colours. */
static void
test_lines (Fixture *fixture, gconstpointer data)
{
  guint n[BAG_N_THREAT_FLAGS];
  guint length = BOX_WIDTH * 8;

  for (guint flag = 0; flag < BAG_N_THREAT_FLAGS; flag++)
    {
      g_autoptr (BagReport) report = make_report ((BagThreatFlag) flag);
      double rect[4];
      g_auto (BagTestShot) shot = { NULL };

      open_bag (fixture->session, report);
      go_to (fixture, FIRST_SLICE);
      bag_slice_view_set_zoom (BAG_SLICE_VIEW (fixture->view), 8);
      bag_test_shot_take (&shot, fixture->view);
      get_voxels (fixture, BOX_X, rect);
      n[flag] = count_in_line (&shot, rect, get_color ((BagThreatFlag) flag));
    }

  g_assert_cmpuint (n[BAG_THREAT_FLAG_HIGH_THREAT], ==, length);
  g_assert_cmpuint (n[BAG_THREAT_FLAG_THREAT], ==, length);
  g_assert_cmpuint (n[BAG_THREAT_FLAG_UNKNOWN], <, length * 8 / 10);
  g_assert_cmpuint (n[BAG_THREAT_FLAG_UNKNOWN], >, length * 4 / 10);
  g_assert_cmpuint (n[BAG_THREAT_FLAG_NO_THREAT], <, length * 4 / 10);
  g_assert_cmpfloat (bag_alarm_style_get (BAG_THREAT_FLAG_HIGH_THREAT)->line_width, >, bag_alarm_style_get (BAG_THREAT_FLAG_THREAT)->line_width);
}

static GtkListBox *
get_rows (Fixture *fixture)
{
  return GTK_LIST_BOX (bag_test_find_widget (fixture->list, GTK_TYPE_LIST_BOX, NULL));
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BagReport) report = make_report (BAG_THREAT_FLAG_NO_THREAT);
  const char *threat = "THREAT EXPLOSIVE 91 %", *no_threat = "NO_THREAT EXPLOSIVE 91 %";
  GtkListBox *rows = get_rows (fixture);
  GtkListBoxRow *row = NULL;

  g_assert_false (gtk_widget_get_visible (fixture->list));
  add (report, BAG_THREAT_FLAG_THREAT, BOX_X + 15, 12);
  open_bag (fixture->session, report);
  g_assert_true (gtk_widget_get_visible (fixture->list));
  g_assert_null (gtk_list_box_get_selected_row (rows));
  row = gtk_list_box_get_row_at_index (rows, 1);
  gtk_test_accessible_assert_property (gtk_list_box_get_row_at_index (rows, 0), GTK_ACCESSIBLE_PROPERTY_LABEL, threat);
  gtk_test_accessible_assert_property (row, GTK_ACCESSIBLE_PROPERTY_LABEL, no_threat);
  g_assert_null (gtk_list_box_get_row_at_index (rows, 2));

  g_signal_emit_by_name (rows, "row-activated", row);
  g_assert_cmpuint (bag_session_get_alarm_index (fixture->session), ==, 1);
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, FIRST_SLICE + N_COVERED / 2);
  g_assert_true (gtk_list_box_get_selected_row (rows) == row);
  bag_session_step_alarm (fixture->session, 1);
  g_assert_true (gtk_list_box_get_selected_row (rows) == gtk_list_box_get_row_at_index (rows, 0));
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, 14);

  open_bag (fixture->session, NULL);
  g_assert_false (gtk_widget_get_visible (fixture->list));
  g_assert_null (gtk_list_box_get_row_at_index (rows, 0));
}

/* A short list is seen whole, a long one in part, and an endless one is not made. */
static void
test_long_list (Fixture *fixture, gconstpointer data)
{
  const guint counts[] = { 2, 27, 4000 };
  GtkWidget *more = bag_test_find_widget (fixture->list, GTK_TYPE_LABEL, "more");
  GtkListBox *rows = get_rows (fixture);

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      g_autoptr (BagReport) report = bag_test_report_new ("BAG");
      guint n_rows = 0;

      for (guint k = 0; k < counts[i]; k++)
        add (report, BAG_THREAT_FLAG_THREAT, BOX_X, FIRST_SLICE);
      open_bag (fixture->session, report);
      while (gtk_list_box_get_row_at_index (rows, (int) n_rows) != NULL)
        n_rows++;
      g_assert_cmpuint (n_rows, ==, MIN (counts[i], 200));
      g_assert_cmpint (gtk_widget_get_visible (more), ==, counts[i] > 200);
      go_to (fixture, FIRST_SLICE);
      g_assert_cmpuint (count_boxes (fixture), ==, counts[i]);
    }
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (more)), ==, "3800 more alarms: N and P lead to them");
  bag_session_step_alarm (fixture->session, -1);
  g_assert_null (gtk_list_box_get_selected_row (rows));
}

#define ADD(name, func) g_test_add ("/alarms/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      ADD ("box", test_box);
      ADD ("selected", test_selected);
      ADD ("slices", test_slices);
      ADD ("lines", test_lines);
      ADD ("list", test_list);
      ADD ("long-list", test_long_list);
    }

  return g_test_run ();
}
