/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report-files"

#include "config.h"

#include "scan/bag-report-files.h"

#include "scan/bag-input-file.h"
#include "scan/bag-neighbours.h"
#include "scan/bag-report-attach.h"
#include "scan/bag-report-masks.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <string.h>

/*
 * Reports and scans that lie in one folder find each other by what they say. A
 * name only decides what is looked at first, and which report of another bag is
 * worth a word: one that is named after the scan.
 */
typedef struct
{
  BagScan *scan;
  BagDecoderChild *child;
  GCancellable *cancellable;
  GPtrArray *reports; /* (element-type BagReport) that may be about the scan */
  gsize mask_bytes;   /* of all of them */
  gboolean is_over;   /* a file ended the decoder: the others stay unseen */
} Search;

/**
 * bag_report_files_read:
 * @path: a file
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR; %BAG_ERROR_UNSUPPORTED_OBJECT
 *   for what is no threat report
 *
 * Returns: (transfer full): the report, with the name of its file; or %NULL
 */
BagReport *
bag_report_files_read (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  int fd = -1;
  g_autoptr (BagInputFile) file = bag_input_file_new_acquired (path, FALSE, bag_decoder_child_get_limits (child), &fd, error);
  g_autoptr (BagReport) report = NULL;
  g_autofree char *name = NULL;

  if (file == NULL)
    return NULL;

  report = bag_decoder_child_read_report (child, fd, cancellable, error);
  if (report != NULL && !bag_input_file_check (file, fd, error))
    g_clear_pointer (&report, bag_report_unref);
  bag_input_file_release (file, fd);
  if (report == NULL)
    return NULL;

  name = g_filename_display_basename (path);
  g_free (report->name);
  report->name = bag_text_sanitize (name, -1);

  return g_steal_pointer (&report);
}

static gboolean
is_known (const Search *self, const BagReport *report)
{
  for (guint i = 0; i < self->reports->len; i++)
    if (bag_report_is_same (g_ptr_array_index (self->reports, i), report))
      return TRUE;

  return FALSE;
}

/* A report that cannot be read is said: nobody knows what stands in it. */
static void
take_error (Search *self, const char *path, gboolean is_named, const GError *error)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = bag_text_sanitize (base, -1);

  switch (error->code)
    {
    case BAG_ERROR_TIMEOUT:
    case BAG_ERROR_DECODER_DIED:
      self->is_over = TRUE;
      bag_report_warn (self->scan, "unreadable-report", _ ("The file “%1$s” beside the scan ended the search for threat reports: %2$s"), name, error->message);
      break;
    case BAG_ERROR_MALFORMED:
    case BAG_ERROR_TRUNCATED:
    case BAG_ERROR_LIMIT:
    case BAG_ERROR_UNSUPPORTED_SYNTAX:
    case BAG_ERROR_NO_MEMORY:
      bag_report_warn (self->scan, "unreadable-report", _ ("The threat report “%1$s” beside the scan cannot be read: %2$s"), name, error->message);
      break;
    case BAG_ERROR_NO_ACCESS:
    case BAG_ERROR_FILE_CHANGED:
      if (is_named)
        bag_report_warn (self->scan, "unreadable-report", "%s", error->message);
      break;
    default:
      break;
    }
}

/* @is_named: whether the file has the name that the scan's report would have. */
static void
look_at (Search *self, const char *path, gboolean is_named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagReport) report = bag_report_files_read (path, self->child, self->cancellable, &error);

  if (report == NULL)
    take_error (self, path, is_named, error);
  else if (!is_known (self, report) && (is_named || bag_report_match (report, bag_scan_get_description (self->scan)) != BAG_REPORT_MATCH_NONE))
    {
      bag_report_masks_limit (report, &self->mask_bytes);
      g_ptr_array_add (self->reports, g_steal_pointer (&report));
    }
}

static gboolean
has_linked (const Search *self)
{
  for (guint i = 0; i < self->reports->len; i++)
    if (bag_report_match_is_linked (bag_report_match (g_ptr_array_index (self->reports, i), bag_scan_get_description (self->scan))))
      return TRUE;

  return FALSE;
}

static void
look_at_neighbours (Search *self, const char *path, GPtrArray *named)
{
  g_autoptr (GPtrArray) files = bag_neighbours_list (path, BAG_REPORT_MAX_NEIGHBOURS, BAG_REPORT_MAX_FILE_BYTES);

  if (files == NULL && !has_linked (self))
    bag_report_warn (self->scan, "reports-not-sought", _ ("The folder of the scan holds more than %u files: no threat report was looked for among them"), BAG_REPORT_MAX_NEIGHBOURS);

  for (guint i = 0; files != NULL && i < files->len && !self->is_over && !g_cancellable_is_cancelled (self->cancellable); i++)
    if (!g_ptr_array_find_with_equal_func (named, g_ptr_array_index (files, i), g_str_equal, NULL))
      look_at (self, g_ptr_array_index (files, i), FALSE);
}

