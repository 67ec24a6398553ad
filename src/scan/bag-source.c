/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source"

#include "config.h"

#include "scan/bag-source.h"

#include "scan/bag-folder-listing.h"
#include "scan/bag-input-file.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <errno.h>

/* What scans can be opened from, decided by what stands there, never by its name. */
static const BagSource *const sources[] = {
  &bag_source_file,
  &bag_source_folder,
  NULL,
};

/**
 * bag_source_check_cancelled:
 * @cancellable: (nullable): what gives a call up
 * @error: return location, set to %BAG_ERROR_CANCELLED
 *
 * Returns: whether to go on
 */
gboolean
bag_source_check_cancelled (GCancellable *cancellable, GError **error)
{
  if (!g_cancellable_is_cancelled (cancellable))
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("Given up because something else was wanted."));

  return FALSE;
}

/**
 * bag_source_open:
 * @path: a file or a folder
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Reads headers, no pixels. Blocks; any thread.
 *
 * Returns: (transfer full) (element-type BagScan): the scans behind @path, at
 *   least one, by acquisition time, then series, then first position; or %NULL
 */
GPtrArray *
bag_source_open (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  struct stat info;

  g_return_val_if_fail (path != NULL && child != NULL, NULL);

  if (!bag_source_check_cancelled (cancellable, error))
    return NULL;
  if (stat (path, &info) < 0)
    {
      bag_input_file_set_error (error, path, errno);
      return NULL;
    }

  for (guint i = 0; sources[i] != NULL; i++)
    if (sources[i]->detect (&info))
      return sources[i]->open (path, child, cancellable, error);

  bag_input_file_set_kind_error (error, path, info.st_mode);

  return NULL;
}

static gboolean
append_path (GPtrArray *files, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) listing = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_ptr_array_add (files, g_strdup (path));
      return TRUE;
    }

  listing = bag_folder_listing_new (path, cancellable, error);
  if (listing == NULL)
    return FALSE;
  g_ptr_array_extend_and_steal (files, g_steal_pointer (&listing));

  return TRUE;
}

/**
 * bag_source_open_many:
 * @paths: (array zero-terminated=1): files and folders, at least one
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Opens several paths as if they stood in one folder: files of one series that
 * hold a slice each become one scan.
 *
 * Returns: (transfer full) (element-type BagScan): as bag_source_open()
 */
GPtrArray *
bag_source_open_many (const char *const *paths, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = NULL;

  g_return_val_if_fail (paths != NULL && paths[0] != NULL && child != NULL, NULL);

  if (paths[1] == NULL)
    return bag_source_open (paths[0], child, cancellable, error);

  files = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; paths[i] != NULL; i++)
    if (!append_path (files, paths[i], cancellable, error))
      return NULL;

  return bag_source_open_files (NULL, files, child, cancellable, error);
}
