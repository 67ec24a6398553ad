/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-gated-source.h"
#include "bag-test-display.h"
#include "widgets/bag-slice-view-private.h"

#include <string.h>

#define VIEW_SIZE 600

typedef struct
{
  BagSession *session;
  GtkWidget *window;
  GtkWidget *view;
} Fixture;

/* A view on the made-up bag, with its slice on the screen. */
static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->session = bag_session_new (0);
  fixture->view = bag_slice_view_new ();
  bag_slice_view_set_session (BAG_SLICE_VIEW (fixture->view), fixture->session);
  fixture->window = bag_test_show (fixture->view, VIEW_SIZE, VIEW_SIZE);
  bag_session_open_demo (fixture->session, 1);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
}

/* In whatever thread the last reference goes. */
static void
on_scan_finalized (gpointer is_finalized,
                   GObject *where_it_was)
{
  g_atomic_int_set ((gint *) is_finalized, TRUE);
  g_main_context_wakeup (NULL);
}

/* The view lets go of the scan too, and not only when the session does. */
static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  BagScan *scan = bag_session_get_scan (fixture->session);
  gint finalized = scan == NULL;

  if (scan != NULL)
    g_object_weak_ref (G_OBJECT (scan), on_scan_finalized, &finalized);
  g_object_add_weak_pointer (G_OBJECT (fixture->view), (gpointer *) &fixture->view);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  bag_test_wait_until (fixture->view == NULL);
  bag_session_close (fixture->session);
  g_object_unref (fixture->session);
  bag_test_wait_until (g_atomic_int_get (&finalized));
}

static void
test_without_session (void)
{
  GtkWidget *view = g_object_ref_sink (bag_slice_view_new ());

  gtk_test_accessible_assert_role (view, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (view, GTK_ACCESSIBLE_PROPERTY_LABEL, "Slice view");
  g_assert_null (bag_slice_view_get_session (BAG_SLICE_VIEW (view)));
  bag_slice_view_zoom_in (BAG_SLICE_VIEW (view));
  g_assert_cmpfloat (bag_slice_view_get_zoom (BAG_SLICE_VIEW (view)), ==, 0);
  g_assert_finalize_object (view);
}

static void
test_without_scan (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *view = g_object_ref_sink (bag_slice_view_new ());
  GtkEventController *scroll = bag_test_find_controller (view, GTK_TYPE_EVENT_CONTROLLER_SCROLL, 0);
  gboolean handled = TRUE;

  bag_slice_view_set_session (BAG_SLICE_VIEW (view), session);
  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_false (handled);
  bag_slice_view_set_session (BAG_SLICE_VIEW (view), NULL);
  g_assert_finalize_object (view);
  g_assert_finalize_object (session);
}

static guint32
get_pixel (const guchar *pixels,
           gsize stride,
           guint x,
           guint y)
{
  return ((const guint32 *) (gconstpointer) (pixels + y * stride))[x] & 0xffffff;
}

/* Every pixel of the view against the definition, with squares of eight pixels. */
static void
test_pixels (Fixture *fixture,
             gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);
  const BagPixelLayout *layout = bag_scan_get_layout (bag_session_get_scan (fixture->session));
  const guint16 *stored = bag_slice_get_data (bag_session_get_slice (fixture->session));
  g_autoptr (GdkTexture) picture = NULL;
  g_autofree guchar *pixels = g_malloc (VIEW_SIZE * VIEW_SIZE * 4);
  BagSliceTransform transform;
  BagWindowLevel window;

  bag_slice_view_set_zoom (view, 8);
  picture = bag_test_take_picture (fixture->view);
  g_assert_cmpint (gdk_texture_get_width (picture), ==, VIEW_SIZE);
  gdk_texture_download (picture, pixels, VIEW_SIZE * 4);
  bag_viewport_get_transform (&view->viewport, &transform);
  bag_session_get_window (fixture->session, &window);

  /* Above the scale bar. */
  for (guint y = 0; y < VIEW_SIZE - 60; y++)
    for (guint x = 0; x < VIEW_SIZE; x++)
      {
        guint column, row;
        guint32 grey;

        g_assert_true (bag_slice_transform_to_voxel (&transform, layout->columns, layout->rows, x + 0.5, y + 0.5, &column, &row));
        grey = bag_window_level_map (&window, stored[row * layout->columns + column]);
        g_assert_cmphex (get_pixel (pixels, VIEW_SIZE * 4, x, y), ==, grey * 0x010101u);
      }
}

