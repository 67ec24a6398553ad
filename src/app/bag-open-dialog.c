/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-open-dialog"

#include "config.h"

#include "app/bag-open-dialog.h"

#include "app/bag-paths.h"

#include <glib/gi18n.h>

/* The only place that knows GtkFileChooserNative, which newer GTK replaces. */

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

static GtkFileChooserNative *
new_files (GtkWindow *parent)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (_ ("Open Scan"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (native), TRUE);
  add_filter (GTK_FILE_CHOOSER (native), _ ("DICOS (*.dcs)"), "*.dcs");
  add_filter (GTK_FILE_CHOOSER (native), _ ("DICOM (*.dcm)"), "*.dcm");
  add_filter (GTK_FILE_CHOOSER (native), _ ("All files"), "*");

  return native;
}

static GtkFileChooserNative *
new_save_figures (GtkWindow *parent)
{
  GtkFileChooserNative *native = gtk_file_chooser_native_new (_ ("Save Figures"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), "bagscope-figures.json");
  add_filter (GTK_FILE_CHOOSER (native), _ ("JSON (*.json)"), "*.json");
  add_filter (GTK_FILE_CHOOSER (native), _ ("CSV (*.csv)"), "*.csv");

  return native;
}

static GtkFileChooserNative *
new_native (GtkWindow *parent, BagOpenDialogKind kind)
{
  switch (kind)
    {
    case BAG_OPEN_DIALOG_FILES:
      return new_files (parent);
    case BAG_OPEN_DIALOG_FOLDER:
      return gtk_file_chooser_native_new (_ ("Open Folder"), parent, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL, NULL);
    case BAG_OPEN_DIALOG_SAVE_FIGURES:
      return new_save_figures (parent);
    default:
      g_assert_not_reached ();
    }
}

static GSList *
get_files (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) model = gtk_file_chooser_get_files (chooser);
  GSList *files = NULL;

  for (guint i = g_list_model_get_n_items (model); i > 0; i--)
    files = g_slist_prepend (files, g_list_model_get_item (model, i - 1));

  return files;
}

static void
return_choice (GTask *task, GtkFileChooser *chooser)
{
  g_autoslist (GFile) files = get_files (chooser);
  g_auto (GStrv) paths = bag_paths_from_files (files);

  if (paths[0] == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _ ("Only files on this machine can be opened"));
  else
    g_task_return_pointer (task, g_steal_pointer (&paths), (GDestroyNotify) g_strfreev);
}

static void
on_response (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    return_choice (task, GTK_FILE_CHOOSER (dialog));
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "dismissed");

  gtk_native_dialog_destroy (dialog);
}

/* A window that is destroyed is unmapped; it is only gone once the dialog has let go of it. */
static void
on_parent_unmap (GtkNativeDialog *dialog)
{
  g_signal_emit_by_name (dialog, "response", GTK_RESPONSE_DELETE_EVENT);
}

/**
 * bag_open_dialog_choose_async:
 * @parent: the window that asks
 * @folder: (nullable): where to start
 *
 * Asks for files or a folder to open, or for a file to write. Main thread.
 */
void
bag_open_dialog_choose_async (GtkWindow *parent,
                              BagOpenDialogKind kind,
                              const char *folder,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  GtkFileChooserNative *native;

  g_return_if_fail (GTK_IS_WINDOW (parent));

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_name (task, "bag-open-dialog");
  native = new_native (parent, kind);
  g_task_set_task_data (task, native, g_object_unref);
  if (folder != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_path (folder);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (native), file, NULL);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  g_signal_connect_object (parent, "unmap", G_CALLBACK (on_parent_unmap), native, G_CONNECT_SWAPPED);
  g_signal_connect (native, "response", G_CALLBACK (on_response), g_steal_pointer (&task));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
}

/**
 * bag_open_dialog_choose_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1): at least one path, or
 *   %NULL with @error set: %G_IO_ERROR_CANCELLED when nothing was chosen
 */
char **
bag_open_dialog_choose_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

G_GNUC_END_IGNORE_DEPRECATIONS
