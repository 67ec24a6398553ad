/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/bag-slice-ruler.h"

G_BEGIN_DECLS

/* What the ruler and its drawing share. */

struct _BagSliceRuler
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;
  PangoLayout *text;
  GskRenderNode *scale; /* numbers and mark; NULL when they have to be drawn anew */
  guint8 *states;       /* BagSliceState of each slice */
  guint8 *seen;         /* whether each slice was seen */

  guint n_slices;
  guint index;
  guint changed_first, changed_last; /* since the last frame */
  guint n_reads;                     /* frames that had to read states */
  double scroll_rest;
  double drag_y;
};

/* bag-slice-ruler.c */
void bag_slice_ruler_update_accessible (BagSliceRuler *self);

/* bag-slice-ruler-states.c */
void bag_slice_ruler_reset_states (BagSliceRuler *self);
void bag_slice_ruler_mark_changed (BagSliceRuler *self, guint first, guint last);
void bag_slice_ruler_read_changed (BagSliceRuler *self);

/* bag-slice-ruler-draw.c */
#define BAG_SLICE_RULER_WIDTH 60

guint bag_slice_ruler_get_index_at (BagSliceRuler *self, double y);
void bag_slice_ruler_get_area (BagSliceRuler *self, guint index, GdkRectangle *area);
void bag_slice_ruler_scale_changed (BagSliceRuler *self);
void bag_slice_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
