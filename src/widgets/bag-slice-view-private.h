/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-viewport.h"
#include "widgets/bag-alarm-overlay.h"
#include "widgets/bag-slice-view.h"

G_BEGIN_DECLS

/* What the files of the view share: the widget itself, its zoom, its input, and what of it
 * was seen. */

#define BAG_SLICE_VIEW_ZOOM_STEP 1.25

struct _BagSliceView
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;
  GSignalGroup *frames; /* of the frame clock, while a frame with a new slice is painted */
  BagSlicePainter *painter;
  BagAlarmOverlay *alarms;
  PangoLayout *scale_text;
  BagScan *scan; /* that the viewport was set up for */
  GtkWidget *notes;

  BagViewport viewport;
  BagSliceViewMode mode;
  gboolean is_failed;  /* the wanted slice cannot be shown */
  double scale_length; /* of the bar; 0: none */
  gboolean has_pointer;
  double pointer_x, pointer_y;
  guint painted_index; /* the slice in that frame */
};

void bag_slice_view_viewport_changed (BagSliceView *self, double old_zoom);
void bag_slice_view_tell_pointer (BagSliceView *self);
void bag_slice_view_zoom_at (BagSliceView *self, double factor, double x, double y);
void bag_slice_view_pan_to (BagSliceView *self, double focus_column, double focus_row);
void bag_slice_view_set_pointer (BagSliceView *self, gboolean inside, double x, double y);

void bag_slice_view_add_input (BagSliceView *self);

void bag_slice_view_watch_frames (BagSliceView *self);
void bag_slice_view_note_painted (BagSliceView *self);

G_END_DECLS
