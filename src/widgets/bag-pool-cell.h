/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a slot looks like, in the map and in its legend. */
typedef struct
{
  GdkRGBA outline;
  GdkRGBA foreground;
  GdkRGBA ready;
  GdkRGBA shown;
  GdkRGBA quarantined;
} BagPoolCellColors;

/* A square of the map: one slot, or several that follow each other. */
typedef struct
{
  int x, y;           /* upper left corner */
  BagSlotState state; /* of several the most telling */
  guint n_slots;
  guint n_in_use; /* of them, all that are not free */
} BagPoolCell;

void bag_pool_cell_colors_init (BagPoolCellColors *self, const GdkRGBA *foreground);
void bag_pool_cell_draw (cairo_t *cr, const BagPoolCellColors *colors, const BagPoolCell *cells, guint n_cells, int size);
void bag_pool_cell_draw_state (cairo_t *cr, const BagPoolCellColors *colors, BagSlotState state, int size);
const char *bag_pool_cell_get_label (BagSlotState state);
const char *bag_pool_cell_get_help (BagSlotState state);

G_END_DECLS
