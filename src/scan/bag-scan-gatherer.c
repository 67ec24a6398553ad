/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-gatherer"

#include "config.h"

#include "scan/bag-scan-gatherer.h"

#include "scan/bag-kin-search.h"
#include "scan/bag-passed-files.h"
#include "scan/bag-report-attach.h"
#include "scan/bag-report-masks.h"
#include "scan/bag-scan-order.h"
#include "scan/bag-source-private.h"

#include <glib/gi18n.h>

#include <string.h>

/* Files of many frames are a scan each, those of one frame are gathered into scans. */
struct _BagScanGatherer
{
  GPtrArray *groups;         /* (element-type BagSliceGroup) */
  GHashTable *known;         /* (element-type BagInputFile): borrowed files of @groups
                                that hold one slice */
  GHashTable *by_series;     /* (element-type utf8 GPtrArray) of borrowed groups that still accept files */
  GPtrArray *reports;        /* (element-type BagReport) */
  guint n_objects;           /* of all reports */
  gsize mask_bytes;          /* likewise */
  BagPassedFiles others;     /* that are no slices, such as texts */
  BagPassedFiles unreadable; /* that may well be slices */
  BagPassedFiles bad_reports;
  BagPassedFiles missing; /* that a directory lists */
  BagPassedFiles outside; /* likewise, by names that lead out of its folder */
  GError *first_error;    /* what the first file of another kind failed with */
};

#define MAX_SCANS 1024u
#define MAX_REPORTS 1024u
#define MAX_OBJECTS 16384u /* of all reports together */

/**
 * bag_scan_gatherer_new:
 *
 * Returns: (transfer full): a gatherer that has nothing yet
 */
BagScanGatherer *
bag_scan_gatherer_new (void)
{
  BagScanGatherer *self = g_new0 (BagScanGatherer, 1);

  self->groups = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_slice_group_free);
  self->known = g_hash_table_new (bag_input_file_hash, bag_input_file_equal);
  self->by_series = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  self->reports = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_report_unref);
  bag_passed_files_init (&self->others);
  bag_passed_files_init (&self->unreadable);
  bag_passed_files_init (&self->bad_reports);
  bag_passed_files_init (&self->missing);
  bag_passed_files_init (&self->outside);

  return self;
}

/**
 * bag_scan_gatherer_free:
 * @self: (transfer full) (nullable): a gatherer
 */
void
bag_scan_gatherer_free (BagScanGatherer *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->by_series, g_hash_table_unref);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->reports, g_ptr_array_unref);
  bag_passed_files_clear (&self->others);
  bag_passed_files_clear (&self->unreadable);
  bag_passed_files_clear (&self->bad_reports);
  bag_passed_files_clear (&self->missing);
  bag_passed_files_clear (&self->outside);
  g_clear_error (&self->first_error);
  g_free (self);
}

/**
 * bag_scan_gatherer_note_missing:
 * @self: a gatherer
 * @name: of a file that should be there and is not
 */
void
bag_scan_gatherer_note_missing (BagScanGatherer *self, const char *name)
{
  g_return_if_fail (self != NULL && name != NULL);

  bag_passed_files_add (&self->missing, name, NULL);
}

/**
 * bag_scan_gatherer_note_outside:
 * @self: a gatherer
 * @name: of a file that must not be looked for
 */
void
bag_scan_gatherer_note_outside (BagScanGatherer *self, const char *name)
{
  g_return_if_fail (self != NULL && name != NULL);

  bag_passed_files_add (&self->outside, name, NULL);
}

static gboolean
is_known_report (const BagScanGatherer *self, const BagReport *report)
{
  for (guint i = 0; i < self->reports->len; i++)
    if (bag_report_is_same (g_ptr_array_index (self->reports, i), report))
      return TRUE;

  return FALSE;
}

static gboolean
has_room_for (const BagScanGatherer *self, const BagReport *report, GError **error)
{
  if (self->reports->len < MAX_REPORTS && report->objects->len <= MAX_OBJECTS - self->n_objects)
    return TRUE;

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_LIMIT, "");

  return FALSE;
}

static void
take_report (BagScanGatherer *self, const char *name, BagHeader *header)
{
  if (header->report != NULL && is_known_report (self, header->report))
    return;

  if (header->report != NULL && has_room_for (self, header->report, &header->error))
    {
      self->n_objects += header->report->objects->len;
      bag_report_masks_limit (header->report, &self->mask_bytes);
      g_ptr_array_add (self->reports, g_steal_pointer (&header->report));
    }
  else
    bag_passed_files_add (&self->bad_reports, name, header->error);
}

