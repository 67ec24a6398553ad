/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source-file"

#include "config.h"

#include "scan/bag-source-private.h"

#include "scan/bag-disc-folder.h"
#include "scan/bag-header.h"
#include "scan/bag-kin-search.h"
#include "scan/bag-report-files.h"
#include "scan/bag-slice-group.h"

#include <glib/gi18n.h>

/* One file: one scan, whose file stays open as long as the scan lives. */

static gboolean
detect (const struct stat *info)
{
  return S_ISREG (info->st_mode);
}

static BagDescription *
describe (const BagInputFile *file, int fd, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (BagDescription) description = bag_decoder_child_describe (child, fd, cancellable, error);

  if (description != NULL && !bag_input_file_check (file, fd, error))
    return NULL;

  return g_steal_pointer (&description);
}

/**
 * bag_source_describe_file:
 * @path: a file
 * @keep_open: whether to keep it open
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): the file and what it says about itself, or %NULL
 */
BagSliceGroup *
bag_source_describe_file (const char *path,
                          gboolean keep_open,
                          BagDecoderChild *child,
                          GCancellable *cancellable,
                          GError **error)
{
  int fd = -1;
  g_autoptr (BagInputFile) file = bag_input_file_new_acquired (path, keep_open, bag_decoder_child_get_limits (child), &fd, error);
  BagDescription *description;

  if (file == NULL)
    return NULL;

  description = describe (file, fd, child, cancellable, error);
  bag_input_file_release (file, fd);
  if (description == NULL)
    return NULL;

  return bag_slice_group_new (g_steal_pointer (&file), description);
}

/* Takes what came of @described. */
static BagSliceGroup *
take_described (BagInputFile *file, BagDecoderFile *described, GError **error)
{
  g_autoptr (BagInputFile) owned = file;
  g_autoptr (BagDescription) description = g_steal_pointer (&described->description);
  gboolean is_good = description != NULL && bag_input_file_check (file, described->fd, error);

  if (description == NULL)
    g_propagate_error (error, g_steal_pointer (&described->error));
  bag_input_file_release (file, described->fd);

  return is_good ? bag_slice_group_new (g_steal_pointer (&owned), g_steal_pointer (&description)) : NULL;
}

/**
 * bag_source_describe_files:
 * @paths: (array length=n_files): files
 * @n_files: how many, at most %BAG_DECODER_MAX_FILES
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @groups: (out caller-allocates) (array length=n_files): as bag_source_describe_file() returns it
 * @errors: (inout) (array length=n_files): why there is none; %NULL each before
 *
 * As bag_source_describe_file(), of several files that do not stay open.
 */
void
bag_source_describe_files (const char *const *paths,
                           guint n_files,
                           BagDecoderChild *child,
                           GCancellable *cancellable,
                           BagSliceGroup **groups,
                           GError **errors)
{
  BagInputFile *files[BAG_DECODER_MAX_FILES] = { NULL };
  BagDecoderFile described[BAG_DECODER_MAX_FILES] = { { 0 } };
  guint n = 0;

  g_return_if_fail (n_files <= BAG_DECODER_MAX_FILES);

  for (guint i = 0; i < n_files; i++)
    {
      files[i] = bag_input_file_new_acquired (paths[i], FALSE, bag_decoder_child_get_limits (child), &described[n].fd, &errors[i]);
      if (files[i] != NULL)
        described[n++].size = bag_input_file_get_size (files[i]);
    }

  bag_decoder_child_describe_all (child, described, n, cancellable);
  n = 0;
  for (guint i = 0; i < n_files; i++)
    groups[i] = files[i] != NULL ? take_described (files[i], &described[n++], &errors[i]) : NULL;
}

/**
 * bag_source_check_present:
 * @group: a file and what it says about itself
 * @error: return location, set to %BAG_ERROR_TRUNCATED
 *
 * Returns: whether the file holds a slice: one cut off before that shows nothing
 */
gboolean
bag_source_check_present (const BagSliceGroup *group, GError **error)
{
  const GArray *frames = group->description->frames;

  for (guint i = 0; i < frames->len; i++)
    if ((g_array_index (frames, BagFrame, i).flags & BAG_FRAME_MISSING) == 0)
      return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, _ ("The file ends before its first slice does. Copy it again from where it came."));

  return FALSE;
}

static BagScan *
open_scan (BagSliceGroup *group, const char *path, const BagSourceContext *context, GError **error)
{
  g_autoptr (BagScan) scan = NULL;

  if (!bag_source_check_present (group, error))
    {
      bag_slice_group_free (group);
      return NULL;
    }

  scan = bag_slice_group_to_scan (group, FALSE, path, error);
  if (scan == NULL || !bag_kin_search_beside (scan, path, context, error) || !bag_report_files_attach_beside (scan, path, context->child, context->cancellable, error))
    return NULL;

  return g_steal_pointer (&scan);
}

/* A threat report opens the scans that it is about. */
static GPtrArray *
open_report (const char *path, const BagReport *report, const BagSourceContext *context, GError **error)
{
  g_autoptr (GPtrArray) found = bag_report_files_find_scans (path, report, context->child, context->cancellable, error);
  g_autoptr (BagFileList) files = NULL;

  if (found == NULL)
    return NULL;

  files = bag_file_list_new ();
  for (guint i = 0; i < found->len; i++)
    bag_file_list_add (files, g_ptr_array_index (found, i), 0);
  bag_file_list_add (files, path, 0);

  return bag_source_open_list (NULL, files, context, error);
}

static GPtrArray *
open_image (const char *path, BagSliceGroup *group, const BagSourceContext *context, GError **error)
{
  BagScan *scan = open_scan (group, path, context, error);
  GPtrArray *scans = NULL;

  if (scan == NULL)
    return NULL;

  scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (scans, scan);

  return scans;
}

static GPtrArray *
open_file (const char *path, const BagSourceContext *context, GError **error)
{
  g_autoptr (BagHeader) header = bag_header_read (path, TRUE, context->child, context->cancellable);

  if (header->group != NULL)
    return open_image (path, g_steal_pointer (&header->group), context, error);
  if (header->report != NULL)
    return open_report (path, header->report, context, error);
  if (header->directory != NULL)
    return bag_disc_folder_open (path, header->directory, context, error);

  g_propagate_error (error, g_steal_pointer (&header->error));

  return NULL;
}

const BagSource bag_source_file = {
  .name = "file",
  .detect = detect,
  .open = open_file,
};
