/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-slot-claim.h"

#include "slices/bag-slice-tag.h"

/**
 * bag_slot_claim_init:
 * @pool: (transfer none): where the slots are
 * @slice_bytes: bytes of one slice
 * @bag: number of the bag; goes into the tags of its slots
 */
void
bag_slot_claim_init (BagSlotClaim *self, BagPool *pool, gsize slice_bytes, guint bag)
{
  g_return_if_fail (self != NULL && pool != NULL);

  *self = (BagSlotClaim){ .pool = bag_pool_ref (pool), .slice_bytes = slice_bytes, .bag = bag };
}

/**
 * bag_slot_claim_clear:
 *
 * Lets go of the pool.
 */
void
bag_slot_claim_clear (BagSlotClaim *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->pool, bag_pool_unref);
}

/**
 * bag_slot_claim_get_capacity:
 *
 * Forgets a refusal.
 *
 * Returns: how many slices may be held, for prefetch has to leave the reserve free; at least 1
 */
guint
bag_slot_claim_get_capacity (BagSlotClaim *self)
{
  BagPoolStats stats;

  bag_pool_get_stats (self->pool, &stats);
  self->n_slots = stats.n_slots;
  self->is_refused = FALSE;

  return stats.n_slots > stats.reserve ? stats.n_slots - stats.reserve : 1;
}

static gboolean
is_room (const BagPoolStats *stats, BagPoolClass class)
{
  guint n_kept = 0;

  if (class == BAG_POOL_CLASS_LOAD)
    n_kept = MIN (stats->reserve, 1);
  else if (class == BAG_POOL_CLASS_PREFETCH)
    n_kept = stats->reserve;

  return stats->by_state[BAG_SLOT_FREE] > n_kept;
}

/**
 * bag_slot_claim_has_room:
 * @class: who asks
 *
 * Returns: whether bag_slot_claim_acquire() would get a slot, unless another thread is quicker
 */
gboolean
bag_slot_claim_has_room (const BagSlotClaim *self, BagPoolClass class)
{
  BagPoolStats stats;

  bag_pool_get_stats (self->pool, &stats);

  return is_room (&stats, class);
}

/* The operator does not wait for a slot that somebody else may never give back: the slice
 * asked for goes to the heap then, which the figures tell. What is got in advance can wait. */
static BagSlice *
acquire (BagSlotClaim *self, BagPoolClass class, GError **error)
{
  BagSlice *slice = bag_pool_acquire (self->pool, class, self->slice_bytes, error);

  if (slice != NULL || class != BAG_POOL_CLASS_VIEW)
    return slice;

  g_debug ("to the heap: %s", (*error)->message);
  g_clear_error (error);

  return bag_pool_acquire_heap (self->pool, class, self->slice_bytes, error);
}

/**
 * bag_slot_claim_acquire:
 * @class: who asks
 * @index: of the slice that goes there, from 0; becomes a part of the tag of the slot
 *
 * For BAG_POOL_CLASS_VIEW also memory from the heap, when there is no slot.
 *
 * Returns: (transfer full) (nullable): a slice to fill; NULL when the pool has none to give
 */
BagSlice *
bag_slot_claim_acquire (BagSlotClaim *self, BagPoolClass class, guint index)
{
  g_autoptr (GError) error = NULL;
  BagSlice *slice = acquire (self, class, &error);

  if (slice != NULL)
    {
      bag_slice_set_tag (slice, bag_slice_tag_new (self->bag, index));
      return slice;
    }

  g_debug ("no slot for slice %u: %s", index + 1, error->message);
  self->is_refused = TRUE;
  self->refused_class = class;

  return NULL;
}

/**
 * bag_slot_claim_pool_changed:
 *
 * Looks at the pool again. What counts is the room that there is now, not what has
 * become of it since the refusal: a slot may have come home in another thread
 * before anybody could look how many were free when it was refused.
 *
 * Returns: what that changes for the scan
 */
BagSlotClaimChange
bag_slot_claim_pool_changed (BagSlotClaim *self)
{
  BagPoolStats stats;

  bag_pool_get_stats (self->pool, &stats);
  if (stats.n_slots != self->n_slots)
    return BAG_SLOT_CLAIM_DIVIDED;

  if (self->is_refused && !stats.is_closed && stats.slot_size >= self->slice_bytes && is_room (&stats, self->refused_class))
    {
      self->is_refused = FALSE;
      return BAG_SLOT_CLAIM_MAY_TRY;
    }

  return BAG_SLOT_CLAIM_SAME;
}
