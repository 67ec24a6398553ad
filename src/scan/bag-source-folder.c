/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source-folder"

#include "config.h"

#include "scan/bag-source-private.h"

#include "scan/bag-folder-listing.h"
#include "scan/bag-report-attach.h"
#include "scan/bag-report-files.h"
#include "scan/bag-report-masks.h"
#include "scan/bag-slice-group.h"

#include <glib/gi18n.h>

#include <string.h>

typedef struct
{
  guint n;
  GString *names; /* of the first few */
} FolderFiles;

/*
 * Many files: those of many frames are a scan each, those of one frame are
 * gathered into scans. What is no image is passed over with a note, as long as
 * there is something to show.
 */
typedef struct
{
  GPtrArray *groups;      /* (element-type BagSliceGroup) */
  GHashTable *by_series;  /* (element-type utf8 GPtrArray) of borrowed groups that still accept files */
  GPtrArray *reports;     /* (element-type BagReport) */
  guint n_objects;        /* of all reports */
  gsize mask_bytes;       /* likewise */
  FolderFiles others;     /* that are no slices, such as texts */
  FolderFiles unreadable; /* that may well be slices */
  FolderFiles bad_reports;
  GError *first_error; /* what the first file of another kind failed with */
} FolderScan;

#define MAX_SKIPPED_NAMES 3u
#define MAX_SCANS 1024u
#define MAX_REPORTS 1024u
#define MAX_OBJECTS 16384u /* of all reports together */

static void
folder_scan_init (FolderScan *self)
{
  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_slice_group_free);
  self->by_series = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_report_unref);
  self->n_objects = 0;
  self->mask_bytes = 0;
  self->others = (FolderFiles){ 0, g_string_new (NULL) };
  self->bad_reports = (FolderFiles){ 0, g_string_new (NULL) };
  self->unreadable = (FolderFiles){ 0, g_string_new (NULL) };
  self->first_error = NULL;
}

static void
folder_scan_clear (FolderScan *self)
{
  g_clear_pointer (&self->by_series, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  g_string_free (self->others.names, TRUE);
  g_string_free (self->bad_reports.names, TRUE);
  g_string_free (self->unreadable.names, TRUE);
  g_clear_error (&self->first_error);
}

static void
count_file (FolderFiles *files, const char *name, const GError *error)
{
  if (files->n++ < MAX_SKIPPED_NAMES)
    g_string_append_printf (files->names, "%s%s [%s]", files->names->len > 0 ? ", " : "", name, bag_error_name_of (error));
}

static gboolean
is_known_report (const FolderScan *self, const BagReport *report)
{
  for (guint i = 0; i < self->reports->len; i++)
    if (bag_report_is_same (g_ptr_array_index (self->reports, i), report))
      return TRUE;

  return FALSE;
}

static gboolean
has_room_for (const FolderScan *self, const BagReport *report, GError **error)
{
  if (self->reports->len < MAX_REPORTS && report->objects->len <= MAX_OBJECTS - self->n_objects)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_LIMIT, "");

  return FALSE;
}

/* Returns: whether the file is a threat report, for better or worse */
static gboolean
take_report (FolderScan *self, const char *path, const GError *problem, BagDecoderChild *child, GCancellable *cancellable)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = bag_text_sanitize (base, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (BagReport) report = NULL;

  if (!g_error_matches (problem, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE))
    return FALSE;

  report = bag_report_files_read (path, child, cancellable, &error);
  if (report == NULL && (g_error_matches (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_OBJECT) || g_error_matches (error, BAG_ERROR, BAG_ERROR_CANCELLED)))
    return FALSE;

  if (report != NULL && is_known_report (self, report))
    return TRUE;
  if (report != NULL && has_room_for (self, report, &error))
    {
      self->n_objects += report->objects->len;
      bag_report_masks_limit (report, &self->mask_bytes);
      g_ptr_array_add (self->reports, g_steal_pointer (&report));
    }
  else
    count_file (&self->bad_reports, name, error);

  return TRUE;
}

