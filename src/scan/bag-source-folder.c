/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source-folder"

#include "config.h"

#include "scan/bag-source-private.h"

#include "scan/bag-folder-listing.h"
#include "scan/bag-header-batch.h"
#include "scan/bag-scan-gatherer.h"

/* Many files: their headers are read, and what they turned out to be is put
 * together into scans. */

static void
tell_progress (const BagSourceContext *context, guint n_done, guint n_files)
{
  if (context->progress != NULL)
    context->progress (n_done, n_files, context->progress_data);
}

/**
 * bag_source_gather:
 * @gatherer: takes what the files turn out to be
 * @files: files; not changed any more
 * @context: who opens, and how
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: whether all of them were looked at
 */
gboolean
bag_source_gather (BagScanGatherer *gatherer, BagFileList *files, const BagSourceContext *context, GError **error)
{
  g_autoptr (BagHeaderBatch) batch = bag_header_batch_new (files->paths, context->decoder, context->cancellable);

  for (guint i = 0; i < files->paths->len; i++)
    {
      g_autoptr (BagHeader) header = NULL;

      tell_progress (context, i, files->paths->len);
      if (!bag_source_check_cancelled (context->cancellable, error))
        return FALSE;
      header = bag_header_batch_next (batch, context->child);
      if (bag_header_is_cancelled (header))
        {
          g_propagate_error (error, g_steal_pointer (&header->error));
          return FALSE;
        }
      if (!bag_scan_gatherer_take (gatherer, g_ptr_array_index (files->paths, i), g_array_index (files->bags, guint, i), g_steal_pointer (&header), error))
        return FALSE;
    }

  return bag_source_check_cancelled (context->cancellable, error);
}

/**
 * bag_source_open_list:
 * @path: (nullable): the folder that they were found in
 * @files: files; not changed any more
 * @context: who opens, and how
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full) (element-type BagScan): the scans that they hold, as
 *   bag_source_open_with() orders them, at least one; or %NULL
 */
GPtrArray *
bag_source_open_list (const char *path, BagFileList *files, const BagSourceContext *context, GError **error)
{
  g_autoptr (BagScanGatherer) gatherer = NULL;

  g_return_val_if_fail (files != NULL && context != NULL, NULL);

  gatherer = bag_scan_gatherer_new ();
  if (!bag_source_gather (gatherer, files, context, error))
    return NULL;

  return bag_scan_gatherer_finish (gatherer, path, error);
}

static gboolean
detect (const struct stat *info)
{
  return S_ISDIR (info->st_mode);
}

static GPtrArray *
open_folder (const char *path, const BagSourceContext *context, GError **error)
{
  g_autoptr (GPtrArray) listing = bag_folder_listing_new (path, context->cancellable, error);
  g_autoptr (BagFileList) files = NULL;

  if (listing == NULL)
    return NULL;

  files = bag_file_list_new ();
  for (guint i = 0; i < listing->len; i++)
    bag_file_list_add (files, g_ptr_array_index (listing, i), 0);

  return bag_source_open_list (path, files, context, error);
}

const BagSource bag_source_folder = {
  .name = "folder",
  .detect = detect,
  .open = open_folder,
};
