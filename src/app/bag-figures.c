/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-figures"

#include "config.h"

#include "app/bag-figures.h"

#include "app/bag-open-dialog.h"
#include "output/bag-output-file.h"
#include "session/bag-pool-export.h"

#include <string.h>

/* The figures of the pool, as a file for whoever looks into them afterwards. */

static void
on_choose_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BagWindow *window = BAG_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = bag_open_dialog_choose_finish (result, &error);

  if (paths != NULL)
    bag_figures_save (window, paths[0]);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bag_window_show_message (window, error->message);
}

/**
 * bag_figures_ask_and_save:
 * @window: whose figures
 *
 * Asks where to, then does as bag_figures_save() does.
 */
void
bag_figures_ask_and_save (BagWindow *window)
{
  g_return_if_fail (BAG_IS_WINDOW (window));

  bag_open_dialog_choose_async (GTK_WINDOW (window),
                                BAG_OPEN_DIALOG_SAVE_FIGURES,
                                NULL,
                                bag_window_get_cancellable (window),
                                on_choose_ready,
                                NULL);
}

static void
get_stats (BagWindow *window, BagPoolStats *stats)
{
  BagPool *pool = bag_session_get_pool (bag_window_get_session (window));

  if (pool != NULL)
    bag_pool_get_stats (pool, stats);
}

/* The program stays until the file is written, also when its window is closed. */
typedef struct
{
  GWeakRef window;
  GApplication *application; /* (nullable) */
} BagFiguresSaving;

static BagFiguresSaving *
saving_new (BagWindow *window)
{
  BagFiguresSaving *self = g_new0 (BagFiguresSaving, 1);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));

  g_weak_ref_init (&self->window, window);
  if (application != NULL)
    {
      self->application = g_object_ref (G_APPLICATION (application));
      g_application_hold (self->application);
    }

  return self;
}

static void
saving_free (BagFiguresSaving *self)
{
  if (self->application != NULL)
    g_application_release (self->application);
  g_clear_object (&self->application);
  g_weak_ref_clear (&self->window);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagFiguresSaving, saving_free)

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagFiguresSaving) saving = user_data;
  g_autoptr (BagWindow) window = g_weak_ref_get (&saving->window);
  g_autoptr (GError) error = NULL;

  if (bag_output_file_save_finish (result, &error))
    return;
  if (window != NULL)
    bag_window_show_message (window, error->message);
  else
    g_printerr ("%s\n", error->message);
}

/**
 * bag_figures_save:
 * @window: whose figures
 * @path: the file to write, whole or not at all
 *
 * Writes the figures of the pool as of now, with the keys of bag_pool_get_stats(): as CSV
 * where @path ends so, else as JSON. Returns at once; the window says so when it fails.
 */
void
bag_figures_save (BagWindow *window, const char *path)
{
  BagPoolStats stats = { 0 };
  char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (BAG_IS_WINDOW (window));
  g_return_if_fail (path != NULL);

  get_stats (window, &stats);
  text = g_str_has_suffix (path, ".csv") ? bag_pool_export_to_csv (&stats) : bag_pool_export_to_json (&stats);
  bytes = g_bytes_new_take (text, strlen (text));
  bag_output_file_save_async (path, bytes, NULL, on_saved, saving_new (window));
}

/**
 * bag_figures_copy:
 * @window: whose figures
 *
 * Puts what the panel says into the clipboard, a line a figure.
 */
void
bag_figures_copy (BagWindow *window)
{
  BagPoolStats stats = { 0 };
  g_autofree char *text = NULL;

  g_return_if_fail (BAG_IS_WINDOW (window));

  get_stats (window, &stats);
  text = bag_pool_export_to_text (&stats);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (window)), text);
}
