/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-folder-listing"

#include "config.h"

#include "scan/bag-folder-listing.h"

#include "scan/bag-input-file.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

/*
 * The files of a folder and of those inside it. Links to folders are not
 * followed, which rules out loops; depth and number are bounded. The walk is a
 * list of folders still to visit, not a recursion.
 */
typedef struct
{
  char *path;
  guint depth;
} PendingFolder;

static void
pending_folder_free (PendingFolder *folder)
{
  g_free (folder->path);
  g_free (folder);
}

static void
push_folder (GQueue *pending, const char *path, guint depth)
{
  PendingFolder *folder = g_new0 (PendingFolder, 1);

  folder->path = g_strdup (path);
  folder->depth = depth;
  g_queue_push_tail (pending, folder);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Only regular files are worth opening: what a link leads to is looked at, a linked folder is not entered. */
static void
take_entry (const PendingFolder *folder, DIR *dir, const struct dirent *entry, GPtrArray *files, GQueue *pending)
{
  const char *name = entry->d_name;
  g_autofree char *path = g_build_filename (folder->path, name, NULL);
  struct stat info;

  if (entry->d_type == DT_REG)
    {
      g_ptr_array_add (files, g_steal_pointer (&path));
      return;
    }

  if (fstatat (dirfd (dir), name, &info, AT_SYMLINK_NOFOLLOW) < 0)
    return;

  if (S_ISDIR (info.st_mode) && folder->depth < BAG_FOLDER_MAX_DEPTH)
    push_folder (pending, path, folder->depth + 1);
  else if (S_ISREG (info.st_mode) || (S_ISLNK (info.st_mode) && fstatat (dirfd (dir), name, &info, 0) == 0 && S_ISREG (info.st_mode)))
    g_ptr_array_add (files, g_steal_pointer (&path));
}

static gboolean
check_bounds (const PendingFolder *folder, guint n_entries, GCancellable *cancellable, GError **error)
{
  g_autofree char *name = NULL;

  if (n_entries > BAG_FOLDER_MAX_FILES)
    {
      name = g_filename_display_basename (folder->path);
      g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("The folder holds more than %u files and folders, the last ones seen in “%s”. Choose a folder with one bag."), BAG_FOLDER_MAX_FILES, name);
      return FALSE;
    }

  return bag_source_check_cancelled (cancellable, error);
}

static gboolean
list_folder (const PendingFolder *folder, GPtrArray *files, GQueue *pending, GCancellable *cancellable, GError **error)
{
  DIR *dir = opendir (folder->path);
  const struct dirent *entry;
  gboolean good = TRUE;

  if (dir == NULL)
    {
      bag_input_file_set_error (error, folder->path, errno);
      return FALSE;
    }

  while (good && (entry = readdir (dir)) != NULL)
    {
      if (entry->d_name[0] != '.')
        take_entry (folder, dir, entry, files, pending);
      good = check_bounds (folder, files->len + pending->length, cancellable, error);
    }
  closedir (dir);

  return good;
}

static gboolean
list_all (GQueue *pending, GPtrArray *files, GCancellable *cancellable, GError **error)
{
  PendingFolder *folder;
  gboolean good = TRUE;

  while (good && (folder = g_queue_pop_head (pending)) != NULL)
    {
      g_autoptr (GError) problem = NULL;

      if (!list_folder (folder, files, pending, cancellable, &problem) && (folder->depth == 0 || !g_error_matches (problem, BAG_ERROR, BAG_ERROR_NO_ACCESS)))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          good = FALSE;
        }
      pending_folder_free (folder);
    }

  return good;
}

/**
 * bag_folder_listing_new:
 * @path: a folder
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Folders inside @path that cannot be read are passed over, and so is all that
 * is hidden.
 *
 * Returns: (transfer full) (element-type filename): the paths of all regular
 *   files, sorted byte by byte; %NULL when @path cannot be read or holds too much
 */
GPtrArray *
bag_folder_listing_new (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  GQueue pending = G_QUEUE_INIT;
  gboolean good;

  g_return_val_if_fail (path != NULL, NULL);

  push_folder (&pending, path, 0);
  good = list_all (&pending, files, cancellable, error);
  g_queue_clear_full (&pending, (GDestroyNotify) pending_folder_free);
  if (!good)
    return NULL;

  g_ptr_array_sort (files, compare_names);

  return g_steal_pointer (&files);
}
