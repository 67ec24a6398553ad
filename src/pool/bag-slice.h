/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/**
 * BagSlice:
 *
 * A handle on one filled, or being filled, buffer. Reference counted; the last
 * unref returns the slot to its pool (or frees heap memory). Made by
 * bag_pool_acquire() in state "filling"; whoever fills it calls
 * bag_slice_set_ready() once, and only then may others read the data.
 */

typedef enum
{
  BAG_MEMORY_POLICY_SLOT, /* borrows a slot of the pool */
  BAG_MEMORY_POLICY_HEAP, /* owns heap memory */
} BagMemoryPolicy;

#define BAG_TYPE_SLICE (bag_slice_get_type ())
GType bag_slice_get_type (void) G_GNUC_CONST;

BagSlice *bag_slice_ref (BagSlice *self);
void bag_slice_unref (BagSlice *self);

gpointer bag_slice_get_data (BagSlice *self);
gsize bag_slice_get_size (BagSlice *self);
guint bag_slice_get_slot (BagSlice *self);
guint64 bag_slice_get_tag (BagSlice *self);
void bag_slice_set_tag (BagSlice *self, guint64 tag);
BagMemoryPolicy bag_slice_get_memory_policy (BagSlice *self);
BagSlotState bag_slice_get_state (BagSlice *self);

gboolean bag_slice_set_ready (BagSlice *self);
gboolean bag_slice_set_shown (BagSlice *self, gboolean shown);
gboolean bag_slice_quarantine (BagSlice *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagSlice, bag_slice_unref)

G_END_DECLS
