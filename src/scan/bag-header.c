/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-header"

#include "config.h"

#include "scan/bag-header.h"

#include "scan/bag-report-files.h"
#include "scan/bag-source-private.h"

/* A file is asked what it is, most likely kind first. What is no image may be
 * something else that belongs to scans; that costs only such files a second
 * look. */

static gboolean
is_of_another_kind (const GError *error)
{
  return g_error_matches (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT);
}

/* Returns: whether the file is a threat report, for better or worse */
static gboolean
read_as_report (BagHeader *self, const char *path, BagDecoderChild *child, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  self->report = bag_report_files_read (path, child, cancellable, &error);
  if (is_of_another_kind (error))
    return FALSE;

  self->kind = BAG_HEADER_REPORT;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);

  return TRUE;
}

static gboolean
read_as_directory (BagHeader *self, const char *path, BagDecoderChild *child, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;
  g_autoptr (BagInputFile) file = bag_input_file_new_acquired (path, FALSE, bag_decoder_child_get_limits (child), &fd, &error);

  if (file != NULL)
    {
      self->directory = bag_decoder_child_read_directory (child, fd, cancellable, &error);
      bag_input_file_release (file, fd);
    }
  if (is_of_another_kind (error))
    return FALSE;

  self->kind = BAG_HEADER_DIRECTORY;
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);

  return TRUE;
}

/* Takes @group or @error, what came of reading it as an image. */
static BagHeader *
make_header (BagSliceGroup *group, GError *error, const char *path, BagDecoderChild *child, GCancellable *cancellable)
{
  BagHeader *self = g_new0 (BagHeader, 1);

  self->group = group;
  self->error = error;
  self->kind = group != NULL ? BAG_HEADER_IMAGE : BAG_HEADER_OTHER;
  if (g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE) && !read_as_report (self, path, child, cancellable))
    read_as_directory (self, path, child, cancellable);

  return self;
}

/**
 * bag_header_read:
 * @path: a file
 * @keep_open: whether an image shall stay open
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 *
 * Returns: (transfer full): what the file is
 */
BagHeader *
bag_header_read (const char *path, gboolean keep_open, BagDecoderChild *child, GCancellable *cancellable)
{
  BagSliceGroup *group;
  GError *error = NULL;

  g_return_val_if_fail (path != NULL && child != NULL, g_new0 (BagHeader, 1));

  group = bag_source_describe_file (path, keep_open, child, cancellable, &error);

  return make_header (group, error, path, child, cancellable);
}

/**
 * bag_header_read_all:
 * @paths: (array length=n_files): files
 * @n_files: how many, at most %BAG_DECODER_MAX_FILES
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @headers: (out caller-allocates) (array length=n_files) (transfer full): what each file is
 *
 * As bag_header_read(), of several files that do not stay open, at less cost.
 */
void
bag_header_read_all (const char *const *paths, guint n_files, BagDecoderChild *child, GCancellable *cancellable, BagHeader **headers)
{
  BagSliceGroup *groups[BAG_DECODER_MAX_FILES] = { NULL };
  GError *errors[BAG_DECODER_MAX_FILES] = { NULL };

  g_return_if_fail (paths != NULL && n_files <= BAG_DECODER_MAX_FILES && child != NULL && headers != NULL);

  bag_source_describe_files (paths, n_files, child, cancellable, groups, errors);
  for (guint i = 0; i < n_files; i++)
    headers[i] = make_header (groups[i], errors[i], paths[i], child, cancellable);
}

/**
 * bag_header_free:
 * @self: (transfer full) (nullable): what a file is
 */
void
bag_header_free (BagHeader *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->group, bag_slice_group_free);
  g_clear_pointer (&self->report, bag_report_unref);
  g_clear_pointer (&self->directory, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

/**
 * bag_header_is_cancelled:
 * @self: what a file is
 *
 * Returns: whether it is not known because the call was given up
 */
gboolean
bag_header_is_cancelled (const BagHeader *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_error_matches (self->error, BAG_ERROR, BAG_ERROR_CANCELLED);
}
