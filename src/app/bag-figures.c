/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-figures"

#include "config.h"

#include "app/bag-figures.h"

#include "app/bag-open-dialog.h"
#include "session/bag-pool-export.h"

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

/**
 * bag_figures_save:
 * @window: whose figures
 * @path: the file to write, whole or not at all
 *
 * Writes the figures of the pool with the keys of bag_pool_get_stats(): as CSV where
 * @path ends so, else as JSON. The window says so when that fails.
 *
 * Returns: whether they were written
 */
gboolean
bag_figures_save (BagWindow *window, const char *path)
{
  BagPoolStats stats = { 0 };
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BAG_IS_WINDOW (window), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  get_stats (window, &stats);
  text = g_str_has_suffix (path, ".csv") ? bag_pool_export_to_csv (&stats) : bag_pool_export_to_json (&stats);
  if (g_file_set_contents (path, text, -1, &error))
    return TRUE;

  bag_window_show_message (window, error->message);

  return FALSE;
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
