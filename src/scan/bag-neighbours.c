/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-neighbours"

#include "config.h"

#include "scan/bag-neighbours.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

/* What lies beside a file, and how a scan and its report are named after each other. */

#define REPORT_SUFFIX ".tdr.dcs"
#define SCAN_SUFFIX ".dcs"

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
build_path (const char *folder, const char *name)
{
  return strcmp (folder, ".") == 0 ? g_strdup (name) : g_build_filename (folder, name, NULL);
}

static void
take_entry (GPtrArray *files, DIR *dir, const char *folder, const char *name, guint64 most_bytes)
{
  struct stat info;

  if (fstatat (dirfd (dir), name, &info, 0) == 0 && S_ISREG (info.st_mode) && (guint64) info.st_size <= most_bytes)
    g_ptr_array_add (files, build_path (folder, name));
}

/**
 * bag_neighbours_list:
 * @path: a file
 * @most: entries of its folder that are looked at
 * @most_bytes: larger files are left out
 *
 * Opens none of them. What is hidden is left out, and so is @path itself.
 *
 * Returns: (transfer full) (element-type filename): the other regular files of the
 *   folder, sorted byte by byte; %NULL when there are more entries than @most.
 *   Empty when the folder cannot be read
 */
GPtrArray *
bag_neighbours_list (const char *path, guint most, guint64 most_bytes)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = NULL;
  g_autofree char *own = NULL;
  const struct dirent *entry;
  guint n_entries = 0;
  DIR *dir;

  g_return_val_if_fail (path != NULL, NULL);

  folder = g_path_get_dirname (path);
  own = g_path_get_basename (path);
  dir = opendir (folder);
  while (dir != NULL && n_entries <= most && (entry = readdir (dir)) != NULL)
    if (entry->d_name[0] != '.')
      {
        n_entries++;
        if (strcmp (entry->d_name, own) != 0)
          take_entry (files, dir, folder, entry->d_name, most_bytes);
      }
  if (dir != NULL)
    closedir (dir);
  if (n_entries > most)
    return NULL;

  g_ptr_array_sort (files, compare_names);

  return g_steal_pointer (&files);
}

static char *
strip_suffix (const char *path, const char *suffix)
{
  return g_str_has_suffix (path, suffix) ? g_strndup (path, strlen (path) - strlen (suffix)) : NULL;
}

/**
 * bag_neighbours_name_reports:
 * @path: the file of a scan
 *
 * Returns: (transfer full) (element-type filename): the paths that its report may
 *   have, written as bag_neighbours_list() writes them
 */
GPtrArray *
bag_neighbours_name_reports (const char *path)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_path_get_basename (path);
  g_autofree char *stem = strip_suffix (own, SCAN_SUFFIX);
  g_autofree char *name = g_strconcat (own, REPORT_SUFFIX, NULL);
  g_autofree char *short_name = stem != NULL ? g_strconcat (stem, REPORT_SUFFIX, NULL) : NULL;

  g_ptr_array_add (paths, build_path (folder, name));
  if (short_name != NULL)
    g_ptr_array_add (paths, build_path (folder, short_name));

  return paths;
}

/**
 * bag_neighbours_name_scan:
 * @path: the file of a report
 *
 * Returns: (transfer full) (nullable): the file that it is named after
 */
char *
bag_neighbours_name_scan (const char *path)
{
  return strip_suffix (path, REPORT_SUFFIX);
}
