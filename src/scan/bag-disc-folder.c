/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-disc-folder"

#include "config.h"

#include "scan/bag-disc-folder.h"

#include "description/bag-error.h"
#include "description/bag-file-ids.h"
#include "scan/bag-scan-gatherer.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <fcntl.h>
#include <unistd.h>

/*
 * The files that the directory of a disc lists, inside the folder that it lies
 * in and nowhere else. Each name leads one step down: what is no plain name was
 * refused before, and a link is not followed, whatever it leads to.
 */

static int
open_step (int folder, const char *name, gboolean is_last)
{
  return openat (folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC | (is_last ? 0 : O_DIRECTORY));
}

/* Discs have capital letters; where one is mounted or copied to they are often small. */
static int
open_either_case (int folder, char **name, gboolean is_last)
{
  int fd = open_step (folder, *name, is_last);
  char *small;

  if (fd >= 0)
    return fd;

  small = g_ascii_strdown (*name, -1);
  g_free (*name);
  *name = small;

  return open_step (folder, *name, is_last);
}

static gboolean
is_regular (int fd)
{
  struct stat info;

  return fstat (fd, &info) == 0 && S_ISREG (info.st_mode);
}

/* @names: (inout): get the case that they have here. Returns: whether they lead to a file */
static gboolean
walk (const char *folder, char **names)
{
  int fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  gboolean is_file;

  for (guint i = 0; fd >= 0 && names[i] != NULL; i++)
    {
      int next = open_either_case (fd, &names[i], names[i + 1] == NULL);

      close (fd);
      fd = next;
    }

  is_file = fd >= 0 && is_regular (fd);
  if (fd >= 0)
    close (fd);

  return is_file;
}

static void
add_file (BagFileList *files, BagScanGatherer *gatherer, const char *folder, const char *id)
{
  g_auto (GStrv) names = bag_file_id_split (id);
  g_autofree char *relative = NULL;
  g_autofree char *path = NULL;

  if (names == NULL)
    {
      bag_scan_gatherer_note_outside (gatherer, id);
      return;
    }
  if (!walk (folder, names))
    {
      bag_scan_gatherer_note_missing (gatherer, id);
      return;
    }

  relative = g_build_filenamev (names);
  path = g_build_filename (folder, relative, NULL);
  bag_file_list_add (files, path, 0);
}

/**
 * bag_disc_folder_open:
 * @path: the directory of a disc (DICOMDIR)
 * @ids: (element-type utf8): the file IDs that it lists
 * @context: who opens, and how
 * @error: return location, in the domain %BAG_ERROR
 *
 * Files that are not there, and IDs that lead out of the folder, are said by name.
 *
 * Returns: (transfer full) (element-type BagScan): the scans of the disc, as
 *   bag_source_open_with() orders them, at least one; or %NULL
 */
GPtrArray *
bag_disc_folder_open (const char *path, const GPtrArray *ids, const BagSourceContext *context, GError **error)
{
  g_autoptr (BagScanGatherer) gatherer = bag_scan_gatherer_new ();
  g_autoptr (BagFileList) files = bag_file_list_new ();
  g_autofree char *folder = NULL;

  g_return_val_if_fail (path != NULL && ids != NULL && context != NULL, NULL);

  folder = g_path_get_dirname (path);
  for (guint i = 0; i < ids->len; i++)
    {
      if (!bag_source_check_cancelled (context->cancellable, error))
        return NULL;
      add_file (files, gatherer, folder, g_ptr_array_index (ids, i));
    }

  if (!bag_source_gather (gatherer, files, context, error))
    return NULL;

  return bag_scan_gatherer_finish (gatherer, folder, error);
}
