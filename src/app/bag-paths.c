/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-paths"

#include "config.h"

#include "app/bag-paths.h"

#include <glib/gi18n.h>

/* Paths out of what a person drops or pastes: a list of files, or text that
 * names them, one a line, as paths or as file: addresses. */

static char *
path_from_line (const char *line)
{
  if (g_path_is_absolute (line))
    return g_strdup (line);
  if (g_str_has_prefix (line, "file:"))
    return g_filename_from_uri (line, NULL, NULL);

  return NULL;
}

/**
 * bag_paths_from_files:
 * @files: (element-type GFile): a list of files
 *
 * Returns: (transfer full) (array zero-terminated=1): the paths of those that
 *   have one on this machine
 */
char **
bag_paths_from_files (GSList *files)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (GSList *item = files; item != NULL; item = item->next)
    {
      char *path = g_file_get_path (item->data);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

/**
 * bag_paths_from_text:
 * @text: pasted text
 *
 * Returns: (transfer full) (array zero-terminated=1): the paths that stand in
 *   it; empty unless every line that is not blank names one
 */
char **
bag_paths_from_text (const char *text)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      char *path = path_from_line (line);

      if (path != NULL)
        g_ptr_array_add (paths, path);
      else if (*line != '\0')
        return g_new0 (char *, 1);
    }
  g_ptr_array_add (paths, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

static void
return_paths (GTask *task, char **paths)
{
  g_auto (GStrv) owned = paths;

  if (owned == NULL || owned[0] == NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("There is no file in the clipboard"));
  else
    g_task_return_pointer (task, g_steal_pointer (&owned), (GDestroyNotify) g_strfreev);
}

static void
on_read_text_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  return_paths (task, text != NULL ? bag_paths_from_text (text) : NULL);
}

/* GTK takes any text for the address of a file; that of a plain path is one of a file that
 * has no path. Then the text has to be read as what it is. */
static void
on_read_files_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GdkClipboard *clipboard = GDK_CLIPBOARD (source);
  const GValue *value = gdk_clipboard_read_value_finish (clipboard, result, NULL);
  g_auto (GStrv) paths = bag_paths_from_files (value != NULL ? g_value_get_boxed (value) : NULL);

  if (paths[0] != NULL)
    return_paths (task, g_steal_pointer (&paths));
  else
    gdk_clipboard_read_text_async (clipboard, g_task_get_cancellable (task), on_read_text_ready, g_object_ref (task));
}

/**
 * bag_paths_read_clipboard_async:
 * @clipboard: a clipboard
 *
 * Reads a list of files, or else text that names some. Main thread.
 */
void
bag_paths_read_clipboard_async (GdkClipboard *clipboard,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (GDK_IS_CLIPBOARD (clipboard));

  task = g_task_new (clipboard, cancellable, callback, user_data);
  g_task_set_name (task, "bag-paths-read-clipboard");
  gdk_clipboard_read_value_async (clipboard,
                                  GDK_TYPE_FILE_LIST,
                                  G_PRIORITY_DEFAULT,
                                  cancellable,
                                  on_read_files_ready,
                                  g_object_ref (task));
}

/**
 * bag_paths_read_clipboard_finish:
 *
 * Returns: (transfer full) (array zero-terminated=1): at least one path, or
 *   %NULL with @error set
 */
char **
bag_paths_read_clipboard_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
