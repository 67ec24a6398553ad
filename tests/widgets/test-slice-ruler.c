/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-gated-source.h"
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
  g_object_unref (bag_test_take_picture (GTK_WIDGET (ruler)));
  g_assert_cmpuint (ruler->states[3], ==, BAG_SLICE_STATE_READY);

  bag_session_close (session);
  g_assert_cmpuint (ruler->n_slices, ==, 0);
  close_window (window, session);
}

/* A scan whose slices come when a test wants. */

#define RULER_HEIGHT 500
#define MARGIN 10 /* above and below the strip */

typedef struct
{
  BagSession *session;
  BagGate *gate;
  GtkWidget *window;
  BagSliceRuler *ruler;
  guint32 *pixels; /* of the last picture */
} Fixture;

static void
open_gated (Fixture *fixture,
            guint n_slices)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, "BAG", 16, 8, n_slices));
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
}

static void
set_up (Fixture *fixture,
        gconstpointer n_slices)
{
  GtkWidget *ruler = bag_slice_ruler_new ();

  fixture->session = bag_session_new (0);
  fixture->gate = bag_gate_new (TRUE);
  fixture->ruler = BAG_SLICE_RULER (ruler);
  bag_slice_ruler_set_session (fixture->ruler, fixture->session);
  fixture->window = bag_test_show (ruler, BAG_SLICE_RULER_WIDTH, RULER_HEIGHT);
  open_gated (fixture, GPOINTER_TO_UINT (n_slices));
  bag_test_wait_until (bag_session_is_exact (fixture->session));
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  bag_gate_open (fixture->gate);
  close_window (fixture->window, fixture->session);
  bag_gate_unref (fixture->gate);
  g_free (fixture->pixels);
}

static void
wait_for_all (Fixture *fixture)
{
  guint n_slices = bag_session_get_n_slices (fixture->session);

  for (guint i = 0; i < n_slices; i++)
    bag_test_wait_until (bag_session_get_slice_state (fixture->session, i) >= BAG_SLICE_STATE_READY);
}

static void
see (Fixture *fixture,
     guint index)
{
  bag_session_set_slice_index (fixture->session, index);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  bag_session_mark_seen (fixture->session);
}

static void
take_picture (Fixture *fixture)
{
  g_autoptr (GdkTexture) picture = bag_test_take_picture (GTK_WIDGET (fixture->ruler));

  g_assert_cmpint (gdk_texture_get_height (picture), ==, RULER_HEIGHT);
  g_free (fixture->pixels);
  fixture->pixels = g_new (guint32, (gsize) gdk_texture_get_width (picture) * RULER_HEIGHT);
  gdk_texture_download (picture, (guchar *) fixture->pixels, (gsize) gdk_texture_get_width (picture) * 4);
}

/* Which columns of the ruler are drawn on, right of the numbers, in the middle row of a
 * slice. Nothing but that something is drawn counts: no colour. */
static guint64
get_shape (Fixture *fixture,
           guint index)
{
  guint width = (guint) gtk_widget_get_width (GTK_WIDGET (fixture->ruler));
  guint n_slices = fixture->ruler->n_slices;
  guint y = MARGIN + (2 * index + 1) * (RULER_HEIGHT - 2 * MARGIN) / (2 * n_slices);
  guint64 shape = 0;

  g_assert_cmpuint (width, <=, 64);
  for (guint x = 36; x < width; x++)
    if (fixture->pixels[y * width + x] >> 24 != 0)
      shape |= G_GUINT64_CONSTANT (1) << x;

  return shape;
}

static guint64
get_columns (guint first,
             guint n)
{
  return ((G_GUINT64_CONSTANT (1) << n) - 1) << first;
}

#define HAIRLINE get_columns (36, 2)
#define STRIP get_columns (36, 12)
#define FAILURE get_columns (36, 16)
#define SEEN get_columns (54, 3)
#define MARK get_columns (36, 14)

/* Told apart by where something is drawn alone: there, not there, failed, each seen or not. */
static void
test_shapes (Fixture *fixture,
             gconstpointer data)
{
  wait_for_all (fixture);
  see (fixture, 5);
  see (fixture, 6);
  bag_session_set_slice_index (fixture->session, 30);
  take_picture (fixture);
  for (guint i = 0; i < 28; i++)
    g_assert_cmphex (get_shape (fixture, i), ==, i == 5 || i == 6 ? STRIP | SEEN : STRIP);

  /* They leave, and only one comes again, and it is broken. */
  bag_gate_close (fixture->gate);
  bag_gate_set_failing (fixture->gate, 6);
  bag_session_clear_cache (fixture->session);
  bag_session_set_slice_index (fixture->session, 6);
  bag_gate_open (fixture->gate);
  wait_for_all (fixture);
  bag_session_set_slice_index (fixture->session, 30);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 4), ==, STRIP);
  g_assert_cmphex (get_shape (fixture, 5), ==, STRIP | SEEN);
  g_assert_cmphex (get_shape (fixture, 6), ==, FAILURE | SEEN);
}

