/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-gated-source.h"
#include "bag-test-display.h"
#include "widgets/bag-scan-chooser.h"
#include "widgets/bag-scan-row.h"

#define HEIGHT 600

typedef struct
{
  BagSession *session;
  BagGate *gate;
  GtkWidget *window;
  GtkWidget *chooser;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  fixture->session = bag_session_new (0);
  fixture->gate = bag_gate_new (TRUE);
  fixture->chooser = bag_scan_chooser_new ();
  bag_scan_chooser_set_session (BAG_SCAN_CHOOSER (fixture->chooser), fixture->session);
  gtk_box_append (GTK_BOX (box), fixture->chooser);
  fixture->window = bag_test_show (box, 200, HEIGHT);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_object_add_weak_pointer (G_OBJECT (fixture->chooser), (gpointer *) &fixture->chooser);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  bag_test_wait_until (fixture->chooser == NULL);
  bag_session_close (fixture->session);
  g_assert_finalize_object (fixture->session);
  bag_gate_unref (fixture->gate);
}

static void
open_scans (Fixture *fixture, guint n)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *bag_id = g_strdup_printf ("BAG-%u", i + 1);

      g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, bag_id, 64, 48, 3 + i));
    }
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == g_ptr_array_index (scans, 0) && bag_session_is_exact (fixture->session));
}

static GtkListBox *
get_list (Fixture *fixture)
{
  return GTK_LIST_BOX (bag_test_find_widget (fixture->chooser, GTK_TYPE_LIST_BOX, NULL));
}

static GtkListBoxRow *
get_row (Fixture *fixture, guint i)
{
  return gtk_list_box_get_row_at_index (get_list (fixture), (int) i);
}

static BagThumbnailState
get_state (Fixture *fixture, guint i)
{
  return bag_scan_entry_get_thumbnail_state (bag_scan_row_get_entry (BAG_SCAN_ROW (get_row (fixture, i))));
}

/* There only when there is a choice, and when it is wanted. */
static void
test_visible (Fixture *fixture, gconstpointer data)
{
  BagScanChooser *chooser = BAG_SCAN_CHOOSER (fixture->chooser);

  g_assert_false (gtk_widget_get_visible (fixture->chooser));
  open_scans (fixture, 1);
  g_assert_false (gtk_widget_get_visible (fixture->chooser));
  g_assert_false (bag_scan_chooser_get_several (chooser));
  open_scans (fixture, 2);
  g_assert_true (gtk_widget_get_visible (fixture->chooser));
  g_assert_true (bag_scan_chooser_get_several (chooser));
  g_assert_null (bag_session_get_notice (fixture->session));
  bag_scan_chooser_set_shown (chooser, FALSE);
  g_assert_false (gtk_widget_get_visible (fixture->chooser));
  g_assert_nonnull (bag_session_get_notice (fixture->session));
  bag_scan_chooser_set_shown (chooser, TRUE);
  g_assert_true (gtk_widget_get_visible (fixture->chooser));
  open_scans (fixture, 1);
  g_assert_false (gtk_widget_get_visible (fixture->chooser));
}

static void
test_rows (Fixture *fixture, gconstpointer data)
{
  open_scans (fixture, 3);
  gtk_test_accessible_assert_property (get_row (fixture, 0), GTK_ACCESSIBLE_PROPERTY_LABEL, "Scan 1 of 3: BAG-1 · 3 slices · on screen");
  gtk_test_accessible_assert_property (get_row (fixture, 2), GTK_ACCESSIBLE_PROPERTY_LABEL, "Scan 3 of 3: BAG-3 · 5 slices");
  g_assert_true (gtk_list_box_get_selected_row (get_list (fixture)) == get_row (fixture, 0));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (get_row (fixture, 0)), "current"));
  g_assert_null (get_row (fixture, 3));
}

