/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report-attach"

#include "config.h"

#include "scan/bag-report-attach.h"

#include "scan/bag-alarm-series.h"

#include <glib/gi18n.h>

#include <string.h>

/* From the objects of a report to the alarms of a scan. Every object is listed at
 * least once, and whatever is not drawn is said. */

typedef struct
{
  BagReport *report;
  BagScan *scan;
  BagAlarmSpace *space;
  BagReportMatch match;
  guint n_fates[BAG_N_ALARM_BOX_FATES];
  guint n_swapped;
  guint n_by_polygon;
  guint n_hidden_masks;
} Attachment;

static int
compare_alarms (gconstpointer a, gconstpointer b, gpointer user_data)
{
  return bag_alarm_compare (BAG_ALARM ((gpointer) a), BAG_ALARM ((gpointer) b));
}

/* Behind those that are as grave. */
static void
add_alarm (const Attachment *self, guint object, const BagReportPlace *place, const BagAlarmBox *box)
{
  g_autoptr (BagAlarm) alarm = bag_alarm_new (self->report, object, place, box, bag_report_match_is_linked (self->match));

  g_list_store_insert_sorted (G_LIST_STORE (bag_scan_get_alarms (self->scan)), alarm, compare_alarms, NULL);
}

static void
add_place (Attachment *self, guint object, const BagReportPlace *place)
{
  BagAlarmBox box = { 0 };
  BagAlarmBoxFate fate = bag_alarm_box_init (&box, self->report, place, self->space);
  gboolean is_drawn = fate == BAG_ALARM_BOX_INSIDE || fate == BAG_ALARM_BOX_CUT;

  self->n_fates[fate]++;
  if ((fate == BAG_ALARM_BOX_CUT || fate == BAG_ALARM_BOX_OUTSIDE) && bag_alarm_box_would_fit_swapped (place, self->space))
    self->n_swapped++;
  self->n_by_polygon += is_drawn && box.is_by_polygon ? 1 : 0;
  self->n_hidden_masks += is_drawn && place->mask != NULL && !box.has_mask ? 1 : 0;
  add_alarm (self, object, place, is_drawn ? &box : NULL);
}

static gboolean
is_in_scan (const Attachment *self, const BagReportPlace *place)
{
  return bag_report_place_is_in (place, bag_scan_get_description (self->scan), self->match) || bag_alarm_series_names_slice (self->space, place);
}

static void
add_object (Attachment *self, guint index)
{
  const BagReportObject *object = g_ptr_array_index (self->report->objects, index);
  gboolean found = FALSE;

  for (guint i = 0; i < object->places->len; i++)
    {
      const BagReportPlace *place = g_ptr_array_index (object->places, i);

      if (!is_in_scan (self, place))
        continue;
      add_place (self, index, place);
      found = TRUE;
    }

  if (!found)
    {
      self->n_fates[BAG_ALARM_BOX_UNKNOWN]++;
      add_alarm (self, index, NULL, NULL);
    }
}

/**
 * bag_report_warn:
 * @scan: a scan that is being made
 * @name: kebab-case name
 * @format: printf format of the words
 */
void
bag_report_warn (BagScan *scan, const char *name, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  bag_scan_add_warning (scan, name, text);
}

static void
warn_about_places (const Attachment *self)
{
  guint n_cut = self->n_fates[BAG_ALARM_BOX_CUT];
  guint n_outside = self->n_fates[BAG_ALARM_BOX_OUTSIDE];
  guint n_unknown = self->n_fates[BAG_ALARM_BOX_UNKNOWN];

  if (n_cut > 0)
    bag_report_warn (self->scan, "alarm-cut", ngettext ("%u box of the threat report reaches beyond the scan and is cut off there", "%u boxes of the threat report reach beyond the scan and are cut off there", n_cut), n_cut);
  if (n_outside > 0)
    bag_report_warn (self->scan, "alarm-outside", ngettext ("%u object of the threat report lies outside the scan and is not drawn", "%u objects of the threat report lie outside the scan and are not drawn", n_outside), n_outside);
  if (n_unknown > 0)
    bag_report_warn (self->scan, "alarm-without-place", ngettext ("%u object of the threat report has no place that can be drawn in this scan", "%u objects of the threat report have no place that can be drawn in this scan", n_unknown), n_unknown);
  if (self->n_swapped > 0)
    bag_report_warn (self->scan, "alarm-axes", ngettext ("%u box of the threat report would lie inside if X and Z were exchanged: it may have been written so", "%u boxes of the threat report would lie inside if X and Z were exchanged: they may have been written so", self->n_swapped), self->n_swapped);
}