/* By another function the same window looks otherwise: that reaches the screen too. */
static void
test_pixels_of_functions (Fixture *fixture,
                          gconstpointer data)
{
  BagWindowLevel window = { 1000, 800, BAG_VOI_FUNCTION_LINEAR };

  for (guint function = 0; function < BAG_N_VOI_FUNCTIONS; function++)
    {
      window.function = (BagVoiFunction) function;
      bag_session_use_window (fixture->session, &window);
      test_pixels (fixture, data);
    }
}

static void
test_wheel (Fixture *fixture,
            gconstpointer data)
{
  GtkEventController *scroll = bag_test_find_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_SCROLL, 0);
  guint index = bag_session_get_slice_index (fixture->session);
  gboolean handled;

  g_signal_emit_by_name (scroll, "scroll", 0.0, 1.0, &handled);
  g_assert_true (handled);
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, index + 1);

  for (guint i = 0; i < 8; i++)
    g_signal_emit_by_name (scroll, "scroll", 0.0, 0.25, &handled);
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, index + 3);

  g_signal_emit_by_name (scroll, "scroll", 0.0, -1.0, &handled);
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, index + 2);
}

/* The slice on the screen follows: made once for each slice, never by drawing. */
static void
test_draws_only_on_change (Fixture *fixture,
                           gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);
  guint64 n_updates = bag_slice_painter_get_n_updates (view->painter);

  for (guint i = 0; i < 3; i++)
    g_object_unref (bag_test_take_picture (fixture->view));
  bag_slice_view_set_zoom (view, 3);
  g_assert_cmpuint (bag_slice_painter_get_n_updates (view->painter), ==, n_updates);

  bag_session_step (fixture->session, 1);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_slice_painter_get_n_updates (view->painter), ==, n_updates + 1);

  bag_session_set_inverted (fixture->session, TRUE);
  g_assert_cmpuint (bag_slice_painter_get_n_updates (view->painter), ==, n_updates + 2);
}

static void
drag (Fixture *fixture,
      guint button,
      double dx,
      double dy)
{
  GtkEventController *gesture = bag_test_find_controller (fixture->view, GTK_TYPE_GESTURE_DRAG, button);

  g_signal_emit_by_name (gesture, "drag-begin", 300.0, 300.0);
  g_signal_emit_by_name (gesture, "drag-update", dx / 3, dy / 3);
  g_signal_emit_by_name (gesture, "drag-update", dx, dy);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
}

static void
test_drag_window (Fixture *fixture,
                  gconstpointer data)
{
  BagWindowLevel before, after;

  bag_session_set_window (fixture->session, 1000, 400);
  bag_session_get_window (fixture->session, &before);
  drag (fixture, GDK_BUTTON_SECONDARY, 200, 100);
  bag_session_get_window (fixture->session, &after);
  g_assert_cmpfloat_with_epsilon (after.width, 800, 1e-6);
  g_assert_cmpfloat_with_epsilon (after.center, 1100, 1e-6);

  drag (fixture, GDK_BUTTON_SECONDARY, -100000, 0);
  bag_session_get_window (fixture->session, &after);
  g_assert_cmpfloat (after.width, ==, BAG_WINDOW_MIN_WIDTH);
}

static void
test_mode (Fixture *fixture,
           gconstpointer data)
{
  BagWindowLevel window;

  bag_session_set_window (fixture->session, 1000, 400);
  drag (fixture, GDK_BUTTON_PRIMARY, 200, 0);
  bag_session_get_window (fixture->session, &window);
  g_assert_cmpfloat (window.width, ==, 400);

  bag_slice_view_set_mode (BAG_SLICE_VIEW (fixture->view), BAG_SLICE_VIEW_MODE_WINDOW);
  drag (fixture, GDK_BUTTON_PRIMARY, 200, 0);
  bag_session_get_window (fixture->session, &window);
  g_assert_cmpfloat_with_epsilon (window.width, 800, 1e-6);
}

static void
count_notify (guint *count)
{
  (*count)++;
}

