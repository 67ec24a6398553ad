/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report-match"

#include "config.h"

#include "scan/bag-report-match.h"

#include <glib/gi18n.h>

#include <string.h>

/* Which report belongs to which scan: by what both say, never by their names. */

static gboolean
names (const GPtrArray *instances, const char *instance)
{
  if (*instance == '\0')
    return FALSE;

  for (guint i = 0; i < instances->len; i++)
    if (strcmp (g_ptr_array_index (instances, i), instance) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
names_in_places (const BagReport *report, const char *instance)
{
  for (guint i = 0; i < report->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (report->objects, i);

      for (guint k = 0; k < object->places->len; k++)
        if (names (((const BagReportPlace *) g_ptr_array_index (object->places, k))->instances, instance))
          return TRUE;
    }

  return FALSE;
}

static gboolean
is_same_text (const char *a, const char *b)
{
  return *a != '\0' && strcmp (a, b) == 0;
}

/**
 * bag_report_match:
 * @report: a report
 * @scan: a scan
 *
 * The type of a bag's ID does not count: real reports give another one than
 * their scans.
 *
 * Returns: how well they fit
 */
BagReportMatch
bag_report_match (const BagReport *report, const BagDescription *scan)
{
  g_return_val_if_fail (report != NULL && scan != NULL, BAG_REPORT_MATCH_NONE);

  if (names (report->instances, scan->sop_instance) || names_in_places (report, scan->sop_instance))
    return BAG_REPORT_MATCH_INSTANCE;
  if (is_same_text (bag_report_get_text (report, BAG_REPORT_TEXT_SERIES), scan->series) && is_same_text (bag_report_get_text (report, BAG_REPORT_TEXT_FRAME_OF_REFERENCE), scan->frame_of_reference))
    return BAG_REPORT_MATCH_SERIES;
  if (is_same_text (bag_report_get_text (report, BAG_REPORT_TEXT_BAG_ID), scan->bag_id))
    return BAG_REPORT_MATCH_BAG;

  return BAG_REPORT_MATCH_NONE;
}

static void
add_instances (GHashTable *set, const GPtrArray *instances)
{
  for (guint i = 0; i < instances->len; i++)
    g_hash_table_add (set, g_ptr_array_index (instances, i));
}

static gboolean
names_slice (const BagReport *report, BagScan *scan)
{
  g_autoptr (GHashTable) set = g_hash_table_new (g_str_hash, g_str_equal);

  add_instances (set, report->instances);
  for (guint i = 0; i < report->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (report->objects, i);

      for (guint k = 0; k < object->places->len; k++)
        add_instances (set, ((const BagReportPlace *) g_ptr_array_index (object->places, k))->instances);
    }

  return bag_scan_has_any_instance (scan, set);
}

/**
 * bag_report_match_scan:
 * @report: a report
 * @scan: a scan, of one file or of many
 *
 * Returns: how well they fit: as bag_report_match(), and one that names a single slice names the scan
 */
BagReportMatch
bag_report_match_scan (const BagReport *report, BagScan *scan)
{
  g_return_val_if_fail (report != NULL && BAG_IS_SCAN (scan), BAG_REPORT_MATCH_NONE);

  return names_slice (report, scan) ? BAG_REPORT_MATCH_INSTANCE : bag_report_match (report, bag_scan_get_description (scan));
}

/**
 * bag_report_match_is_linked:
 * @match: how well a report fits
 *
 * Returns: whether it is known to be about that very scan
 */
gboolean
bag_report_match_is_linked (BagReportMatch match)
{
  return match >= BAG_REPORT_MATCH_SERIES;
}

/**
 * bag_report_place_is_in:
 * @place: a place of an object
 * @scan: a scan
 * @match: how well the report fits @scan
 *
 * With two energies an object may have a place in each of two scans.
 *
 * Returns: whether the place is one in @scan
 */
gboolean
bag_report_place_is_in (const BagReportPlace *place, const BagDescription *scan, BagReportMatch match)
{
  g_return_val_if_fail (place != NULL && scan != NULL, FALSE);

  return match != BAG_REPORT_MATCH_INSTANCE || place->instances->len == 0 || names (place->instances, scan->sop_instance);
}

/**
 * bag_report_is_same:
 *
 * Returns: whether both are one report, such as a file and a copy of it
 */
gboolean
bag_report_is_same (const BagReport *a, const BagReport *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a == b || is_same_text (bag_report_get_text (a, BAG_REPORT_TEXT_SOP_INSTANCE), bag_report_get_text (b, BAG_REPORT_TEXT_SOP_INSTANCE));
}

/* "20260105081500.000000" as " (2026-01-05 08:15)"; no date as nothing */
static char *
tell_time (const BagReport *report)
{
  const char *time = bag_report_get_text (report, BAG_REPORT_TEXT_TIME);
  guint n_digits = 0;

  while (g_ascii_isdigit (time[n_digits]))
    n_digits++;
  if (n_digits < 8)
    return g_strdup ("");
  if (n_digits < 12)
    return g_strdup_printf (" (%.4s-%.2s-%.2s)", time, time + 4, time + 6);

  return g_strdup_printf (" (%.4s-%.2s-%.2s %.2s:%.2s)", time, time + 4, time + 6, time + 8, time + 10);
}

/**
 * bag_report_tell_subject:
 * @report: a report
 *
 * Returns: (transfer full): which bag and which scan it is about, and when it was made,
 *   as part of a sentence
 */
char *
bag_report_tell_subject (const BagReport *report)
{
  const char *bag_id = bag_report_get_text (report, BAG_REPORT_TEXT_BAG_ID);
  const char *instance = report->instances->len > 0 ? g_ptr_array_index (report->instances, 0) : "";
  g_autofree char *time = tell_time (report);

  if (*bag_id == '\0' && *instance == '\0')
    return g_strdup_printf (_ ("of a bag that it does not name%s"), time);
  if (*instance == '\0')
    return g_strdup_printf (_ ("of bag “%1$s”%2$s"), bag_id, time);
  if (*bag_id == '\0')
    return g_strdup_printf (_ ("for scan %1$s%2$s"), instance, time);

  return g_strdup_printf (_ ("of bag “%1$s”, for scan %2$s%3$s"), bag_id, instance, time);
}