/* Of a scan of one slice a file, and of masks. */
static void
warn_about_frames (const Attachment *self)
{
  guint n_no_frame = self->n_fates[BAG_ALARM_BOX_NO_FRAME];
  guint n_by_polygon = self->n_by_polygon;
  guint n_hidden_masks = self->n_hidden_masks;

  if (n_no_frame > 0)
    bag_report_warn (self->scan, "alarm-without-frame", ngettext ("%u object of the threat report is not drawn: its place counts stored frames, and this scan is one slice a file, which have no such numbers", "%u objects of the threat report are not drawn: their places count stored frames, and this scan is one slice a file, which have no such numbers", n_no_frame), n_no_frame);
  if (n_by_polygon > 0)
    bag_report_warn (self->scan, "alarm-by-polygon", ngettext ("%u box of the threat report is drawn by its points in mm, because its place counts stored frames and this scan is one slice a file: check where it lies", "%u boxes of the threat report are drawn by their points in mm, because their places count stored frames and this scan is one slice a file: check where they lie", n_by_polygon), n_by_polygon);
  if (n_hidden_masks > 0)
    bag_report_warn (self->scan, "mask-not-drawn", ngettext ("%u mask of the threat report does not say which voxels of this scan it marks: only the box is drawn", "%u masks of the threat report do not say which voxels of this scan they mark: only the boxes are drawn", n_hidden_masks), n_hidden_masks);
}

static void
warn_about_bag (const Attachment *self)
{
  const char *bag_id = bag_report_get_text (self->report, BAG_REPORT_TEXT_BAG_ID);
  const char *own = bag_scan_get_bag_id (self->scan);

  if (!bag_report_match_is_linked (self->match))
    bag_report_warn (self->scan, "unlinked-report", _ ("The threat report “%s” is about this bag, but does not say that it is about this scan of it: check where its boxes lie"), self->report->name);
  else if (*bag_id != '\0' && *own != '\0' && strcmp (bag_id, own) != 0)
    bag_report_warn (self->scan, "bag-id-differs", _ ("The threat report “%1$s” names this scan, but calls the bag “%2$s”"), self->report->name, bag_id);
}

/* Of a report for another bag nothing but that is told. */
static void
warn_other_bag (const BagReport *report, BagScan *scan)
{
  g_autofree char *subject = bag_report_tell_subject (report);

  bag_report_warn (scan, "other-bag", _ ("The threat report “%1$s” is %2$s, and not for this one: it is not shown"), report->name, subject);
}

/**
 * bag_report_attach:
 * @report: (transfer none): a report
 * @scan: a scan that is being made
 *
 * Gives @scan the alarms of @report and a warning for all that is odd about
 * them; for a report of another bag, only a warning.
 */
void
bag_report_attach (BagReport *report, BagScan *scan)
{
  g_autoptr (BagAlarmSpace) space = NULL;
  Attachment self = { .report = report, .scan = scan };

  g_return_if_fail (report != NULL && BAG_IS_SCAN (scan));

  self.match = bag_report_match_scan (report, scan);
  if (self.match == BAG_REPORT_MATCH_NONE)
    {
      warn_other_bag (report, scan);
      return;
    }

  g_ptr_array_add (bag_scan_get_reports (scan), bag_report_ref (report));
  self.space = space = bag_alarm_space_new (scan);
  for (guint i = 0; i < report->objects->len; i++)
    add_object (&self, i);
  warn_about_bag (&self);
  warn_about_places (&self);
  warn_about_frames (&self);
  for (guint i = 0; i < report->warnings->len; i++)
    {
      const BagNote *note = g_ptr_array_index (report->warnings, i);

      bag_scan_add_warning (scan, note->name, note->text);
    }
}

static BagReportMatch
find_best_match (const BagReport *report, const GPtrArray *scans)
{
  BagReportMatch best = BAG_REPORT_MATCH_NONE;

  for (guint i = 0; i < scans->len; i++)
    best = MAX (best, bag_report_match_scan (report, g_ptr_array_index (scans, i)));

  return best;
}

static guint
count_scans_of (const BagReport *report, const GPtrArray *scans, const char *instance)
{
  guint n = 0;

  for (guint i = 0; i < scans->len; i++)
    {
      const BagDescription *description = bag_scan_get_description (g_ptr_array_index (scans, i));

      n += *instance != '\0' && strcmp (description->sop_instance, instance) == 0 ? 1 : 0;
    }

  return n;
}

/* Sections of one object share its UID: which of them a box lies in is not said. */
static void
warn_shared_instance (const BagReport *report, const GPtrArray *scans, BagScan *scan)
{
  guint n = count_scans_of (report, scans, bag_scan_get_description (scan)->sop_instance);

  if (n > 1 && report->objects->len > 0)
    bag_report_warn (scan, "shared-instance", _ ("%1$u scans have the UID that the threat report “%2$s” names: which of them its boxes lie in is not said"), n, report->name);
}

/**
 * bag_report_attach_all:
 * @reports: (element-type BagReport): what was found
 * @scans: (element-type BagScan): what was found with it
 *
 * Attaches each report to the scans that it fits best. One that fits none is
 * said with all of them.
 */
void
bag_report_attach_all (const GPtrArray *reports, const GPtrArray *scans)
{
  g_return_if_fail (reports != NULL && scans != NULL);

  for (guint i = 0; i < reports->len; i++)
    {
      BagReport *report = g_ptr_array_index (reports, i);
      BagReportMatch best = find_best_match (report, scans);

      for (guint k = 0; k < scans->len; k++)
        {
          BagScan *scan = g_ptr_array_index (scans, k);

          if (bag_report_match_scan (report, scan) != best)
            continue;
          bag_report_attach (report, scan);
          if (best == BAG_REPORT_MATCH_INSTANCE)
            warn_shared_instance (report, scans, scan);
        }
    }
}
