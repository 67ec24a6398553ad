/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-slice-view-private.h"

#include <glib/gi18n.h>
#include <math.h>

/* The part of the slice view that knows where the slice lies: zoom, pan, scale
 * bar, and the voxel under the pointer. */

#define SCALE_LONGEST 120.0

/* Tells the session which voxel lies under the pointer. */
void
bag_slice_view_tell_pointer (BagSliceView *self)
{
  const BagViewport *viewport = &self->viewport;
  BagSliceTransform transform;
  guint column = 0, row = 0;
  gboolean inside = FALSE;

  if (self->session == NULL)
    return;

  if (self->has_pointer)
    {
      bag_viewport_get_transform (viewport, &transform);
      inside = bag_slice_transform_to_voxel (&transform,
                                             viewport->columns,
                                             viewport->rows,
                                             self->pointer_x,
                                             self->pointer_y,
                                             &column,
                                             &row);
    }

  bag_session_set_pointer (self->session, inside, column, row);
}

static void
bag_slice_view_update_scale (BagSliceView *self)
{
  g_autofree char *text = NULL;
  double spacing = 0, mm;

  if (self->scan != NULL && bag_scan_get_description (self->scan)->has_pixel_spacing)
    spacing = bag_scan_get_description (self->scan)->pixel_spacing[1];

  self->scale_length = bag_viewport_get_scale_bar (&self->viewport, spacing, SCALE_LONGEST, &mm);
  text = g_strdup_printf (_ ("%g mm"), mm);
  pango_layout_set_text (self->scale_text, text, -1);
}

/* After any change of the viewport. */
void
bag_slice_view_viewport_changed (BagSliceView *self,
                                 double old_zoom)
{
  bag_slice_view_update_scale (self);
  bag_slice_view_tell_pointer (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (self->viewport.zoom != old_zoom)
    g_object_notify (G_OBJECT (self), "zoom");
}

/**
 * bag_slice_view_get_zoom:
 *
 * Returns: width of a voxel in pixels of the widget; 0: the slice fits
 */
double
bag_slice_view_get_zoom (BagSliceView *self)
{
  g_return_val_if_fail (BAG_IS_SLICE_VIEW (self), 0);

  return self->viewport.zoom;
}

/**
 * bag_slice_view_set_zoom:
 *
 * Zooms about the middle; 0 shows the whole slice and keeps it whole when the
 * view changes its size.
 */
void
bag_slice_view_set_zoom (BagSliceView *self,
                         double zoom)
{
  double old_zoom;

  g_return_if_fail (BAG_IS_SLICE_VIEW (self));

  old_zoom = self->viewport.zoom;
  if (bag_viewport_set_zoom (&self->viewport, zoom))
    bag_slice_view_viewport_changed (self, old_zoom);
}

void
bag_slice_view_zoom_in (BagSliceView *self)
{
  g_return_if_fail (BAG_IS_SLICE_VIEW (self));

  bag_slice_view_zoom_at (self, BAG_SLICE_VIEW_ZOOM_STEP, self->viewport.width / 2, self->viewport.height / 2);
}

void
bag_slice_view_zoom_out (BagSliceView *self)
{
  g_return_if_fail (BAG_IS_SLICE_VIEW (self));

  bag_slice_view_zoom_at (self, 1 / BAG_SLICE_VIEW_ZOOM_STEP, self->viewport.width / 2, self->viewport.height / 2);
}

/**
 * bag_slice_view_fit:
 *
 * Shows the whole slice.
 */
void
bag_slice_view_fit (BagSliceView *self)
{
  bag_slice_view_set_zoom (self, 0);
}

/**
 * bag_slice_view_one_to_one:
 *
 * Makes a voxel one pixel of the widget wide.
 */
void
bag_slice_view_one_to_one (BagSliceView *self)
{
  bag_slice_view_set_zoom (self, 1);
}

/* NAN for @x: at the pointer, or in the middle when there is none. */
void
bag_slice_view_zoom_at (BagSliceView *self,
                        double factor,
                        double x,
                        double y)
{
  double old_zoom = self->viewport.zoom;

  if (isnan (x))
    {
      x = self->has_pointer ? self->pointer_x : self->viewport.width / 2;
      y = self->has_pointer ? self->pointer_y : self->viewport.height / 2;
    }

  if (bag_viewport_zoom_by (&self->viewport, factor, x, y))
    bag_slice_view_viewport_changed (self, old_zoom);
}

void
bag_slice_view_pan_to (BagSliceView *self,
                       double focus_column,
                       double focus_row)
{
  if (bag_viewport_pan_to (&self->viewport, focus_column, focus_row))
    bag_slice_view_viewport_changed (self, self->viewport.zoom);
}

void
bag_slice_view_set_pointer (BagSliceView *self,
                            gboolean inside,
                            double x,
                            double y)
{
  self->has_pointer = inside;
  self->pointer_x = x;
  self->pointer_y = y;
  bag_slice_view_tell_pointer (self);
}
