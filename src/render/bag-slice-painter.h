/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "pool/bag-slice.h"
#include "render/bag-tone-map.h"

G_BEGIN_DECLS

/**
 * BagSlicePainter:
 *
 * Holds one RGB24 surface with the slice at its window and paints it under a
 * transformation. The surface is drawn anew only when an input has changed.
 * Main thread, or any one thread.
 */
typedef struct _BagSlicePainter BagSlicePainter;

typedef struct
{
  guint columns, rows;
  gboolean is_signed;
  double slope, intercept;
  gboolean inverted; /* MONOCHROME1 exclusive-or the operator's wish */
  BagWindowLevel window;
} BagPaintParameters;

/* Where the slice lies: @x, @y the place of its top left corner, @scale_x and
 * @scale_y how large a voxel is, all in the user units of the cairo context. */
typedef struct
{
  double x, y, scale_x, scale_y;
} BagSliceTransform;

BagSlicePainter *bag_slice_painter_new (void);
void bag_slice_painter_free (BagSlicePainter *self);
gboolean bag_slice_painter_update (BagSlicePainter *self, BagSlice *slice, const BagPaintParameters *parameters);
void bag_slice_painter_clear (BagSlicePainter *self);
gboolean bag_slice_painter_is_empty (const BagSlicePainter *self);
void bag_slice_painter_set_device_scale (BagSlicePainter *self, double device_scale);
void bag_slice_painter_paint (BagSlicePainter *self, cairo_t *cr, const BagSliceTransform *transform);
guint64 bag_slice_painter_get_n_updates (const BagSlicePainter *self);

/* Narrowest and widest voxel that bag_slice_transform_zoom() makes. */
#define BAG_SLICE_MIN_SCALE 0.05
#define BAG_SLICE_MAX_SCALE 64.0

BagSliceTransform bag_slice_transform_fit (guint columns, guint rows, double aspect, double width, double height);
BagSliceTransform bag_slice_transform_zoom (const BagSliceTransform *self, double factor, double x, double y);
gboolean bag_slice_transform_to_voxel (const BagSliceTransform *self,
                                       guint columns,
                                       guint rows,
                                       double x,
                                       double y,
                                       guint *column,
                                       guint *row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagSlicePainter, bag_slice_painter_free)

G_END_DECLS
