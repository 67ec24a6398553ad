/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "widgets/bag-slice-ruler-private.h"

static void
test_without_scan (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *ruler = g_object_ref_sink (bag_slice_ruler_new ());
  GtkEventController *drag = bag_test_find_controller (ruler, GTK_TYPE_GESTURE_DRAG, 0);

  gtk_test_accessible_assert_role (ruler, GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (ruler, GTK_ACCESSIBLE_PROPERTY_LABEL, "Slice number");
  gtk_test_accessible_assert_property (ruler, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 0.0);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);

  bag_slice_ruler_set_session (BAG_SLICE_RULER (ruler), session);
  g_signal_emit_by_name (drag, "drag-begin", 10.0, 10.0);
  g_signal_emit_by_name (drag, "drag-update", 0.0, 20.0);
  g_assert_finalize_object (ruler);
  g_assert_finalize_object (session);
}

static void
close_window (GtkWidget *window,
              BagSession *session)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  bag_test_wait_until (window == NULL);
  bag_session_close (session);
  g_object_unref (session);
}

static GtkWidget *
show_demo (BagSession *session,
           GtkWidget **window)
{
  GtkWidget *ruler = bag_slice_ruler_new ();

  bag_slice_ruler_set_session (BAG_SLICE_RULER (ruler), session);
  *window = bag_test_show (ruler, 60, 500);
  bag_session_open_demo (session, 1);
  bag_test_wait_until (bag_session_is_exact (session));

  return ruler;
}

static void
test_goes_there (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *window, *ruler = show_demo (session, &window);
  GtkEventController *drag = bag_test_find_controller (ruler, GTK_TYPE_GESTURE_DRAG, 0);
  GtkEventController *scroll = bag_test_find_controller (ruler, GTK_TYPE_EVENT_CONTROLLER_SCROLL, 0);
  guint n_slices = bag_session_get_n_slices (session);
  gboolean handled;

  g_signal_emit_by_name (drag, "drag-begin", 20.0, 250.0);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, bag_slice_ruler_get_index_at (BAG_SLICE_RULER (ruler), 250));
  g_assert_cmpuint (bag_session_get_slice_index (session), >, n_slices / 2 - 3);
  g_assert_cmpuint (bag_session_get_slice_index (session), <, n_slices / 2 + 3);

  g_signal_emit_by_name (drag, "drag-update", 0.0, 1000.0);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, n_slices - 1);
  g_signal_emit_by_name (drag, "drag-update", 0.0, -1000.0);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);

  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 1);
  gtk_test_accessible_assert_property (ruler, GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 1.0);
  gtk_test_accessible_assert_property (ruler, GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, 2.0);
  gtk_test_accessible_assert_property (ruler, GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) n_slices);

  close_window (window, session);
}

/* The copy of the states is that of the session, whatever is being loaded. */
static void
test_states (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *window;
  BagSliceRuler *ruler = BAG_SLICE_RULER (show_demo (session, &window));

  bag_session_set_slice_index (session, 0);
  bag_test_wait_until (bag_session_get_slice_state (session, 3) == BAG_SLICE_STATE_READY);
  g_assert_cmpuint (ruler->n_slices, ==, bag_session_get_n_slices (session));
  g_assert_cmpuint (ruler->states[3], ==, BAG_SLICE_STATE_READY);
  g_object_unref (bag_test_take_picture (GTK_WIDGET (ruler)));

  bag_session_close (session);
  g_assert_cmpuint (ruler->n_slices, ==, 0);
  close_window (window, session);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/slice-ruler/without-scan", test_without_scan);
      g_test_add_func ("/slice-ruler/goes-there", test_goes_there);
      g_test_add_func ("/slice-ruler/states", test_states);
    }

  return g_test_run ();
}
