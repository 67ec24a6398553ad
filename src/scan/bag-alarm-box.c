/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm-box"

#include "config.h"

#include "scan/bag-alarm-box.h"

#include "scan/bag-alarm-series.h"
#include "scan/bag-slice-order.h"

#include <math.h>

/*
 * From a place in a threat report to voxels of a scan. The region of a report
 * counts voxels from 0 and its Z is the stored frame, so it goes through the
 * order of the slices. A polygon is in mm; it is used only where there is no
 * region, because real polygons disagree with the positions of the frames.
 */

#define TINY 1e-3 /* of a voxel: what rounding may have added */

/**
 * bag_alarm_box_clip:
 * @base: least corner, in voxels
 * @extents: size, in voxels
 * @size: of the volume, in voxels
 * @low: (out): first voxel along each axis
 * @high: (out): the one behind the last
 *
 * Takes every voxel that the box touches, as far as there are voxels.
 *
 * Returns: what became of it; @low and @high are set unless it lies outside
 */
BagAlarmBoxFate
bag_alarm_box_clip (const double base[3], const double extents[3], const guint size[3], guint low[3], guint high[3])
{
  BagAlarmBoxFate fate = BAG_ALARM_BOX_INSIDE;

  for (guint i = 0; i < 3; i++)
    {
      double start = floor (base[i] + TINY);
      double end = ceil (base[i] + extents[i] - TINY);

      if (!(end > 0 && start < size[i] && end > start))
        return BAG_ALARM_BOX_OUTSIDE;
      if (start < 0 || end > size[i])
        fate = BAG_ALARM_BOX_CUT;
      low[i] = (guint) MAX (start, 0);
      high[i] = (guint) MIN (end, size[i]);
    }

  return fate;
}

/* Only in one file do stored frames have numbers that a report can mean. */
static guint *
list_frames (BagScan *scan, guint n_slices)
{
  g_autofree guint *frames = g_new (guint, n_slices);

  for (guint i = 0; i < n_slices; i++)
    {
      const BagScanSlice *slice = bag_scan_get_slice (scan, i);

      if (slice->file != 0)
        return NULL;
      frames[i] = slice->frame_number;
    }

  return g_steal_pointer (&frames);
}

static double *
list_positions (BagScan *scan, guint n_slices)
{
  const BagFrameFlags wanted = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION;
  g_autofree double *positions = NULL;

  if ((bag_scan_get_slice (scan, 0)->frame.flags & wanted) != wanted || !bag_scan_get_description (scan)->has_pixel_spacing || !bag_scan_is_ordered_by_position (scan))
    return NULL;

  positions = g_new (double, n_slices);
  for (guint i = 0; i < n_slices; i++)
    if (!bag_scan_get_position_mm (scan, i, &positions[i]))
      return NULL;

  return g_steal_pointer (&positions);
}

/**
 * bag_alarm_space_new:
 * @scan: a scan, which lives longer
 *
 * Returns: (transfer full): what places of alarms in @scan need to know
 */
BagAlarmSpace *
bag_alarm_space_new (BagScan *scan)
{
  BagAlarmSpace *self = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (scan), NULL);

  self = g_new0 (BagAlarmSpace, 1);
  self->scan = scan;
  self->n_slices = bag_scan_get_n_slices (scan);
  self->size[0] = bag_scan_get_layout (scan)->columns;
  self->size[1] = bag_scan_get_layout (scan)->rows;
  self->size[2] = bag_scan_get_description (scan)->frames->len;
  self->frames = list_frames (scan, self->n_slices);
  self->instances = bag_alarm_series_list (scan);
  self->positions = list_positions (scan, self->n_slices);

  return self;
}

/**
 * bag_alarm_space_free:
 * @self: (transfer full): a space
 */
void
bag_alarm_space_free (BagAlarmSpace *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->instances);
  g_free (self->frames);
  g_free (self->positions);
  g_free (self);
}

static gboolean
covers_frame (const BagAlarmBox *self, guint frame)
{
  return frame >= self->first_frame && frame <= self->last_frame;
}

/* Finds first, last and middle slice among those that are covered. */
static gboolean
find_slices (BagAlarmBox *self, const BagAlarmSpace *space)
{
  guint n_covered = 0;
  guint n_before = 0;

  for (guint i = 0; i < space->n_slices; i++)
    if (covers_frame (self, space->frames[i]))
      {
        self->first_slice = n_covered == 0 ? i : self->first_slice;
        self->last_slice = i;
        n_covered++;
      }
  if (n_covered == 0)
    return FALSE;

  n_before = (n_covered - 1) / 2;
  for (self->middle_slice = self->first_slice; n_before > 0 || !covers_frame (self, space->frames[self->middle_slice]); self->middle_slice++)
    n_before -= covers_frame (self, space->frames[self->middle_slice]) ? 1 : 0;

  return TRUE;
}

