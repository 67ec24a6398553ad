/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window-drop"

#include "config.h"

#include "app/bag-window-drop.h"

#include "app/bag-paths.h"

/* Files and folders dropped on the window are opened. */

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer user_data)
{
  g_auto (GStrv) paths = bag_paths_from_files (g_value_get_boxed (value));

  bag_window_open (BAG_WINDOW (user_data), (const char *const *) paths);

  return paths[0] != NULL;
}

/**
 * bag_window_drop_add:
 * @window: a window
 *
 * Lets @window take files.
 */
void
bag_window_drop_add (BagWindow *window)
{
  GtkDropTarget *target;

  g_return_if_fail (BAG_IS_WINDOW (window));

  target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
