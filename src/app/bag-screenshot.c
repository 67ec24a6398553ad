/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-screenshot"

#include "config.h"

#include "app/bag-screenshot.h"

#include "description/bag-error.h"
#include "output/bag-output-file.h"

#include <glib/gi18n.h>

/* A picture of a window, taken once the slice that was asked for is on it. The
 * session says when that is; two frames are then drawn before the picture is
 * taken, since the first may still have laid out what the slice has changed. */

#define FRAMES_TO_WAIT 2

typedef struct
{
  GtkWindow *window;
  BagSession *session;
  char *what;
  char *path;
  GdkFrameClock *clock;
  gulong unmap_id;
  gulong frame_id;
  gulong notify_id;
  guint number;   /* of the slice that was asked for, from 1; 0: any */
  guint n_frames; /* drawn since the slice was there */
} Shot;

static void
shot_disconnect (Shot *shot)
{
  g_clear_signal_handler (&shot->unmap_id, shot->window);
  g_clear_signal_handler (&shot->frame_id, shot->clock);
  g_clear_signal_handler (&shot->notify_id, shot->session);
}

static void
shot_free (gpointer data)
{
  Shot *shot = data;

  g_clear_object (&shot->clock);
  g_clear_object (&shot->session);
  g_clear_object (&shot->window);
  g_free (shot->what);
  g_free (shot->path);
  g_free (shot);
}

static GskRenderNode *
snapshot_window (GtkWindow *window)
{
  double width = gtk_widget_get_width (GTK_WIDGET (window));
  double height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (paintable, snapshot, width, height);

  return gtk_snapshot_free_to_node (snapshot);
}

/* What @window shows, with its border and without its shadow, one pixel a pixel of the window's
 * coordinates. */
static GBytes *
draw_png (GtkWindow *window, GError **error)
{
  graphene_rect_t bounds;
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));
  GskRenderNode *node = renderer != NULL ? snapshot_window (window) : NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (window), GTK_WIDGET (window), &bounds) || node == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The window is not on the screen"));
      return NULL;
    }

  texture = gsk_renderer_render_texture (renderer, node, &bounds);
  gsk_render_node_unref (node);

  return gdk_texture_save_to_png_bytes (texture);
}

static gboolean
is_settled (Shot *shot)
{
  return bag_session_get_scan (shot->session) != NULL && !bag_session_get_loading (shot->session) && bag_session_is_exact (shot->session);
}

/* Returns NULL as long as nothing went wrong. */
static char *
describe_failure (Shot *shot)
{
  const char *message = bag_session_get_message (shot->session);
  const char *text = message != NULL ? message : bag_session_get_slice_error (shot->session);
  const char *name = bag_session_get_error_name (shot->session);

  if (text == NULL)
    return NULL;

  return g_strdup_printf ("%s: %s [%s]", shot->what, text, name != NULL ? name : bag_error_get_name (BAG_ERROR_NO_ACCESS));
}

static void
fail_picture (GTask *task, const GError *error)
{
  Shot *shot = g_task_get_task_data (task);

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s [%s]", shot->path, error->message, bag_error_name_of (error));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (bag_output_file_save_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    fail_picture (task, error);
}

static void
finish (GTask *task)
{
  g_autoptr (GTask) owned = task;
  Shot *shot = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) picture = draw_png (shot->window, &error);

  shot_disconnect (shot);
  if (picture != NULL)
    bag_output_file_save_async (shot->path, picture, NULL, on_saved, g_steal_pointer (&owned));
  else
    fail_picture (task, error);
}

static void
fail (GTask *task, const char *text)
{
  g_autoptr (GTask) owned = task;
  Shot *shot = g_task_get_task_data (task);

  shot_disconnect (shot);
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", text);
}

/* A bag with fewer slices than were asked for shows its last one. */
static gboolean
is_wanted_slice (Shot *shot)
{
  return shot->number == 0 || bag_session_get_slice_index (shot->session) == shot->number - 1;
}

static void
fail_slice (GTask *task)
{
  Shot *shot = g_task_get_task_data (task);
  BagScan *scan = bag_session_get_scan (shot->session);
  g_autofree char *text = g_strdup_printf (_ ("%s: slice %u was asked for, there are %u [%s]"),
                                           shot->what,
                                           shot->number,
                                           bag_scan_get_n_slices (scan),
                                           bag_error_get_name (BAG_ERROR_LIMIT));

  fail (task, text);
}

static void
on_window_unmap (GTask *task)
{
  fail (task, _ ("The window was closed"));
}

/* The message may be set before the window's own wiring has run; the frame
 * clock is the one place where everything has settled. */
static void
on_after_paint (GTask *task)
{
  Shot *shot = g_task_get_task_data (task);
  g_autofree char *failure = describe_failure (shot);

  if (failure != NULL)
    {
      fail (task, failure);
      return;
    }

  shot->n_frames = is_settled (shot) ? shot->n_frames + 1 : 0;
  if (shot->n_frames > 0 && !is_wanted_slice (shot))
    fail_slice (task);
  else if (shot->n_frames > FRAMES_TO_WAIT)
    finish (task);
  else if (shot->n_frames > 0)
    gtk_widget_queue_draw (GTK_WIDGET (shot->window));
}

/* Each change of the session asks for a frame, so that it is looked at. */
static void
on_session_changed (GTask *task)
{
  Shot *shot = g_task_get_task_data (task);

  gtk_widget_queue_draw (GTK_WIDGET (shot->window));
}

/**
 * bag_screenshot_take_async:
 * @window: a window that was presented
 * @session: what it shows
 * @what: what is being opened, for messages
 * @number: the slice that was asked for, counted from 1; 0: any
 * @path: where to write a PNG, as for bag_output_file_new()
 *
 * Waits until the wanted slice is drawn, then writes the picture. Main thread.
 */
void
bag_screenshot_take_async (GtkWindow *window,
                           BagSession *session,
                           const char *what,
                           guint number,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task;
  Shot *shot;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (BAG_IS_SESSION (session));
  g_return_if_fail (path != NULL);
  g_return_if_fail (gtk_widget_get_realized (GTK_WIDGET (window)));

  task = g_task_new (window, cancellable, callback, user_data);
  g_task_set_name (task, "bag-screenshot");
  shot = g_new0 (Shot, 1);
  shot->window = g_object_ref (window);
  shot->session = g_object_ref (session);
  shot->what = g_strdup (what);
  shot->number = number;
  shot->path = g_strdup (path);
  shot->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  g_task_set_task_data (task, shot, shot_free);
  shot->frame_id = g_signal_connect_swapped (shot->clock, "after-paint", G_CALLBACK (on_after_paint), task);
  shot->notify_id = g_signal_connect_swapped (session, "notify", G_CALLBACK (on_session_changed), task);
  shot->unmap_id = g_signal_connect_swapped (window, "unmap", G_CALLBACK (on_window_unmap), task);
  gtk_widget_queue_draw (GTK_WIDGET (window));
}

/**
 * bag_screenshot_take_finish:
 *
 * Returns: whether the picture was written
 */
gboolean
bag_screenshot_take_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
