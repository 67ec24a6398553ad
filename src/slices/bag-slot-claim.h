/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-slice.h"

G_BEGIN_DECLS

/**
 * BagSlotClaim:
 *
 * What one scan asks of the pool, and what the pool last said. After a refusal
 * nothing is asked for again until the pool has room for it, so that waiting for
 * a slot costs no refusal a turn. Main thread only.
 */
typedef struct
{
  BagPool *pool; /* Owned */
  gsize slice_bytes;
  guint bag;     /* number of the bag, for the tags */
  guint n_slots; /* as the pool was divided when bag_slot_claim_get_capacity() was called */
  gboolean is_refused;
  BagPoolClass refused_class; /* while is_refused */
} BagSlotClaim;

typedef enum
{
  BAG_SLOT_CLAIM_SAME,
  BAG_SLOT_CLAIM_MAY_TRY, /* what was refused may be asked for again */
  BAG_SLOT_CLAIM_DIVIDED, /* the pool has another number of slots */
} BagSlotClaimChange;

void bag_slot_claim_init (BagSlotClaim *self, BagPool *pool, gsize slice_bytes, guint bag);
void bag_slot_claim_clear (BagSlotClaim *self);
guint bag_slot_claim_get_capacity (BagSlotClaim *self);
gboolean bag_slot_claim_has_room (const BagSlotClaim *self, BagPoolClass class);
BagSlice *bag_slot_claim_acquire (BagSlotClaim *self, BagPoolClass class, guint index);
BagSlotClaimChange bag_slot_claim_pool_changed (BagSlotClaim *self);

G_END_DECLS
