/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-session.h"

G_BEGIN_DECLS

/* What the primary button drags. */
typedef enum
{
  BAG_SLICE_VIEW_MODE_SCROLL, /* the picture */
  BAG_SLICE_VIEW_MODE_WINDOW, /* the window: width to the right, centre downwards */
} BagSliceViewMode;

#define BAG_TYPE_SLICE_VIEW_MODE (bag_slice_view_mode_get_type ())
GType bag_slice_view_mode_get_type (void);

/**
 * BagSliceView:
 *
 * Shows the slice of a session at its window.
 *
 * Properties:
 *   session  rw BagSession        or NULL
 *   zoom     rw gdouble           width of a voxel in pixels of the widget; 0: the slice fits
 *   mode     rw BagSliceViewMode
 */
#define BAG_TYPE_SLICE_VIEW (bag_slice_view_get_type ())
G_DECLARE_FINAL_TYPE (BagSliceView, bag_slice_view, BAG, SLICE_VIEW, GtkWidget)

GtkWidget *bag_slice_view_new (void);
BagSession *bag_slice_view_get_session (BagSliceView *self);
void bag_slice_view_set_session (BagSliceView *self, BagSession *session);
double bag_slice_view_get_zoom (BagSliceView *self);
void bag_slice_view_set_zoom (BagSliceView *self, double zoom);
BagSliceViewMode bag_slice_view_get_mode (BagSliceView *self);
void bag_slice_view_set_mode (BagSliceView *self, BagSliceViewMode mode);

void bag_slice_view_zoom_in (BagSliceView *self);
void bag_slice_view_zoom_out (BagSliceView *self);
void bag_slice_view_fit (BagSliceView *self);
void bag_slice_view_one_to_one (BagSliceView *self);

G_END_DECLS