/* An error that says more than "not DICOM" is the one to tell. */
static void
skip (BagScanGatherer *self, const char *name, GError *error)
{
  gboolean is_other = g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_DICOM) || g_error_matches (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE);

  bag_passed_files_add (is_other ? &self->others : &self->unreadable, name, error);
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
get_candidates (BagScanGatherer *self, const BagSliceGroup *group)
{
  GPtrArray *candidates = g_hash_table_lookup (self->by_series, group->description->series);

  if (candidates == NULL)
    {
      candidates = g_ptr_array_new ();
      g_hash_table_insert (self->by_series, group->description->series, candidates);
    }

  return candidates;
}

/* A slice that was given twice is there once. */
static void
add (BagScanGatherer *self, BagSliceGroup *group)
{
  BagInputFile *file = g_ptr_array_index (group->files, 0);
  GPtrArray *candidates = NULL;
  BagSliceGroup *known = NULL;

  if (!g_hash_table_add (self->known, file))
    {
      bag_slice_group_free (group);
      return;
    }
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

/* A slice that is cut keeps its place among the others; a volume without a slice is none. */
static void
take_image (BagScanGatherer *self, const char *name, guint bag, BagHeader *header)
{
  BagSliceGroup *group = header->group;

  if (group->description->frames->len > 1 && !bag_source_check_present (group, &header->error))
    {
      skip (self, name, g_steal_pointer (&header->error));
      return;
    }

  group->bag = bag;
  add (self, g_steal_pointer (&header->group));
}

static gboolean
check_number (const BagScanGatherer *self, GError **error)
{
  if (self->groups->len <= MAX_SCANS)
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("There are more than %u scans here. Choose a folder with one bag."), MAX_SCANS);

  return FALSE;
}

/**
 * bag_scan_gatherer_take:
 * @self: a gatherer
 * @path: a file
 * @bag: which of the paths that were to be opened it was found behind
 * @header: (transfer full): what it turned out to be
 * @error: return location, set to %BAG_ERROR_LIMIT
 *
 * Returns: whether there is room for more
 */
gboolean
bag_scan_gatherer_take (BagScanGatherer *self, const char *path, guint bag, BagHeader *header, GError **error)
{
  G_GNUC_UNUSED g_autoptr (BagHeader) owned = header;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && path != NULL && header != NULL, FALSE);

  base = g_filename_display_basename (path);
  name = bag_text_sanitize (base, -1);
  switch (header->kind)
    {
    case BAG_HEADER_IMAGE:
      take_image (self, name, bag, header);
      break;
    case BAG_HEADER_REPORT:
      take_report (self, name, header);
      break;
    case BAG_HEADER_DIRECTORY:
      break;
    case BAG_HEADER_OTHER:
    default:
      skip (self, name, g_steal_pointer (&header->error));
      break;
    }

  return check_number (self, error);
}

static void
warn_passed (const BagScanGatherer *self, BagDescription *description)
{
  const BagPassedFiles *others = &self->others;
  const BagPassedFiles *unreadable = &self->unreadable;
  const BagPassedFiles *reports = &self->bad_reports;

  if (reports->n > 0)
    bag_description_add_warning (description, "unreadable-report", ngettext ("%u threat report could not be read: %s%s", "%u threat reports could not be read: %s%s", reports->n), reports->n, reports->names->str, bag_passed_files_get_more (reports));
  if (unreadable->n > 0)
    bag_description_add_warning (description, "unreadable-files", ngettext ("%u file could not be read, and slices may be missing: %s%s", "%u files could not be read, and slices may be missing: %s%s", unreadable->n), unreadable->n, unreadable->names->str, bag_passed_files_get_more (unreadable));
  if (self->missing.n > 0)
    bag_description_add_warning (description, "missing-files", ngettext ("%u file that the directory of the disc lists is not there: %s%s", "%u files that the directory of the disc lists are not there: %s%s", self->missing.n), self->missing.n, self->missing.names->str, bag_passed_files_get_more (&self->missing));
  if (self->outside.n > 0)
    bag_description_add_warning (description, "outside-files", ngettext ("The directory of the disc lists %u file outside of its folder, which was not opened: %s%s", "The directory of the disc lists %u files outside of its folder, which were not opened: %s%s", self->outside.n), self->outside.n, self->outside.names->str, bag_passed_files_get_more (&self->outside));
  if (others->n > 0)
    bag_description_add_warning (description, "skipped-files", ngettext ("%u file was passed over because it holds no slices: %s%s", "%u files were passed over because they hold no slices: %s%s", others->n), others->n, others->names->str, bag_passed_files_get_more (others));
}

