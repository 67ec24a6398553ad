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

/**
 * bag_figures_save:
 * @window: whose figures
 * @path: the file to write, whole or not at all
 *
 * Writes the figures of the pool as JSON, with the keys of
 * bag_pool_get_stats(). The window says so when that fails.
 *
 * Returns: whether they were written
 */
gboolean
bag_figures_save (BagWindow *window, const char *path)
{
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (BAG_IS_WINDOW (window), FALSE);
  g_return_val_if_fail (path != NULL, FALSE);

  json = bag_pool_export_to_json (bag_pool_monitor_get_stats (bag_session_get_pool_monitor (bag_window_get_session (window))));
  if (g_file_set_contents (path, json, -1, &error))
    return TRUE;

  bag_window_show_message (window, error->message);

  return FALSE;
}