/* Bits stand for whole voxels: a region that begins between two has none to draw. */
static void
take_mask (BagAlarmBox *self, const BagReportPlace *place)
{
  self->has_mask = place->mask != NULL;
  for (guint i = 0; i < 3; i++)
    {
      self->mask_base[i] = (gint64) rint (place->base[i]);
      self->has_mask = self->has_mask && fabs (place->base[i] - rint (place->base[i])) <= TINY;
    }
}

static BagAlarmBoxFate
init_from_region (BagAlarmBox *self, const BagReportPlace *place, const BagAlarmSpace *space)
{
  guint low[3], high[3];
  BagAlarmBoxFate fate;

  fate = bag_alarm_box_clip (place->base, place->extents, space->size, low, high);
  if (fate == BAG_ALARM_BOX_OUTSIDE)
    return fate;

  *self = (BagAlarmBox){
    .x = low[0],
    .y = low[1],
    .width = high[0] - low[0],
    .height = high[1] - low[1],
    .is_by_frame = TRUE,
    .first_frame = low[2],
    .last_frame = high[2] - 1,
  };
  take_mask (self, place);

  return find_slices (self, space) ? fate : BAG_ALARM_BOX_OUTSIDE;
}

static double
project (const double *direction, const double *point)
{
  return direction[0] * point[0] + direction[1] * point[1] + direction[2] * point[2];
}

/* Least and greatest place along a direction of the eight corners of a box. */
static void
get_range (const double corners[2][3], const double *direction, double *least, double *greatest)
{
  *least = INFINITY;
  *greatest = -INFINITY;
  for (guint i = 0; i < 8; i++)
    {
      const double point[] = { corners[i & 1][0], corners[i >> 1 & 1][1], corners[i >> 2 & 1][2] };
      double place = project (direction, point);

      *least = MIN (*least, place);
      *greatest = MAX (*greatest, place);
    }
}

/* Slice by slice: those whose middle lies within half a slice of the polygon. */
static gboolean
find_slices_in_mm (const BagAlarmSpace *space, double least, double greatest, guint range[2])
{
  double reach = bag_scan_get_slice_spacing (space->scan) / 2;
  gboolean found = FALSE;

  for (guint i = 0; i < space->n_slices; i++)
    if (space->positions[i] >= least - reach && space->positions[i] <= greatest + reach)
      {
        range[0] = found ? range[0] : i;
        range[1] = i;
        found = TRUE;
      }

  return found;
}

/* Columns and rows that the polygon reaches over, as a region of all frames would have them. */
static void
get_region (const BagReportPlace *place, const BagAlarmSpace *space, double base[3], double extents[3])
{
  const BagFrame *frame = &bag_scan_get_slice (space->scan, 0)->frame;
  double least, greatest;

  for (guint axis = 0; axis < 2; axis++)
    {
      const double *direction = &frame->orientation[3 * axis];
      double spacing = bag_scan_get_description (space->scan)->pixel_spacing[1 - axis];

      get_range (place->corners, direction, &least, &greatest);
      base[axis] = (least - project (direction, frame->position)) / spacing + 0.5;
      extents[axis] = (greatest - least) / spacing;
    }
  base[2] = 0;
  extents[2] = space->size[2];
}

static BagAlarmBoxFate
init_from_polygon (BagAlarmBox *self, const BagReportPlace *place, const BagAlarmSpace *space)
{
  double base[3], extents[3], normal[3], least, greatest;
  guint low[3], high[3], range[2] = { 0, 0 };
  BagAlarmBoxFate fate;

  if (space->positions == NULL || !bag_slice_order_get_normal (&bag_scan_get_slice (space->scan, 0)->frame, normal))
    return BAG_ALARM_BOX_UNKNOWN;

  get_range (place->corners, normal, &least, &greatest);
  if (!find_slices_in_mm (space, least, greatest, range))
    return BAG_ALARM_BOX_OUTSIDE;

  get_region (place, space, base, extents);
  fate = bag_alarm_box_clip (base, extents, space->size, low, high);
  if (fate == BAG_ALARM_BOX_OUTSIDE)
    return fate;

  *self = (BagAlarmBox){
    .x = low[0],
    .y = low[1],
    .width = high[0] - low[0],
    .height = high[1] - low[1],
    .first_slice = range[0],
    .last_slice = range[1],
    .middle_slice = range[0] + (range[1] - range[0]) / 2,
  };

  return fate;
}

