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
  guint8 *states; /* BagSliceState of each slice */

  guint n_slices;
  guint index;
  double scroll_rest;
  double drag_y;
};

guint bag_slice_ruler_get_index_at (BagSliceRuler *self, double y);
void bag_slice_ruler_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

G_END_DECLS
