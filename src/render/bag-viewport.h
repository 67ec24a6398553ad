/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-slice-painter.h"

G_BEGIN_DECLS

/**
 * BagViewport:
 *
 * What part of a slice a view of some size shows. A plain value: zero it, then
 * tell it the size of the slice and of the view.
 */
typedef struct
{
  guint columns, rows; /* of the slice; 0: none */
  double aspect;       /* height of a voxel divided by its width */
  double width, height;
  double device_scale;            /* device pixels for each unit of the view; at least 1 */
  double zoom;                    /* width of a voxel in units of the view; 0: the whole slice fits */
  double focus_column, focus_row; /* what lies in the middle of the view, unless it fits */
} BagViewport;

gboolean bag_viewport_set_slice (BagViewport *self, guint columns, guint rows, double aspect);
gboolean bag_viewport_set_size (BagViewport *self, double width, double height, double device_scale);
void bag_viewport_get_transform (const BagViewport *self, BagSliceTransform *transform);
gboolean bag_viewport_set_zoom (BagViewport *self, double zoom);
gboolean bag_viewport_zoom_by (BagViewport *self, double factor, double x, double y);
gboolean bag_viewport_pan_to (BagViewport *self, double focus_column, double focus_row);
double bag_viewport_get_scale_bar (const BagViewport *self, double column_spacing, double longest, double *mm);

G_END_DECLS