/* Slices of one series that are not all alike: each scan says that there are others. */
static void
warn_split_series (const GPtrArray *groups)
{
  const BagPixelLayout *first = &((const BagSliceGroup *) g_ptr_array_index (groups, 0))->description->layout;
  gboolean has_sizes = FALSE;

  for (guint i = 0; i < groups->len; i++)
    {
      const BagPixelLayout *layout = &((const BagSliceGroup *) g_ptr_array_index (groups, i))->description->layout;

      has_sizes = has_sizes || layout->rows != first->rows || layout->columns != first->columns;
    }

  for (guint i = 0; i < groups->len; i++)
    {
      BagDescription *description = ((BagSliceGroup *) g_ptr_array_index (groups, i))->description;

      if (has_sizes)
        bag_description_add_warning (description, "mixed-sizes", _ ("The slices of this series have different sizes and are shown as %1$u scans: here those of %2$u columns and %3$u rows."), groups->len, description->layout.columns, description->layout.rows);
      else
        bag_description_add_warning (description, "split-series", _ ("The slices of this series differ in direction, spacing or kind of pixels and are shown as %u scans."), groups->len);
    }
}

static void
warn_split (const BagScanGatherer *self)
{
  GHashTableIter iter;
  gpointer series, groups;

  g_hash_table_iter_init (&iter, self->by_series);
  while (g_hash_table_iter_next (&iter, &series, &groups))
    if (*(const char *) series != '\0' && ((const GPtrArray *) groups)->len > 1)
      warn_split_series (groups);
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
to_scans (BagScanGatherer *self, const char *path, GError **error)
{
  g_autoptr (BagScanOrder) order = bag_scan_order_new ();
  g_autoptr (GPtrArray) scans = NULL;

  g_hash_table_remove_all (self->known);
  warn_split (self);
  while (self->groups->len > 0)
    {
      BagSliceGroup *group = g_ptr_array_steal_index (self->groups, 0);
      guint bag = group->bag;
      BagScan *scan;

      warn_passed (self, group->description);
      scan = to_scan (path, group, error);
      if (scan == NULL)
        return NULL;
      bag_scan_order_take (order, scan, bag);
    }
  scans = bag_scan_order_finish (order);
  bag_kin_search_among (scans);
  bag_report_attach_all (self->reports, scans);

  return g_steal_pointer (&scans);
}

static void
fail_only_reports (const BagScanGatherer *self, GError **error)
{
  g_autofree char *subject = bag_report_tell_subject (g_ptr_array_index (self->reports, 0));

  g_set_error (error, BAG_ERROR, BAG_ERROR_NOT_AN_IMAGE, ngettext ("There is no scan here, only %1$u threat report %2$s. Open it together with its scan.", "There is no scan here, only %1$u threat reports, the first %2$s. Open them together with their scans.", self->reports->len), self->reports->len, subject);
}

/* Of a directory that lists files none of which can be had. */
static void
fail_listed (const BagScanGatherer *self, GError **error)
{
  const BagPassedFiles *files = self->missing.n > 0 ? &self->missing : &self->outside;

  if (files == &self->missing)
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("None of the files that the directory of the disc lists is there: %s%s. Copy the whole disc."), files->names->str, bag_passed_files_get_more (files));
  else
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("The directory of the disc lists only files outside of its folder, which are not opened: %s%s"), files->names->str, bag_passed_files_get_more (files));
}

static void
fail_empty (BagScanGatherer *self, const char *path, GError **error)
{
  g_autofree char *name = path != NULL ? g_filename_display_basename (path) : NULL;
  guint n = self->others.n + self->unreadable.n;

  if (self->missing.n + self->outside.n > 0 && self->first_error == NULL)
    fail_listed (self, error);
  else if (self->reports->len > 0 && self->unreadable.n == 0)
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
 * bag_scan_gatherer_finish:
 * @self: a gatherer, good for nothing else afterwards
 * @path: (nullable): the folder that all files were found in
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full) (element-type BagScan): the scans, at least one, in
 *   the order of the paths, then by acquisition time, series and first position;
 *   or %NULL
 */
GPtrArray *
bag_scan_gatherer_finish (BagScanGatherer *self, const char *path, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->groups->len > 0)
    return to_scans (self, path, error);

  fail_empty (self, path, error);

  return NULL;
}
