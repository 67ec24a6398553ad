/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

#include "pool/bag-pool-asan.h"

#include <time.h>

/*
 * What happens to one slot under the pool's lock. Every change of a state goes
 * through bag_pool_set_slot_state(), so that the figures need no counting when
 * somebody asks for them.
 */

/* The coarse clock has the base of g_get_monotonic_time() at a fifth of the cost;
 * nobody needs the age of a slot closer than some milliseconds. */
static gint64
get_coarse_time (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_MONOTONIC_COARSE, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* How many slots prefetch has to leave. Tiny pools keep at least one that anybody may take. */
guint
bag_pool_get_reserve (BagPool *self)
{
  if (self->reserve_is_set)
    return MIN (self->reserve, self->stats.n_slots);

  return MIN (BAG_POOL_DEFAULT_RESERVE, MAX (self->stats.n_slots, 1) - 1);
}

void
bag_pool_update_marks (BagPool *self)
{
  BagPoolStats *stats = &self->stats;
  guint n_held;

  stats->in_use = stats->n_slots - stats->by_state[BAG_SLOT_FREE];

  /* After a division many slots may wait for a few old ones for a moment. That says nothing
   * about how much memory a bag needs, so the marks do not count them. */
  n_held = stats->in_use - stats->by_state[BAG_SLOT_QUARANTINED];
  stats->high_water = MAX (stats->high_water, n_held);
  stats->least_free = MIN (stats->least_free, stats->n_slots - n_held);
}

void
bag_pool_set_slot_state (BagPool *self, BagSlot *slot, BagSlotState state)
{
  if (slot->home == BAG_SLOT_HOME_CURRENT)
    {
      self->stats.by_state[slot->state]--;
      self->stats.by_state[state]++;
    }
  slot->state = state;
  slot->since = get_coarse_time ();
  bag_pool_touch (self);
}

void
bag_pool_push_free (BagPool *self, BagSlot *slot)
{
  bag_pool_set_slot_state (self, slot, BAG_SLOT_FREE);
  slot->tag = BAG_POOL_NO_TAG;
  slot->next = self->free;
  self->free = slot;
}

/* Makes the handle of a slot that is on no list. */
BagSlice *
bag_pool_hand_out (BagPool *self, BagSlot *slot, BagPoolClass class, gsize size)
{
  BagSlice *slice = NULL;

  g_assert (!slot->is_out && slot->n_blockers == 0);

  slot->generation++;
  slot->n_uses++;
  slot->n_hits = 0;
  slot->class = class;
  slot->tag = BAG_POOL_NO_TAG;
  slot->is_out = TRUE;
  slot->next = NULL;
  bag_pool_set_slot_state (self, slot, BAG_SLOT_FILLING);

  slice = &slot->handles[slot->generation % BAG_SLOT_N_HANDLES];
  slice->magic = BAG_SLICE_MAGIC;
  slice->generation = slot->generation;
  slice->size = size;
  slice->slot = slot;
  /* Nobody can know this handle yet, but for the stale, who see 0 or a number: no fence. */
  __atomic_store_n (&slice->ref_count, 1, __ATOMIC_RELAXED);
  g_atomic_int_inc (&self->ref_count);

  return slice;
}

/* The last reference has gone: the slot comes home, wherever that is by now. */
void
bag_pool_take_back (BagPool *self, BagSlot *slot)
{
  slot->is_out = FALSE;
  self->stats.releases++;
  bag_poison (slot->data, slot->capacity);

  if (slot->home == BAG_SLOT_HOME_LEAVING)
    {
      bag_pool_leave (self, slot);
      return;
    }
  self->stats.by_class[slot->class]--;
  bag_pool_push_free (self, slot);
  bag_pool_update_marks (self);
}
