/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolMap:
 *
 * Every slot of the pool as a cell, row by row, from slot 1 at the upper left. It
 * fits its width and says in a tooltip what the slot under the pointer holds.
 */
#define BAG_TYPE_POOL_MAP (bag_pool_map_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolMap, bag_pool_map, BAG, POOL_MAP, GtkWidget)

BagPoolMap *bag_pool_map_new (void);
void bag_pool_map_set_slots (BagPoolMap *self, const BagSlotInfo *slots, guint n_slots);
guint bag_pool_map_get_n_slots (BagPoolMap *self);
BagSlotState bag_pool_map_get_state (BagPoolMap *self, guint slot);
guint bag_pool_map_get_slot_at (BagPoolMap *self, double x, double y);
char *bag_pool_map_describe_slot (BagPoolMap *self, guint slot);

G_END_DECLS