/* An error that says more than "not DICOM" is the one to tell. */
static void
skip (FolderScan *self, const char *path, GError *error)
{
  g_autofree char *base = g_filename_display_basename (path);
  g_autofree char *name = bag_text_sanitize (base, -1);
  gboolean is_other = g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_DICOM) || g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE);

  count_file (is_other ? &self->others : &self->unreadable, name, error);
  if (self->first_error == NULL || (g_error_matches (self->first_error, BAG_ERROR, BAG_ERROR_NOT_DICOM) && !g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_DICOM)))
    {
      g_clear_error (&self->first_error);
      self->first_error = error;
      g_prefix_error (&self->first_error, "%s: ", name);
    }
  else
    g_error_free (error);
}

static BagSliceGroup *
find_group (GPtrArray *candidates, const BagDescription *description)
{
  for (guint i = 0; i < candidates->len; i++)
    if (bag_slice_group_accepts (g_ptr_array_index (candidates, i), description))
      return g_ptr_array_index (candidates, i);

  return NULL;
}

static GPtrArray *
get_candidates (FolderScan *self, const BagSliceGroup *group)
{
  GPtrArray *candidates = g_hash_table_lookup (self->by_series, group->description->series);

  if (candidates == NULL)
    {
      candidates = g_ptr_array_new ();
      g_hash_table_insert (self->by_series, group->description->series, candidates);
    }

  return candidates;
}

static void
add (FolderScan *self, BagSliceGroup *group)
{
  GPtrArray *candidates = NULL;
  BagSliceGroup *known = NULL;

  if (group->description->frames->len == 1)
    {
      candidates = get_candidates (self, group);
      known = find_group (candidates, group->description);
    }
  if (known != NULL)
    {
      bag_slice_group_add (known, g_ptr_array_steal_index (group->files, 0), g_steal_pointer (&group->description));
      bag_slice_group_free (group);
      return;
    }

  g_ptr_array_add (self->groups, group);
  if (candidates != NULL)
    g_ptr_array_add (candidates, group);
}

static gboolean
check_progress (const FolderScan *self, GCancellable *cancellable, GError **error)
{
  if (self->groups->len <= MAX_SCANS)
    return bag_source_check_cancelled (cancellable, error);

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("There are more than %u scans here. Choose a folder with one bag."), MAX_SCANS);

  return FALSE;
}

static gboolean
describe_all (FolderScan *self, const GPtrArray *files, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      GError *problem = NULL;
      BagSliceGroup *group;

      if (!check_progress (self, cancellable, error))
        return FALSE;

      group = bag_source_describe_file (path, FALSE, child, cancellable, &problem);
      /* A slice that is cut keeps its place among the others. */
      if (group != NULL && group->description->frames->len > 1 && !bag_source_check_present (group, &problem))
        g_clear_pointer (&group, bag_slice_group_free);
      if (group != NULL)
        add (self, group);
      else if (g_error_matches (problem, BAG_ERROR, BAG_ERROR_CANCELLED))
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      else if (take_report (self, path, problem, child, cancellable))
        g_error_free (problem);
      else
        skip (self, path, problem);
    }

  return TRUE;
}

static const char *
get_more (const FolderFiles *files)
{
  return files->n > MAX_SKIPPED_NAMES ? ", …" : "";
}

static void
warn_skipped (const FolderScan *self, BagDescription *description)
{
  const FolderFiles *others = &self->others;
  const FolderFiles *unreadable = &self->unreadable;

  const FolderFiles *reports = &self->bad_reports;

  if (reports->n > 0)
    bag_description_add_warning (description, "unreadable-report", ngettext ("%u threat report could not be read: %s%s", "%u threat reports could not be read: %s%s", reports->n), reports->n, reports->names->str, get_more (reports));
  if (unreadable->n > 0)
    bag_description_add_warning (description, "unreadable-files", ngettext ("%u file could not be read, and slices may be missing: %s%s", "%u files could not be read, and slices may be missing: %s%s", unreadable->n), unreadable->n, unreadable->names->str, get_more (unreadable));
  if (others->n > 0)
    bag_description_add_warning (description, "skipped-files", ngettext ("%u file was passed over because it holds no slices: %s%s", "%u files were passed over because they hold no slices: %s%s", others->n), others->n, others->names->str, get_more (others));
}

static int
compare_positions (BagScan *a, BagScan *b)
{
  double first = 0.0, second = 0.0;

  bag_scan_get_position_mm (a, 0, &first);
  bag_scan_get_position_mm (b, 0, &second);

  return (first > second) - (first < second);
}

