/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

#include "pool/bag-pool-asan.h"

#include <time.h>

/*
 * Who gets a slot, who does not, and what happens to it under the pool's lock. Nothing here
 * waits for a slot. A request that cannot be served gets an error that says why, and whoever
 * has nothing better to do asks again after the next change.
 *
 * Taking a slot and giving it back cost two locked operations and as few stores as will do,
 * for each store has to be done before the next locked operation. So what can be told from
 * other figures is worked out by whoever asks for it, and these two do not look at the clock:
 * when a slot was taken or given back is noted by the first who looks at it or says more of it.
 *
 * Rejected: a lock-free list (slower, once there are figures to keep), and memory
 * from malloc when slots run out (then nobody notices that the pool is too small).
 */

/* The coarse clock has the base of g_get_monotonic_time() at a fifth of the cost;
 * nobody needs the age of a slot closer than some milliseconds. */
gint64
bag_pool_get_coarse_time (void)
{
  struct timespec now = { 0 };

  clock_gettime (CLOCK_MONOTONIC_COARSE, &now);

  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* A record that is new, and all zeros. */
void
bag_pool_init_slot (BagPool *self, BagSlot *slot)
{
  slot->pool = self;
  slot->tag = BAG_POOL_NO_TAG;
  slot->noted_generation = slot->generation - 1;
  for (guint i = 0; i < BAG_SLOT_N_HANDLES; i++)
    {
      slot->handles[i].magic = BAG_SLICE_MAGIC;
      slot->handles[i].slot = slot;
    }
}

static void
set_time (BagSlot *slot, gint64 now)
{
  slot->since = now;
  slot->noted_generation = slot->generation;
}

/* Unless it is known already when the slot came into its state. */
void
bag_pool_note_time (BagSlot *slot, gint64 now)
{
  if (slot->noted_generation != slot->generation)
    set_time (slot, now);
}

/* How many free slots each class leaves for the more urgent ones; a closed pool, all of them.
 * The default reserve: tiny pools keep at least one slot that anybody may take. */
void
bag_pool_update_reserve (BagPool *self)
{
  guint n_slots = self->stats.n_slots;
  guint reserve = self->reserve_is_set ? self->reserve : BAG_POOL_DEFAULT_RESERVE;

  reserve = MIN (reserve, self->reserve_is_set ? n_slots : MAX (n_slots, 1) - 1);
  self->stats.reserve = reserve;
  self->n_kept[BAG_POOL_CLASS_VIEW] = self->stats.is_closed ? G_MAXUINT : 0;
  self->n_kept[BAG_POOL_CLASS_LOAD] = self->stats.is_closed ? G_MAXUINT : MIN (reserve, 1);
  self->n_kept[BAG_POOL_CLASS_PREFETCH] = self->stats.is_closed ? G_MAXUINT : reserve;
}

/* After a division many slots may wait for a few old ones for a moment. That says nothing
 * about how much memory a bag needs, so the marks do not count them. */
void
bag_pool_update_marks (BagPool *self)
{
  BagPoolStats *stats = &self->stats;
  guint n_free = stats->by_state[BAG_SLOT_FREE] + stats->by_state[BAG_SLOT_QUARANTINED];

  if (stats->n_slots - n_free > stats->high_water)
    stats->high_water = stats->n_slots - n_free;
  if (n_free < stats->least_free)
    stats->least_free = n_free;
}

/* Of a slot of the present cut. */
static inline void
change_state (BagPool *self, BagSlot *slot, BagSlotState state)
{
  self->stats.by_state[slot->state]--;
  self->stats.by_state[state]++;
  slot->state = state;
}

void
bag_pool_set_slot_state (BagPool *self, BagSlot *slot, BagSlotState state)
{
  if (slot->home == BAG_SLOT_HOME_CURRENT)
    change_state (self, slot, state);
  else
    slot->state = state;
  set_time (slot, bag_pool_get_coarse_time ());
  bag_pool_touch (self);
}

static inline void
push_free (BagPool *self, BagSlot *slot)
{
  change_state (self, slot, BAG_SLOT_FREE);
  slot->tag = BAG_POOL_NO_TAG;
  slot->next = self->free;
  self->free = slot;
}

/* Not by being given back: it was quarantined, or the memory is cut anew. */
void
bag_pool_push_free (BagPool *self, BagSlot *slot)
{
  push_free (self, slot);
  set_time (slot, bag_pool_get_coarse_time ());
  bag_pool_touch (self);
}

/* Makes the handle of a slot that is on no list. */
static inline BagSlice *
hand_out (BagSlot *slot, BagPoolClass class, gsize size)
{
  BagSlice *slice = NULL;

  g_assert (!bag_slot_is_out (slot));

  slot->generation++;
  slot->n_hits = 0;
  slot->class = class;

  slice = bag_slot_get_handle (slot);
  slice->generation = slot->generation;
  slice->size = size;
  /* Nobody can know this handle yet, but for the stale, who see 0 or a number: no fence. */
  __atomic_store_n (&slice->ref_count, 1, __ATOMIC_RELAXED);

  return slice;
}

/* Of memory that is in no slot. */
BagSlice *
bag_pool_hand_out_heap (BagPool *self, BagSlot *slot, BagPoolClass class, gsize size)
{
  bag_pool_set_slot_state (self, slot, BAG_SLOT_FILLING);

  return hand_out (slot, class, size);
}

/* Which refusal; counts it. */
static void
refuse (BagPool *self, BagPoolClass class, gsize size, GError **error)
{
  BagPoolStats *stats = &self->stats;

  if (stats->is_closed)
    {
      stats->refused_closed++;
      g_set_error_literal (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED, "The pool is closed");
    }
  else if (size > stats->slot_size)
    {
      stats->refused_too_large++;
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_TOO_LARGE, "%" G_GSIZE_FORMAT " bytes do not fit into a slot of %" G_GSIZE_FORMAT, size, stats->slot_size);
    }
  else
    {
      guint n_free = stats->by_state[BAG_SLOT_FREE];

      stats->refused_exhausted++;
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_EXHAUSTED, "%u of %u slots are free, and %u of them are kept for more urgent requests", n_free, stats->n_slots, MIN (self->n_kept[class], n_free));
    }
}