/* What is known to be about this very scan leaves no room for what may be. */
static void
attach (const Search *self)
{
  gboolean only_linked = has_linked (self);

  for (guint i = 0; i < self->reports->len; i++)
    {
      BagReport *report = g_ptr_array_index (self->reports, i);
      BagReportMatch match = bag_report_match (report, bag_scan_get_description (self->scan));

      if (!only_linked || match != BAG_REPORT_MATCH_BAG)
        bag_report_attach (report, self->scan);
    }
}

/**
 * bag_report_files_attach_beside:
 * @scan: a scan that is being made
 * @path: its file
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, set to %BAG_ERROR_CANCELLED
 *
 * Looks for threat reports in the folder of @path, headers first, and attaches
 * those that are about @scan. Of a folder with many files it looks only at
 * reports that are named after the scan, and says so.
 *
 * Returns: %FALSE when it was given up
 */
gboolean
bag_report_files_attach_beside (BagScan *scan, const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) reports = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_report_unref);
  g_autoptr (GPtrArray) named = bag_neighbours_name_reports (path);
  Search self = { .scan = scan, .child = child, .cancellable = cancellable, .reports = reports };

  g_return_val_if_fail (BAG_IS_SCAN (scan) && path != NULL && child != NULL, FALSE);

  for (guint i = 0; i < named->len; i++)
    if (g_file_test (g_ptr_array_index (named, i), G_FILE_TEST_EXISTS))
      look_at (&self, g_ptr_array_index (named, i), TRUE);
  look_at_neighbours (&self, path, named);
  if (!bag_source_check_cancelled (cancellable, error))
    return FALSE;

  attach (&self);

  return TRUE;
}

static BagReportMatch
match_file (const char *path, const BagReport *report, BagDecoderChild *child, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagSliceGroup) group = bag_source_describe_file (path, FALSE, child, cancellable, &error);

  return group != NULL ? bag_report_match (report, group->description) : BAG_REPORT_MATCH_NONE;
}

/* Keeps the files that fit best. */
static void
take_match (GPtrArray *found, BagReportMatch *best, BagReportMatch match, const char *path)
{
  if (match == BAG_REPORT_MATCH_NONE || match < *best)
    return;

  if (match > *best)
    g_ptr_array_set_size (found, 0);
  *best = match;
  g_ptr_array_add (found, g_strdup (path));
}

static void
fail_alone (const BagReport *report, gboolean is_crowded, GError **error)
{
  g_autofree char *subject = bag_report_tell_subject (report);

  if (is_crowded)
    g_set_error (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, _ ("This is a threat report %1$s. Its folder holds more than %2$u files: the scan was not looked for among them. Open both together."), subject, BAG_REPORT_MAX_NEIGHBOURS);
  else
    g_set_error (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, _ ("This is a threat report %s. No such scan lies beside it: put both into one folder, or open both together."), subject);
}

/**
 * bag_report_files_find_scans:
 * @path: the file of a report
 * @report: that report
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full) (element-type filename): the files beside @path whose
 *   scans @report is about; or %NULL when there are none
 */
GPtrArray *
bag_report_files_find_scans (const char *path, const BagReport *report, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) files = NULL;
  g_autofree char *named = bag_neighbours_name_scan (path);
  BagReportMatch best = BAG_REPORT_MATCH_NONE;
  gboolean is_crowded = FALSE;

  g_return_val_if_fail (path != NULL && report != NULL && child != NULL, NULL);

  files = bag_neighbours_list (path, BAG_REPORT_MAX_NEIGHBOURS, G_MAXUINT64);
  is_crowded = files == NULL;
  if (files == NULL)
    files = g_ptr_array_new_with_free_func (g_free);
  if (named != NULL && !g_ptr_array_find_with_equal_func (files, named, g_str_equal, NULL))
    g_ptr_array_add (files, g_steal_pointer (&named));

  for (guint i = 0; i < files->len && bag_source_check_cancelled (cancellable, NULL); i++)
    take_match (found, &best, match_file (g_ptr_array_index (files, i), report, child, cancellable), g_ptr_array_index (files, i));
  if (!bag_source_check_cancelled (cancellable, error))
    return NULL;
  if (found->len == 0)
    {
      fail_alone (report, is_crowded, error);
      return NULL;
    }

  return g_steal_pointer (&found);
}
