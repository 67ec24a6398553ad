/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the cells of the slot map are, and which slots each stands for. Slots and cells
 * count from 0, lengths are pixels of the widget. */
typedef struct
{
  guint n_slots;
  guint slots_per_cell;
  guint n_cells;
  guint n_columns;
  guint n_rows;
  int pitch; /* from cell to cell, both ways */
  int gap;   /* between two cells; part of the pitch */
} BagPoolMapLayout;

/* Where a key leads from a cell. */
typedef enum
{
  BAG_POOL_MAP_MOVE_PREVIOUS, /* by one; on to the neighbouring row at its end */
  BAG_POOL_MAP_MOVE_NEXT,
  BAG_POOL_MAP_MOVE_UP, /* by a row */
  BAG_POOL_MAP_MOVE_DOWN,
  BAG_POOL_MAP_MOVE_ROW_START,
  BAG_POOL_MAP_MOVE_ROW_END,
  BAG_POOL_MAP_MOVE_PAGE_UP, /* by a quarter of the rows */
  BAG_POOL_MAP_MOVE_PAGE_DOWN,
  BAG_POOL_MAP_MOVE_FIRST,
  BAG_POOL_MAP_MOVE_LAST,
} BagPoolMapMove;

#define BAG_N_POOL_MAP_MOVES (BAG_POOL_MAP_MOVE_LAST + 1)

void bag_pool_map_layout_init (BagPoolMapLayout *self, guint n_slots, int width);
int bag_pool_map_layout_get_cell_size (const BagPoolMapLayout *self);
int bag_pool_map_layout_get_height (const BagPoolMapLayout *self);
int bag_pool_map_layout_get_x (const BagPoolMapLayout *self, guint cell);
int bag_pool_map_layout_get_y (const BagPoolMapLayout *self, guint cell);
guint bag_pool_map_layout_get_cell_at (const BagPoolMapLayout *self, double x, double y);
guint bag_pool_map_layout_get_first_slot (const BagPoolMapLayout *self, guint cell);
guint bag_pool_map_layout_get_length (const BagPoolMapLayout *self, guint cell);
guint bag_pool_map_layout_move (const BagPoolMapLayout *self, guint cell, BagPoolMapMove move);

G_END_DECLS