static int
compare_scans (gconstpointer a, gconstpointer b)
{
  BagScan *first = *(BagScan *const *) a;
  BagScan *second = *(BagScan *const *) b;
  const BagDescription *one = bag_scan_get_description (first);
  const BagDescription *other = bag_scan_get_description (second);
  int result = strcmp (one->acquired, other->acquired);

  if (result == 0)
    result = strcmp (one->series, other->series);

  return result != 0 ? result : compare_positions (first, second);
}

/* A group is named after the folder, or after its first file where there is none. */
static BagScan *
to_scan (const char *folder, BagSliceGroup *group, GError **error)
{
  g_autofree char *path = g_strdup (folder);
  gboolean is_folder = folder != NULL || group->files->len > 1;

  if (path == NULL)
    path = g_strdup (bag_input_file_get_path (g_ptr_array_index (group->files, 0)));

  return bag_slice_group_to_scan (group, is_folder, path, error);
}

static GPtrArray *
to_scans (FolderScan *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  while (self->groups->len > 0)
    {
      BagSliceGroup *group = g_ptr_array_steal_index (self->groups, 0);
      BagScan *scan;

      warn_skipped (self, group->description);
      scan = to_scan (path, group, error);
      if (scan == NULL)
        return NULL;
      g_ptr_array_add (scans, scan);
    }
  g_ptr_array_sort (scans, compare_scans);
  bag_report_attach_all (self->reports, scans);

  return g_steal_pointer (&scans);
}

static void
fail_only_reports (const FolderScan *self, GError **error)
{
  g_autofree char *subject = bag_report_tell_subject (g_ptr_array_index (self->reports, 0));

  g_set_error (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, ngettext ("There is no scan here, only %1$u threat report %2$s. Open it together with its scan.", "There is no scan here, only %1$u threat reports, the first %2$s. Open them together with their scans.", self->reports->len), self->reports->len, subject);
}

static void
fail_empty (FolderScan *self, const char *path, GError **error)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  guint n = self->others.n + self->unreadable.n;

  if (self->reports->len > 0 && self->unreadable.n == 0)
    fail_only_reports (self, error);
  else if (self->first_error == NULL && path == NULL)
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NOT_DICOM, _ ("The folders hold no files. Choose those with the slices."));
  else if (self->first_error == NULL)
    g_set_error (error, BAG_ERROR, BAG_ERROR_NOT_DICOM, _ ("The folder “%s” holds no files. Choose the folder with the slices."), name);
  else if (path == NULL)
    g_propagate_error (error, g_steal_pointer (&self->first_error));
  else
    g_set_error (error, BAG_ERROR, self->first_error->code, ngettext ("The folder “%s” holds no scan: its %u file cannot be shown. %s", "The folder “%s” holds no scan: none of its %u files can be shown. %s", n), name, n, self->first_error->message);
}

/**
 * bag_source_open_files:
 * @path: (nullable): the folder that they were found in
 * @files: (element-type filename): files
 * @child: a decoder of this thread
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full) (element-type BagScan): the scans that they hold,
 *   at least one, by acquisition time, then series, then first position; or %NULL
 */
GPtrArray *
bag_source_open_files (const char *path,
                       const GPtrArray *files,
                       BagDecoderChild *child,
                       GCancellable *cancellable,
                       GError **error)
{
  FolderScan self;
  GPtrArray *scans = NULL;

  g_return_val_if_fail (files != NULL && child != NULL, NULL);

  folder_scan_init (&self);
  if (describe_all (&self, files, child, cancellable, error))
    {
      if (self.groups->len > 0)
        scans = to_scans (&self, path, error);
      else
        fail_empty (&self, path, error);
    }
  folder_scan_clear (&self);

  return scans;
}

static gboolean
detect (const struct stat *info)
{
  return S_ISDIR (info->st_mode);
}

static GPtrArray *
open_folder (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) files = bag_folder_listing_new (path, cancellable, error);

  if (files == NULL)
    return NULL;

  return bag_source_open_files (path, files, child, cancellable, error);
}

const BagSource bag_source_folder = {
  .name = "folder",
  .detect = detect,
  .open = open_folder,
};
