/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-render"

#include "config.h"

#include "render/bag-slice-painter.h"

#include <math.h>

/* Where a slice lies on the screen: pure arithmetic, no drawing. */

/**
 * bag_slice_transform_fit:
 * @aspect: height of a voxel divided by its width (row spacing by column
 *   spacing); what is no positive number counts as 1
 *
 * The largest place for a whole slice in @width x @height, in the middle.
 */
BagSliceTransform
bag_slice_transform_fit (guint columns,
                         guint rows,
                         double aspect,
                         double width,
                         double height)
{
  BagSliceTransform fit = { 0, 0, 1, 1 };

  if (!(isfinite (aspect) && aspect > 0))
    aspect = 1.0;
  if (columns > 0 && rows > 0 && width > 0 && height > 0)
    fit.scale_x = MIN (width / columns, height / (rows * aspect));

  fit.scale_y = fit.scale_x * aspect;
  fit.x = (width - columns * fit.scale_x) / 2;
  fit.y = (height - rows * fit.scale_y) / 2;

  return fit;
}

/**
 * bag_slice_transform_zoom:
 * @factor: how much larger; @x and @y stay over the same place of the slice
 *
 * Voxels stay between BAG_SLICE_MIN_SCALE and BAG_SLICE_MAX_SCALE wide; a
 * transformation that is outside already does not move further out.
 */
BagSliceTransform
bag_slice_transform_zoom (const BagSliceTransform *self,
                          double factor,
                          double x,
                          double y)
{
  double least = MIN (BAG_SLICE_MIN_SCALE, self->scale_x);
  double most = MAX (BAG_SLICE_MAX_SCALE, self->scale_x);
  double scale = CLAMP (self->scale_x * factor, least, most);
  BagSliceTransform zoomed;

  factor = isfinite (scale) ? scale / self->scale_x : 1.0;
  zoomed.scale_x = self->scale_x * factor;
  zoomed.scale_y = self->scale_y * factor;
  zoomed.x = x - (x - self->x) * factor;
  zoomed.y = y - (y - self->y) * factor;

  return zoomed;
}

/**
 * bag_slice_transform_to_voxel:
 * @column: (out) (optional): from 0
 * @row: (out) (optional): from 0
 *
 * Which voxel covers the point @x, @y.
 *
 * Returns: FALSE when the point lies beside the slice; @column and @row are not set then
 */
gboolean
bag_slice_transform_to_voxel (const BagSliceTransform *self,
                              guint columns,
                              guint rows,
                              double x,
                              double y,
                              guint *column,
                              guint *row)
{
  double voxel_x = floor ((x - self->x) / self->scale_x);
  double voxel_y = floor ((y - self->y) / self->scale_y);

  if (!(voxel_x >= 0 && voxel_x < columns && voxel_y >= 0 && voxel_y < rows))
    return FALSE;

  if (column != NULL)
    *column = (guint) voxel_x;
  if (row != NULL)
    *row = (guint) voxel_y;

  return TRUE;
}
