/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm-series"

#include "config.h"

#include "scan/bag-alarm-series.h"

#include <math.h>

/*
 * The Z of a region counts the stored frames of the object that the report names.
 * Where each slice is an object of its own, that is frame 0 of every one of them: Z
 * says which slice is meant only when the report names one slice alone, and its
 * frame 0 alone. A region over as many frames as there are slices covers all of
 * them, in whatever order they were counted. Anything else would be a guess: by
 * instance number, by position, by file name, or by the order of the references.
 */

#define TINY 1e-3 /* of a voxel: what rounding may have added */

static gboolean
covers (const BagReportPlace *place, guint n_frames)
{
  return fabs (place->base[2]) <= TINY && fabs (place->extents[2] - n_frames) <= TINY;
}

static const GPtrArray *
get_instances (const BagReport *report, const BagReportPlace *place)
{
  return place->instances->len > 0 ? place->instances : report->instances;
}

/**
 * bag_alarm_series_list:
 * @scan: a scan, which lives longer
 *
 * Returns: (transfer full) (element-type utf8 guint): its slices, from 1, by the SOP
 *   instance UID of their files; of several with one UID the last
 */
GHashTable *
bag_alarm_series_list (BagScan *scan)
{
  GHashTable *slices = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (BAG_IS_SCAN (scan), slices);

  for (guint i = 0; i < bag_scan_get_n_slices (scan); i++)
    if (bag_scan_get_slice (scan, i)->instance != NULL)
      g_hash_table_insert (slices, bag_scan_get_slice (scan, i)->instance, GUINT_TO_POINTER (i + 1));

  return slices;
}

/**
 * bag_alarm_series_names_slice:
 * @space: of a scan
 * @place: a place in a report
 *
 * Returns: whether @place names a slice of that scan
 */
gboolean
bag_alarm_series_names_slice (const BagAlarmSpace *space, const BagReportPlace *place)
{
  for (guint i = 0; i < place->instances->len; i++)
    if (g_hash_table_contains (space->instances, g_ptr_array_index (place->instances, i)))
      return TRUE;

  return FALSE;
}

/**
 * bag_alarm_series_find:
 * @space: of a scan of one slice a file
 * @report: a report about it
 * @place: a place in that report, with a region
 * @slice: (out): the slice, from 0, when it is one
 *
 * Returns: on which slices the region lies
 */
BagAlarmSeries
bag_alarm_series_find (const BagAlarmSpace *space, const BagReport *report, const BagReportPlace *place, guint *slice)
{
  const GPtrArray *instances = get_instances (report, place);
  guint number = 0;

  *slice = 0;
  if (instances->len == 1)
    number = GPOINTER_TO_UINT (g_hash_table_lookup (space->instances, g_ptr_array_index (instances, 0)));
  if (number > 0 && covers (place, 1))
    {
      *slice = number - 1;
      return BAG_ALARM_SERIES_ONE;
    }

  return number == 0 && covers (place, space->n_slices) ? BAG_ALARM_SERIES_WHOLE : BAG_ALARM_SERIES_NONE;
}
