/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-viewport.h"

#include <math.h>

/*
 * Zoom and place of a slice in a view, without a widget. The focus is kept in
 * voxels: when the view changes its size the same part stays in the middle.
 */

/* Along one axis: the middle of the view stays on the picture, so that it cannot be lost.
 * Gaps beside it are allowed: otherwise the voxel under the pointer would not stay
 * there when zooming near an edge. */
static double
clamp_focus (double focus, double n_voxels)
{
  return isnan (focus) ? n_voxels / 2 : CLAMP (focus, 0.0, n_voxels);
}

static gboolean
bag_viewport_set_focus (BagViewport *self,
                        double column,
                        double row)
{
  double old_column = self->focus_column, old_row = self->focus_row;

  if (self->zoom <= 0)
    {
      self->focus_column = self->columns / 2.0;
      self->focus_row = self->rows / 2.0;
    }
  else
    {
      self->focus_column = clamp_focus (column, self->columns);
      self->focus_row = clamp_focus (row, self->rows);
    }

  return self->focus_column != old_column || self->focus_row != old_row;
}

/**
 * bag_viewport_set_slice:
 * @aspect: height of a voxel divided by its width; what is no positive number counts as 1
 *
 * Another shape of slice is shown whole; the same one stays as it is.
 *
 * Returns: whether anything has changed
 */
gboolean
bag_viewport_set_slice (BagViewport *self,
                        guint columns,
                        guint rows,
                        double aspect)
{
  if (!(isfinite (aspect) && aspect > 0))
    aspect = 1.0;
  if (self->columns == columns && self->rows == rows && self->aspect == aspect)
    return FALSE;

  self->columns = columns;
  self->rows = rows;
  self->aspect = aspect;
  self->zoom = 0;
  bag_viewport_set_focus (self, 0, 0);

  return TRUE;
}

/**
 * bag_viewport_set_size:
 *
 * Returns: whether anything has changed
 */
gboolean
bag_viewport_set_size (BagViewport *self,
                       double width,
                       double height,
                       double device_scale)
{
  if (self->width == width && self->height == height && self->device_scale == device_scale)
    return FALSE;

  self->width = width;
  self->height = height;
  self->device_scale = device_scale;
  bag_viewport_set_focus (self, self->focus_column, self->focus_row);

  return TRUE;
}

/**
 * bag_viewport_get_transform:
 * @transform: (out): where the slice lies in the view
 *
 * The corner lies on a whole device pixel: at one pixel a voxel nothing is
 * blurred by half a pixel.
 */
void
bag_viewport_get_transform (const BagViewport *self,
                            BagSliceTransform *transform)
{
  double device_scale = MAX (self->device_scale, 1.0);

  if (self->zoom <= 0)
    {
      *transform = bag_slice_transform_fit (self->columns, self->rows, self->aspect, self->width, self->height);
    }
  else
    {
      transform->scale_x = self->zoom;
      transform->scale_y = self->zoom * self->aspect;
      transform->x = self->width / 2 - self->focus_column * transform->scale_x;
      transform->y = self->height / 2 - self->focus_row * transform->scale_y;
    }

  transform->x = round (transform->x * device_scale) / device_scale;
  transform->y = round (transform->y * device_scale) / device_scale;
}

/**
 * bag_viewport_set_zoom:
 * @zoom: width of a voxel in units of the view, kept between BAG_SLICE_MIN_SCALE and
 *   BAG_SLICE_MAX_SCALE; 0, or no number, to show the whole slice
 *
 * Returns: whether anything has changed
 */
gboolean
bag_viewport_set_zoom (BagViewport *self,
                       double zoom)
{
  zoom = zoom > 0 ? CLAMP (zoom, BAG_SLICE_MIN_SCALE, BAG_SLICE_MAX_SCALE) : 0.0;
  if (self->zoom == zoom)
    return FALSE;

  self->zoom = zoom;
  bag_viewport_set_focus (self, self->focus_column, self->focus_row);

  return TRUE;
}

/**
 * bag_viewport_zoom_by:
 *
 * Zooms and keeps what lies under @x, @y in its place, as far as that leaves no
 * gap beside the picture.
 *
 * Returns: whether anything has changed
 */
gboolean
bag_viewport_zoom_by (BagViewport *self,
                      double factor,
                      double x,
                      double y)
{
  BagSliceTransform old, zoomed;

  if (self->columns == 0 || self->rows == 0)
    return FALSE;

  bag_viewport_get_transform (self, &old);
  zoomed = bag_slice_transform_zoom (&old, factor, x, y);
  if (zoomed.scale_x == old.scale_x)
    return FALSE;

  self->zoom = zoomed.scale_x;
  bag_viewport_set_focus (self,
                          (self->width / 2 - zoomed.x) / zoomed.scale_x,
                          (self->height / 2 - zoomed.y) / zoomed.scale_y);

  return TRUE;
}

/**
 * bag_viewport_pan_to:
 *
 * Moves the place @focus_column, @focus_row of the slice (in voxels, from its top
 * left corner) to the middle of the view, as far as that leaves no gap beside the
 * picture.
 *
 * Returns: whether anything has changed
 */
gboolean
bag_viewport_pan_to (BagViewport *self,
                     double focus_column,
                     double focus_row)
{
  return bag_viewport_set_focus (self, focus_column, focus_row);
}

/**
 * bag_viewport_get_scale_bar:
 * @column_spacing: mm from one column to the next
 * @longest: how long the bar may be
 * @mm: (out): what the bar stands for: 1, 2 or 5 times a power of ten
 *
 * Returns: the length of the bar in units of the view; 0 when there is none to draw
 */
double
bag_viewport_get_scale_bar (const BagViewport *self,
                            double column_spacing,
                            double longest,
                            double *mm)
{
  BagSliceTransform transform;
  double units_per_mm, most, step;

  *mm = 0;
  if (self->columns == 0 || !(isfinite (column_spacing) && column_spacing > 0))
    return 0;

  bag_viewport_get_transform (self, &transform);
  units_per_mm = transform.scale_x / column_spacing;
  most = longest / units_per_mm;
  if (!(isfinite (most) && most > 1e-6 && most < 1e6))
    return 0;

  step = pow (10.0, floor (log10 (most)));
  *mm = most >= 5 * step ? 5 * step : most >= 2 * step ? 2 * step
                                                       : step;

  return *mm * units_per_mm;
}
