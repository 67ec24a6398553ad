/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-geometry"

#include "config.h"

#include "scan/bag-scan.h"

#include "scan/bag-slice-order.h"

#include <glib/gi18n.h>

/* Where voxels lie, and how they are best shown at first. */

/**
 * bag_scan_get_position_mm:
 * @self: a scan
 * @index: a slice, from 0
 * @position: (out): its place along row direction x column direction, in mm
 *
 * Returns: whether the slice has a position
 */
gboolean
bag_scan_get_position_mm (BagScan *self, guint index, double *position)
{
  const BagScanSlice *slice = bag_scan_get_slice (self, index);
  double normal[3];

  g_return_val_if_fail (slice != NULL && position != NULL, FALSE);

  if ((slice->frame.flags & BAG_FRAME_HAS_POSITION) == 0 || !bag_slice_order_get_normal (&slice->frame, normal))
    return FALSE;

  *position = 0.0;
  for (guint i = 0; i < 3; i++)
    *position += slice->frame.position[i] * normal[i];

  return TRUE;
}

/**
 * bag_scan_is_ordered_by_position:
 * @self: a scan
 *
 * Returns: whether slices are in the order of their positions; else in that of the file
 */
gboolean
bag_scan_is_ordered_by_position (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  return bag_scan_get_order (self)->is_by_position;
}

/**
 * bag_scan_get_slice_spacing:
 * @self: a scan
 *
 * Returns: the median distance between neighbouring slices in mm, taken from
 *   their positions; 0 when unknown
 */
double
bag_scan_get_slice_spacing (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), 0.0);

  return bag_scan_get_order (self)->spacing;
}

/**
 * bag_scan_get_marks:
 * @self: a scan
 * @index: a slice, from 0
 *
 * Returns: what is odd about its place
 */
BagSliceMarks
bag_scan_get_marks (BagScan *self, guint index)
{
  const BagSliceOrder *order = bag_scan_get_order (self);

  g_return_val_if_fail (order != NULL && index < bag_scan_get_n_slices (self), 0);

  return order->marks != NULL ? (BagSliceMarks) g_array_index (order->marks, guint8, index) : 0;
}

/**
 * bag_scan_get_tilt:
 * @self: a scan
 *
 * Returns: degrees by which the slices are shifted against each other, as with a
 *   tilted gantry; 0 when they stand one behind the other
 */
double
bag_scan_get_tilt (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), 0.0);

  return bag_scan_get_order (self)->tilt;
}

/* Why lengths mean nothing, or NULL. */
static const char *
find_obstacle (BagScan *self)
{
  if (!bag_scan_get_description (self)->has_pixel_spacing)
    return _ ("The file does not say how large its voxels are.");
  if (bag_scan_get_tilt (self) > 0)
    return _ ("The slices are shifted against each other, as with a tilted gantry.");

  return NULL;
}

/**
 * bag_scan_can_measure:
 * @self: a scan
 * @reason: (out) (optional) (nullable) (transfer none): why not, in plain words
 *
 * To be asked before anything is measured in mm. The place of a single voxel and the scale of a single
 * slice are right where there is pixel spacing, tilted or not.
 *
 * Returns: whether lengths in the scan can be measured
 */
gboolean
bag_scan_can_measure (BagScan *self, const char **reason)
{
  const char *obstacle = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  obstacle = find_obstacle (self);
  if (reason != NULL)
    *reason = obstacle;

  return obstacle == NULL;
}

/**
 * bag_scan_can_reslice:
 * @self: a scan
 * @reason: (out) (optional) (nullable) (transfer none): why not, in plain words
 *
 * To be asked before views across the slices are made. Between two slices that
 * bag_scan_get_marks() tells a gap of there is nothing, and nothing may be drawn.
 *
 * Returns: whether the slices stand one behind the other at known distances
 */
