/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source-file"

#include "config.h"

#include "scan/bag-source-private.h"

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
describe (const BagInputFile *file, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (BagDescription) description = NULL;
  int fd = bag_input_file_acquire (file, error);

  if (fd < 0)
    return NULL;

  description = bag_decoder_child_describe (child, fd, cancellable, error);
  if (description != NULL && !bag_input_file_check (file, fd, error))
    g_clear_pointer (&description, bag_description_free);
  bag_input_file_release (file, fd);

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
  g_autoptr (BagInputFile) file = bag_input_file_new (path, keep_open, error);
  BagDescription *description;

  if (file == NULL)
    return NULL;

  description = describe (file, child, cancellable, error);
  if (description == NULL)
    return NULL;

  return bag_slice_group_new (g_steal_pointer (&file), description);
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
open_scan (BagSliceGroup *group, const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (BagScan) scan = NULL;

  if (!bag_source_check_present (group, error))
    {
      bag_slice_group_free (group);
      return NULL;
    }

  scan = bag_slice_group_to_scan (group, FALSE, path, error);
  if (scan == NULL || !bag_report_files_attach_beside (scan, path, child, cancellable, error))
    return NULL;

  return g_steal_pointer (&scan);
}

/* A threat report opens the scan that it is about; what is none fails as it did. */
static GPtrArray *
open_report (const char *path, GError *problem, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (BagReport) report = NULL;
  g_autoptr (GPtrArray) files = NULL;

  if (g_error_matches (problem, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE))
    report = bag_report_files_read (path, child, cancellable, NULL);
  if (report == NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }

  g_error_free (problem);
  files = bag_report_files_find_scans (path, report, child, cancellable, error);
  if (files == NULL)
    return NULL;
  g_ptr_array_add (files, g_strdup (path));

  return bag_source_open_files (NULL, files, child, cancellable, error);
}

static GPtrArray *
open_file (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  GError *problem = NULL;
  BagSliceGroup *group = bag_source_describe_file (path, TRUE, child, cancellable, &problem);
  GPtrArray *scans;
  BagScan *scan;

  if (group == NULL)
    return open_report (path, problem, child, cancellable, error);

  scan = open_scan (group, path, child, cancellable, error);
  if (scan == NULL)
    return NULL;

  scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (scans, scan);

  return scans;
}

const BagSource bag_source_file = {
  .name = "file",
  .detect = detect,
  .open = open_file,
};