static inline gboolean
is_refused (const BagPool *self, BagPoolClass class, gsize size)
{
  return self->stats.by_state[BAG_SLOT_FREE] <= self->n_kept[class] || size > self->stats.slot_size;
}

static inline BagSlice *
pop_free (BagPool *self, BagPoolClass class, gsize size)
{
  BagPoolStats *stats = &self->stats;
  BagSlot *slot = self->free;

  self->free = slot->next;
  bag_count_up (&stats->acquires);
  if (slot->generation == slot->first_generation)
    stats->slots_new++;
  stats->by_class[class]++;
  change_state (self, slot, BAG_SLOT_FILLING);

  return hand_out (slot, class, size);
}

/**
 * bag_pool_acquire:
 * @class: who asks
 * @size: bytes; a slot's size fits
 *
 * Takes a free slot, or says at once why not. Its memory holds whatever its last
 * user left until bag_slice_set_ready(); the caller writes all @size bytes.
 * Never blocks, never calls the system. Any thread.
 *
 * Returns: (transfer full): a slice in state "filling", or NULL with
 *   BAG_POOL_ERROR_CLOSED, BAG_POOL_ERROR_TOO_LARGE or BAG_POOL_ERROR_EXHAUSTED
 */
BagSlice *
bag_pool_acquire (BagPool *self, BagPoolClass class, gsize size, GError **error)
{
  BagSlice *slice = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) class < BAG_POOL_N_CLASSES, NULL);
  g_return_val_if_fail (size > 0, NULL);

  bag_pool_lock (self);
  if (G_LIKELY (!is_refused (self, class, size)))
    {
      slice = pop_free (self, class, size);
      bag_pool_update_marks (self);
      bag_unpoison (slice->slot->data, size);
    }
  else
    {
      refuse (self, class, size, error);
    }
  bag_pool_unlock (self);

  bag_pool_tell (self);

  return slice;
}

/* To a place in the present cut. */
static inline void
come_home (BagPool *self, BagSlot *slot)
{
  slot->generation++;
  bag_count_up (&self->stats.releases);
  self->stats.by_class[slot->class]--;
  bag_poison (slot->data, slot->capacity);
  push_free (self, slot);
}

/* Home is where the slot belongs by now. */
static void
take_back (BagPool *self, BagSlot *slot)
{
  switch (slot->home)
    {
    case BAG_SLOT_HOME_CURRENT:
      come_home (self, slot);
      break;
    case BAG_SLOT_HOME_LEAVING:
      slot->generation++;
      bag_count_up (&self->stats.releases);
      bag_poison (slot->data, slot->capacity);
      bag_pool_leave (self, slot);
      break;
    case BAG_SLOT_HOME_HEAP:
      bag_pool_take_back_heap (self, slot);
      break;
    case BAG_SLOT_HOME_SPARE:
    default:
      g_assert_not_reached ();
    }
}

/* Whether the last reference was let go of just now, and not by somebody else at the same moment. */
static inline gboolean
is_out (const BagSlice *slice)
{
  return slice->generation == slice->slot->generation;
}

/* With the lock, which it lets go of. Nothing keeps the pool once the slot is home but, where
 * somebody is to be told, a reference of our own. */
static gboolean
release_with_care (BagPool *self, BagSlice *slice)
{
  BagSlot *slot = slice->slot;
  gboolean is_heap = slot->index == G_MAXUINT; /* unlike its home, constant while it is out */
  gboolean is_released = is_out (slice);

  if (is_released)
    take_back (self, slot);
  self->n_refs++;
  bag_pool_unlock (self);

  if (is_released && is_heap)
    bag_pool_free_heap (slot);
  if (is_released)
    bag_pool_tell (self);
  bag_pool_unref (self);

  return is_released;
}

/* The last reference on @slice has gone: its slot comes home, and the pool may go with it.
 * Returns: FALSE when it had come home already */
gboolean
bag_pool_release (BagPool *self, BagSlice *slice)
{
  BagSlot *slot = slice->slot;

  bag_pool_lock (self);
  if (G_UNLIKELY (!is_out (slice) || slot->home != BAG_SLOT_HOME_CURRENT || self->releases_need_care))
    return release_with_care (self, slice);

  come_home (self, slot);
  bag_pool_unlock (self);

  return TRUE;
}