static void
test_drag_picture (Fixture *fixture,
                   gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);
  BagSliceTransform before, after;
  guint count = 0;

  bag_slice_view_set_zoom (view, 4);
  g_signal_connect_swapped (view, "notify::zoom", G_CALLBACK (count_notify), &count);
  bag_viewport_get_transform (&view->viewport, &before);
  drag (fixture, GDK_BUTTON_PRIMARY, 40, -24);
  bag_viewport_get_transform (&view->viewport, &after);
  g_assert_cmpfloat_with_epsilon (after.x - before.x, 40, 1e-6);
  g_assert_cmpfloat_with_epsilon (after.y - before.y, -24, 1e-6);

  drag (fixture, GDK_BUTTON_MIDDLE, -40, 24);
  bag_viewport_get_transform (&view->viewport, &after);
  g_assert_cmpfloat_with_epsilon (after.x, before.x, 1e-6);
  g_assert_cmpfloat_with_epsilon (after.y, before.y, 1e-6);
  g_assert_cmpuint (count, ==, 0);
}

static void
test_zoom (Fixture *fixture,
           gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);
  GtkEventController *click = bag_test_find_controller (fixture->view, GTK_TYPE_GESTURE_CLICK, 0);
  guint count = 0;

  g_signal_connect_swapped (view, "notify::zoom", G_CALLBACK (count_notify), &count);
  bag_slice_view_one_to_one (view);
  bag_slice_view_one_to_one (view);
  g_assert_cmpfloat (bag_slice_view_get_zoom (view), ==, 1);
  g_assert_cmpuint (count, ==, 1);

  bag_slice_view_zoom_in (view);
  g_assert_cmpfloat_with_epsilon (bag_slice_view_get_zoom (view), 1.25, 1e-9);
  bag_slice_view_zoom_out (view);
  bag_slice_view_zoom_out (view);
  g_assert_cmpfloat_with_epsilon (bag_slice_view_get_zoom (view), 0.8, 1e-9);

  g_signal_emit_by_name (click, "pressed", 1, 10.0, 10.0);
  g_assert_cmpfloat (bag_slice_view_get_zoom (view), !=, 0);
  g_signal_emit_by_name (click, "pressed", 2, 10.0, 10.0);
  g_assert_cmpfloat (bag_slice_view_get_zoom (view), ==, 0);
  g_assert_cmpuint (count, ==, 5);
}

static void
test_pointer (Fixture *fixture,
              gconstpointer data)
{
  GtkEventController *motion = bag_test_find_controller (fixture->view, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0);

  g_signal_emit_by_name (motion, "motion", 300.0, 300.0);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), !=, "");
  g_signal_emit_by_name (motion, "leave");
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "");
}

static void
wait_for_frame (Fixture *fixture)
{
  gtk_widget_queue_draw (fixture->view);
  gtk_test_widget_wait_for_draw (fixture->view);
}

/* Seen is what was in a frame, and not what was stepped over between two. */
static void
test_seen (Fixture *fixture,
           gconstpointer data)
{
  BagSession *session = fixture->session;

  bag_test_wait_until (bag_session_get_n_seen (session) == 1);
  for (guint i = 1; i <= 12; i++)
    bag_test_wait_until (bag_session_get_slice_state (session, i) == BAG_SLICE_STATE_READY);

  for (guint i = 0; i < 10; i++)
    bag_session_step (session, 1);
  bag_test_wait_until (bag_session_get_n_seen (session) == 2);
  for (guint i = 0; i <= 12; i++)
    g_assert_cmpint (bag_session_is_slice_seen (session, i), ==, i == 0 || i == 10);

  /* Not wanted in any frame: 11 was there only between two. */
  bag_session_set_slice_index (session, 11);
  bag_session_set_slice_index (session, 10);
  wait_for_frame (fixture);
  wait_for_frame (fixture);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 2);

  gtk_widget_set_visible (fixture->view, FALSE);
  bag_session_set_slice_index (session, 12);
  bag_test_drain ();
  g_assert_false (bag_session_is_slice_seen (session, 12));
  gtk_widget_set_visible (fixture->view, TRUE);
  bag_test_wait_until (bag_session_is_slice_seen (session, 12));
}

