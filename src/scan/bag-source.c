/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source"

#include "config.h"

#include "scan/bag-source.h"

#include "scan/bag-folder-listing.h"
#include "scan/bag-input-file.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <errno.h>

/*
 * Of several paths each file is looked at once, in the order of the paths; what
 * belongs together is gathered across them.
 */

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

static GPtrArray *
open_path (const char *path, const BagSourceContext *context, GError **error)
{
  struct stat info;

  if (!bag_source_check_cancelled (context->cancellable, error))
    return NULL;
  if (stat (path, &info) < 0)
    {
      bag_input_file_set_error (error, path, errno);
      return NULL;
    }

  for (guint i = 0; sources[i] != NULL; i++)
    if (sources[i]->detect (&info))
      return sources[i]->open (path, context, error);

  bag_input_file_set_kind_error (error, path, info.st_mode);

  return NULL;
}

static gboolean
append_path (BagFileList *files, const char *path, guint bag, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) listing = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      bag_file_list_add (files, path, bag);
      return TRUE;
    }

  listing = bag_folder_listing_new (path, cancellable, error);
  for (guint i = 0; listing != NULL && i < listing->len; i++)
    bag_file_list_add (files, g_ptr_array_index (listing, i), bag);

  return listing != NULL;
}

/**
 * bag_source_open_with:
 * @context: who opens, and how
 * @paths: (array zero-terminated=1): files and folders, at least one
 * @error: return location, in the domain %BAG_ERROR
 *
 * Reads headers, no pixels. Blocks, on the thread of the context's process. Opens several
 * paths as if they stood in one folder: files of one series that hold a slice each
 * become one scan.
 *
 * Returns: (transfer full) (element-type BagScan): the scans behind @paths, at
 *   least one, in the order of the paths; behind each by acquisition time, then
 *   series, then first position; or %NULL
 */
GPtrArray *
bag_source_open_with (const BagSourceContext *context, const char *const *paths, GError **error)
{
  g_autoptr (BagFileList) files = NULL;

  g_return_val_if_fail (context != NULL && context->child != NULL, NULL);
  g_return_val_if_fail (paths != NULL && paths[0] != NULL, NULL);

  if (paths[1] == NULL)
    return open_path (paths[0], context, error);

  files = bag_file_list_new ();
  for (guint i = 0; paths[i] != NULL; i++)
    if (!append_path (files, paths[i], i, context->cancellable, error))
      return NULL;

  return bag_source_open_list (NULL, files, context, error);
}

/**
 * bag_source_open:
 * @path: a file or a folder
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full) (element-type BagScan): as bag_source_open_with(), without help
 */
GPtrArray *
bag_source_open (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  const BagSourceContext context = { .child = child, .cancellable = cancellable };
  const char *const paths[] = { path, NULL };

  return bag_source_open_with (&context, paths, error);
}