gboolean
bag_scan_can_reslice (BagScan *self, const char **reason)
{
  const char *obstacle = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  obstacle = find_obstacle (self);
  if (obstacle == NULL && !bag_scan_is_ordered_by_position (self))
    obstacle = _ ("It is not known where the slices lie.");
  if (reason != NULL)
    *reason = obstacle;

  return obstacle == NULL;
}

/**
 * bag_scan_get_voxel_position_mm:
 * @self: a scan
 * @index: a slice, from 0
 * @column: from 0 at the centre of the first column
 * @row: from 0 at the centre of the first row
 * @position: (out): the place in the file's axes, in mm
 *
 * PS3.3 C.7.6.2.1.1, equation C.7.6.2.1-1: pixel spacing is between rows
 * first, between columns second.
 *
 * Returns: whether the scan has positions, directions and spacing
 */
gboolean
bag_scan_get_voxel_position_mm (BagScan *self, guint index, double column, double row, double position[3])
{
  const BagScanSlice *slice = bag_scan_get_slice (self, index);
  const BagDescription *description = bag_scan_get_description (self);
  const BagFrameFlags wanted = BAG_FRAME_HAS_POSITION | BAG_FRAME_HAS_ORIENTATION;

  g_return_val_if_fail (slice != NULL && position != NULL, FALSE);

  if ((slice->frame.flags & wanted) != wanted || !description->has_pixel_spacing)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    position[i] = slice->frame.position[i] + slice->frame.orientation[i] * description->pixel_spacing[1] * column + slice->frame.orientation[i + 3] * description->pixel_spacing[0] * row;

  return TRUE;
}

/**
 * bag_scan_get_pixel_aspect:
 * @self: a scan
 *
 * Returns: the height of a pixel divided by its width; 1 when unknown
 */
double
bag_scan_get_pixel_aspect (BagScan *self)
{
  const BagDescription *description = bag_scan_get_description (self);

  g_return_val_if_fail (description != NULL, 1.0);

  return description->has_pixel_spacing ? description->pixel_spacing[0] / description->pixel_spacing[1] : 1.0;
}

/* The first slice that has a window says that of the scan. */
static const BagFrame *
find_window_frame (BagScan *self)
{
  for (guint i = 0; i < bag_scan_get_n_slices (self); i++)
    if ((bag_scan_get_slice (self, i)->frame.flags & BAG_FRAME_HAS_WINDOW) != 0)
      return &bag_scan_get_slice (self, i)->frame;

  return NULL;
}

/**
 * bag_scan_get_window:
 * @self: a scan
 * @center: (out): in values
 * @width: (out): in values
 *
 * Returns: whether a slice has a window: that of the first one that does
 */
gboolean
bag_scan_get_window (BagScan *self, double *center, double *width)
{
  const BagFrame *frame = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (self) && center != NULL && width != NULL, FALSE);

  frame = find_window_frame (self);
  if (frame == NULL)
    return FALSE;

  *center = frame->window_center;
  *width = frame->window_width;

  return TRUE;
}

/**
 * bag_scan_get_window_function:
 * @self: a scan
 *
 * Returns: the function of the window that bag_scan_get_window() gives; LINEAR without one,
 *   LINEAR_EXACT where samples are wide
 */
BagVoiFunction
bag_scan_get_window_function (BagScan *self)
{
  const BagFrame *frame = NULL;

  g_return_val_if_fail (BAG_IS_SCAN (self), BAG_VOI_FUNCTION_LINEAR);

  frame = find_window_frame (self);

  if (frame != NULL)
    return frame->window_function;

  return bag_scan_is_wide (self) ? BAG_VOI_FUNCTION_LINEAR_EXACT : BAG_VOI_FUNCTION_LINEAR;
}

/**
 * bag_scan_get_warnings:
 * @self: a scan
 *
 * Returns: (transfer none) (element-type BagNote): what is odd about the scan
 */
const GPtrArray *
bag_scan_get_warnings (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);

  return bag_scan_get_description (self)->warnings;
}