/* A row that is activated puts its scan on screen; one that is only walked over does not. */
static void
test_choose (Fixture *fixture, gconstpointer data)
{
  open_scans (fixture, 3);
  gtk_list_box_select_row (get_list (fixture), get_row (fixture, 1));
  g_assert_false (bag_session_get_loading (fixture->session));
  g_signal_emit_by_name (get_list (fixture), "row-activated", get_row (fixture, 2));
  bag_test_wait_until (bag_session_get_n_slices (fixture->session) == 5);
  g_assert_cmpstr (bag_session_get_bag_id (fixture->session), ==, "BAG-3");
  g_assert_true (gtk_list_box_get_selected_row (get_list (fixture)) == get_row (fixture, 2));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (get_row (fixture, 0)), "current"));
  gtk_test_accessible_assert_property (get_row (fixture, 0), GTK_ACCESSIBLE_PROPERTY_LABEL, "Scan 1 of 3: BAG-1 · 3 slices");
  gtk_test_accessible_assert_property (get_row (fixture, 2), GTK_ACCESSIBLE_PROPERTY_LABEL, "Scan 3 of 3: BAG-3 · 5 slices · on screen");
}

/* Pictures of the rows that are seen, and of no others; scrolling asks for those that come. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  const guint n_scans = 40;
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (bag_test_find_widget (fixture->chooser, GTK_TYPE_SCROLLED_WINDOW, NULL));
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (scroller);
  guint n_seen = 0;

  open_scans (fixture, n_scans);
  bag_test_wait_until (get_state (fixture, 2) == BAG_THUMBNAIL_READY);
  bag_test_drain ();
  while (get_state (fixture, n_seen) == BAG_THUMBNAIL_READY)
    n_seen++;
  g_assert_cmpuint (n_seen, >, 2);
  g_assert_cmpuint (n_seen, <, 9);
  g_assert_cmpint (get_state (fixture, n_scans - 1), ==, BAG_THUMBNAIL_ABSENT);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  bag_test_wait_until (get_state (fixture, n_scans - 1) == BAG_THUMBNAIL_READY);
  g_assert_cmpint (get_state (fixture, n_scans / 2), ==, BAG_THUMBNAIL_ABSENT);
}

static void
test_failed_picture (Fixture *fixture, gconstpointer data)
{
  GtkWidget *missing = NULL;

  bag_gate_set_failing (fixture->gate, 3);
  open_scans (fixture, 5);
  gtk_widget_queue_resize (fixture->chooser);
  g_signal_emit_by_name (get_list (fixture), "row-activated", get_row (fixture, 1));
  bag_test_wait_until (bag_session_get_n_slices (fixture->session) == 4);
  bag_scan_shelf_want (bag_session_get_shelf (fixture->session), 4, 1);
  bag_test_wait_until (get_state (fixture, 4) == BAG_THUMBNAIL_FAILED);
  missing = bag_test_find_widget (GTK_WIDGET (get_row (fixture, 4)), GTK_TYPE_IMAGE, "missing");
  g_assert_true (gtk_widget_get_visible (missing));
  g_assert_cmpstr (gtk_widget_get_tooltip_text (missing), ==, "this slice is broken");
  missing = bag_test_find_widget (GTK_WIDGET (get_row (fixture, 0)), GTK_TYPE_IMAGE, "missing");
  g_assert_false (gtk_widget_get_visible (missing));
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *more = bag_test_find_widget (fixture->chooser, GTK_TYPE_LABEL, "more");

  open_scans (fixture, 230);
  g_assert_nonnull (get_row (fixture, 199));
  g_assert_null (get_row (fixture, 200));
  g_assert_true (gtk_widget_get_visible (more));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (more)), ==, "30 more scans: Ctrl+Page Down leads to them");
  bag_session_choose_scan (fixture->session, 229);
  bag_test_wait_until (bag_session_get_n_slices (fixture->session) == 232);
  g_assert_null (gtk_list_box_get_selected_row (get_list (fixture)));
}

#define ADD(name, func) g_test_add ("/scan-chooser/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      ADD ("visible", test_visible);
      ADD ("rows", test_rows);
      ADD ("choose", test_choose);
      ADD ("pictures", test_pictures);
      ADD ("failed-picture", test_failed_picture);
      ADD ("many", test_many);
    }

  return g_test_run ();
}