static void
open_gated (Fixture *fixture,
            BagGate *gate)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, bag_gated_scan_new (gate, "BAG", 16, 8, 40));
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
}

/* The picture is there already while another slice is wanted; then it is wanted after all.
 * Nothing of it changes, nor do the notes above it, which are away: from then on it is seen. */
static void
test_seen_when_wanted (Fixture *fixture,
                       gconstpointer data)
{
  BagSession *session = fixture->session;
  g_autoptr (BagGate) gate = bag_gate_new (TRUE);

  open_gated (fixture, gate);
  bag_test_wait_until (bag_session_get_slice_state (session, 5) == BAG_SLICE_STATE_READY);
  gtk_widget_set_visible (fixture->view, FALSE);
  bag_session_set_slice_index (session, 5);
  bag_gate_close (gate);
  bag_session_clear_cache (session);
  bag_session_set_slice_index (session, 20);
  gtk_widget_set_child_visible (BAG_SLICE_VIEW (fixture->view)->notes, FALSE);
  gtk_widget_set_visible (fixture->view, TRUE);
  wait_for_frame (fixture);
  wait_for_frame (fixture);
  g_assert_cmpuint (bag_session_get_drawn_index (session), ==, 5);
  g_assert_false (bag_session_is_slice_seen (session, 5));

  bag_session_set_slice_index (session, 5);
  bag_test_wait_until (bag_session_is_slice_seen (session, 5));
  bag_gate_open (gate);
}

/* A slice that cannot be shown is hatched, with the reason: the one before does not stay. */
static void
test_failed_slice (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) gate = bag_gate_new (TRUE);
  g_autofree guchar *pixels = g_malloc (VIEW_SIZE * VIEW_SIZE * 4);
  g_autoptr (GdkTexture) picture = NULL;
  GtkWidget *words = bag_test_find_widget (fixture->view, GTK_TYPE_LABEL, "error");
  guint darkest = 255, brightest = 0;

  bag_gate_set_failing (gate, 5);
  open_gated (fixture, gate);
  bag_session_set_slice_index (fixture->session, 5);
  bag_test_wait_until (bag_session_get_slice_error (fixture->session) != NULL && gtk_widget_get_mapped (words));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (words)), "Slice 6 cannot be shown: "));
  picture = bag_test_take_picture (fixture->view);
  gdk_texture_download (picture, pixels, VIEW_SIZE * 4);
  for (guint x = 0; x < VIEW_SIZE; x++)
    {
      darkest = MIN (darkest, get_pixel (pixels, VIEW_SIZE * 4, x, 200) & 0xff);
      brightest = MAX (brightest, get_pixel (pixels, VIEW_SIZE * 4, x, 200) & 0xff);
    }
  g_assert_cmpuint (darkest, ==, 0x1c);
  g_assert_cmpuint (brightest, ==, 0x38);
}

static void
test_closing (Fixture *fixture,
              gconstpointer data)
{
  BagSliceView *view = BAG_SLICE_VIEW (fixture->view);

  g_assert_false (bag_slice_painter_is_empty (view->painter));
  bag_slice_view_set_zoom (view, 5);
  bag_session_close (fixture->session);
  g_assert_true (bag_slice_painter_is_empty (view->painter));
  g_assert_cmpfloat (bag_slice_view_get_zoom (view), ==, 0);
}

static void
add (const char *path,
     void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/slice-view/without-session", test_without_session);
      g_test_add_func ("/slice-view/without-scan", test_without_scan);
      add ("/slice-view/pixels", test_pixels);
      add ("/slice-view/pixels-of-functions", test_pixels_of_functions);
      add ("/slice-view/wheel", test_wheel);
      add ("/slice-view/draws-only-on-change", test_draws_only_on_change);
      add ("/slice-view/drag-window", test_drag_window);
      add ("/slice-view/mode", test_mode);
      add ("/slice-view/drag-picture", test_drag_picture);
      add ("/slice-view/zoom", test_zoom);
      add ("/slice-view/pointer", test_pointer);
      add ("/slice-view/seen", test_seen);
      add ("/slice-view/seen-when-wanted", test_seen_when_wanted);
      add ("/slice-view/failed-slice", test_failed_slice);
      add ("/slice-view/closing", test_closing);
    }

  return g_test_run ();
}