/* Bits of several slices in an order that is not known cannot be drawn. */
static BagAlarmBoxFate
init_in_series (BagAlarmBox *self, const BagReport *report, const BagReportPlace *place, const BagAlarmSpace *space)
{
  guint slice = 0;
  BagAlarmSeries series = bag_alarm_series_find (space, report, place, &slice);
  guint last = series == BAG_ALARM_SERIES_ONE ? slice : space->n_slices - 1;
  guint low[3], high[3];
  BagAlarmBoxFate fate;

  if (series == BAG_ALARM_SERIES_NONE)
    return BAG_ALARM_BOX_NO_FRAME;

  fate = bag_alarm_box_clip (place->base, place->extents, space->size, low, high);
  if (fate == BAG_ALARM_BOX_OUTSIDE)
    return fate;

  *self = (BagAlarmBox){
    .x = low[0],
    .y = low[1],
    .width = high[0] - low[0],
    .height = high[1] - low[1],
    .first_slice = slice,
    .last_slice = last,
    .middle_slice = slice + (last - slice) / 2,
  };
  take_mask (self, place);
  self->has_mask = self->has_mask && series == BAG_ALARM_SERIES_ONE;

  return fate;
}

/* The points in mm only where the frames of the region cannot be found. */
static BagAlarmBoxFate
init_without_frames (BagAlarmBox *self, const BagReport *report, const BagReportPlace *place, const BagAlarmSpace *space)
{
  BagAlarmBoxFate fate = init_in_series (self, report, place, space);

  if (fate != BAG_ALARM_BOX_NO_FRAME || (place->flags & BAG_REPORT_PLACE_HAS_POLYGON) == 0 || space->positions == NULL)
    return fate;

  fate = init_from_polygon (self, place, space);
  self->is_by_polygon = TRUE;

  return fate;
}

/**
 * bag_alarm_box_init:
 * @self: (out caller-allocates): where the object lies in the scan
 * @report: what the place stands in
 * @place: a place that is one in the scan of @space
 * @space: of that scan
 *
 * The middle slice is the lower of two.
 *
 * Returns: what became of it; @self is set when it is inside or cut
 */
BagAlarmBoxFate
bag_alarm_box_init (BagAlarmBox *self, const BagReport *report, const BagReportPlace *place, const BagAlarmSpace *space)
{
  g_return_val_if_fail (self != NULL && report != NULL && place != NULL && space != NULL, BAG_ALARM_BOX_UNKNOWN);

  if ((place->flags & BAG_REPORT_PLACE_HAS_REGION) != 0 && space->frames == NULL)
    return init_without_frames (self, report, place, space);
  if ((place->flags & BAG_REPORT_PLACE_HAS_REGION) != 0)
    return init_from_region (self, place, space);
  if ((place->flags & BAG_REPORT_PLACE_HAS_POLYGON) != 0)
    return init_from_polygon (self, place, space);

  return BAG_ALARM_BOX_UNKNOWN;
}

/**
 * bag_alarm_box_would_fit_swapped:
 * @place: a place that does not lie wholly inside the scan
 * @space: of that scan
 *
 * Some writers store Z, Y, X in the fields of X, Y, Z. Nothing is ever drawn so;
 * it can only be said.
 *
 * Returns: whether the region would lie wholly inside if it were such a one
 */
gboolean
bag_alarm_box_would_fit_swapped (const BagReportPlace *place, const BagAlarmSpace *space)
{
  const double base[] = { place->base[2], place->base[1], place->base[0] };
  const double extents[] = { place->extents[2], place->extents[1], place->extents[0] };
  guint low[3], high[3];

  g_return_val_if_fail (space != NULL, FALSE);

  return (place->flags & BAG_REPORT_PLACE_HAS_REGION) != 0 && space->frames != NULL && bag_alarm_box_clip (base, extents, space->size, low, high) == BAG_ALARM_BOX_INSIDE;
}

/**
 * bag_alarm_box_covers:
 * @self: where an object lies in @scan
 * @scan: that scan
 * @index: a slice, from 0
 *
 * Returns: whether the object is on that slice
 */
gboolean
bag_alarm_box_covers (const BagAlarmBox *self, BagScan *scan, guint index)
{
  g_return_val_if_fail (self != NULL && BAG_IS_SCAN (scan), FALSE);

  if (index >= bag_scan_get_n_slices (scan))
    return FALSE;
  if (!self->is_by_frame)
    return index >= self->first_slice && index <= self->last_slice;

  return covers_frame (self, bag_scan_get_slice (scan, index)->frame_number);
}