/* It goes along with the slice looked at, and leaves nothing behind. */
static void
test_mark (Fixture *fixture,
           gconstpointer data)
{
  wait_for_all (fixture);
  for (guint i = 10; i < 13; i++)
    {
      bag_session_set_slice_index (fixture->session, i);
      take_picture (fixture);
      for (guint k = 9; k < 14; k++)
        g_assert_cmphex (get_shape (fixture, k), ==, k == i ? MARK : STRIP);
    }

  open_gated (fixture, 30);
  wait_for_all (fixture);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 0), ==, MARK);
  g_assert_cmphex (get_shape (fixture, 12), ==, STRIP);
}

static void
test_absent_and_failed (Fixture *fixture,
                        gconstpointer data)
{
  wait_for_all (fixture);
  see (fixture, 5);
  bag_session_set_slice_index (fixture->session, 30);
  bag_gate_close (fixture->gate);
  bag_session_clear_cache (fixture->session);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 4), ==, HAIRLINE);
  g_assert_cmphex (get_shape (fixture, 5), ==, HAIRLINE | SEEN);

  bag_gate_set_failing (fixture->gate, 7);
  bag_gate_open (fixture->gate);
  wait_for_all (fixture);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 7), ==, FAILURE);
  g_assert_cmphex (get_shape (fixture, 8), ==, STRIP);
}

/* Ten slices and more a pixel: as long as one of them was not seen, none looks so. */
static void
test_many_on_a_pixel (Fixture *fixture,
                      gconstpointer data)
{
  wait_for_all (fixture);
  for (guint i = 1000; i < 1100; i++)
    if (i != 1050)
      see (fixture, i);
  bag_session_set_slice_index (fixture->session, 4000);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 1025), ==, STRIP | SEEN);
  g_assert_cmphex (get_shape (fixture, 1050), ==, STRIP);
  g_assert_cmphex (get_shape (fixture, 1075), ==, STRIP | SEEN);
  g_assert_cmphex (get_shape (fixture, 1200), ==, STRIP);

  see (fixture, 1050);
  bag_session_set_slice_index (fixture->session, 4000);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 1050), ==, STRIP | SEEN);
}

static void
count_frame (guint *n_frames)
{
  (*n_frames)++;
}

static void
count_signal (guint *n_signals)
{
  (*n_signals)++;
}

/* However many slices come between two frames, the states are read once a frame at most, and
 * not at all while the ruler is hidden. */
static void
test_reads_once_a_frame (Fixture *fixture,
                         gconstpointer data)
{
  guint n_frames = 0, n_signals = 0, n_reads = 0;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->ruler));
  gulong id = g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (count_frame), &n_frames);

  wait_for_all (fixture);
  take_picture (fixture);
  g_signal_connect_swapped (fixture->session, "slice-states-changed", G_CALLBACK (count_signal), &n_signals);
  n_frames = 0;
  n_reads = fixture->ruler->n_reads;
  bag_session_clear_cache (fixture->session);
  wait_for_all (fixture);
  take_picture (fixture);
  g_assert_cmpuint (n_signals, >=, bag_session_get_n_slices (fixture->session) / 3);
  g_assert_cmpuint (fixture->ruler->n_reads, >, n_reads);
  g_assert_cmpuint (fixture->ruler->n_reads, <=, n_reads + n_frames);

  gtk_widget_set_visible (GTK_WIDGET (fixture->ruler), FALSE);
  n_reads = fixture->ruler->n_reads;
  bag_session_clear_cache (fixture->session);
  wait_for_all (fixture);
  bag_test_drain ();
  g_assert_cmpuint (fixture->ruler->n_reads, ==, n_reads);
  gtk_widget_set_visible (GTK_WIDGET (fixture->ruler), TRUE);
  bag_test_wait_until (fixture->ruler->n_reads > n_reads);
  take_picture (fixture);
  g_assert_cmphex (get_shape (fixture, 30), ==, STRIP);
  g_signal_handler_disconnect (clock, id);
}

static void
test_words (Fixture *fixture,
            gconstpointer data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->ruler);

  wait_for_all (fixture);
  take_picture (fixture);
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Slice 1 of 40, in memory, not seen yet");
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "0 of 40 seen");
  see (fixture, 12);
  take_picture (fixture);
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, "Slice 13 of 40, in memory, seen");
  gtk_test_accessible_assert_property (widget, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "1 of 40 seen");
}

#define ADD(path, n_slices, function) g_test_add ("/slice-ruler/" path, Fixture, GUINT_TO_POINTER (n_slices), set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/slice-ruler/without-scan", test_without_scan);
      g_test_add_func ("/slice-ruler/goes-there", test_goes_there);
      g_test_add_func ("/slice-ruler/states", test_states);
      ADD ("shapes", 40, test_shapes);
      ADD ("mark", 40, test_mark);
      ADD ("absent-and-failed", 40, test_absent_and_failed);
      ADD ("many-on-a-pixel", 5000, test_many_on_a_pixel);
      ADD ("reads-once-a-frame", 40, test_reads_once_a_frame);
      ADD ("words", 40, test_words);
    }

  return g_test_run ();
}
