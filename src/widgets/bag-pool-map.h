/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolMap:
 *
 * The slots of the pool as cells, row by row, from slot 1 at the upper left; of many slots
 * several are one cell. It fits its width. One cell can be selected, by pointer or key, and
 * what it holds is said in words; a tooltip says the same of the cell under the pointer.
 *
 * Properties: bag-number (rw, guint): of the bag on screen, as in the slots' tags;
 * selection-text (r, string): what the selected cell holds, or how to select one, or "".
 *
 * Signals: "slice-activated" (guint index): the operator wants to see this slice, from 0, of
 * the bag on screen; never one of another bag.
 */
#define BAG_TYPE_POOL_MAP (bag_pool_map_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolMap, bag_pool_map, BAG, POOL_MAP, GtkWidget)

BagPoolMap *bag_pool_map_new (void);
void bag_pool_map_set_slots (BagPoolMap *self, const BagSlotInfo *slots, guint n_slots);
void bag_pool_map_set_bag_number (BagPoolMap *self, guint bag_number);
guint bag_pool_map_get_n_slots (BagPoolMap *self);
BagSlotState bag_pool_map_get_state (BagPoolMap *self, guint slot);
guint bag_pool_map_get_slot_at (BagPoolMap *self, double x, double y);
void bag_pool_map_select_slot (BagPoolMap *self, guint slot);
guint bag_pool_map_get_selected_slot (BagPoolMap *self);
const char *bag_pool_map_get_selection_text (BagPoolMap *self);
char *bag_pool_map_describe_slot (BagPoolMap *self, guint slot);
gboolean bag_pool_map_activate_selected (BagPoolMap *self);

G_END_DECLS
