/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slice"

#include "config.h"

#include "pool/bag-slice.h"

#include "pool/bag-pool-asan.h"
#include "pool/bag-pool-private.h"

#include <string.h>

/*
 * The handle on a slot. The count of references is atomic; the state and the tag
 * belong to the pool's lock; data and size never change while the handle is out.
 */

G_DEFINE_BOXED_TYPE (BagSlice, bag_slice, bag_slice_ref, bag_slice_unref)

#define BAG_IS_SLICE(slice) ((slice) != NULL && (slice)->magic == BAG_SLICE_MAGIC)

static gboolean
is_out (BagSlice *self)
{
  return g_atomic_int_get (&self->ref_count) > 0;
}

/* Adds @change to the count unless that is 0 already. Returns the former count. */
static int
change_ref_count (BagSlice *self, int change)
{
  int count = g_atomic_int_get (&self->ref_count);

  while (count > 0 && !g_atomic_int_compare_and_exchange (&self->ref_count, count, count + change))
    count = g_atomic_int_get (&self->ref_count);

  return count;
}

/* The only one who has a reference needs no locked operation to drop it: nobody else can
 * take one or let go of one. Two who wrongly share it may both come here; the pool lets the
 * first of them through. */
static gboolean
drop_last (BagSlice *self)
{
  if (__atomic_load_n (&self->ref_count, __ATOMIC_ACQUIRE) != 1)
    return FALSE;

  __atomic_store_n (&self->ref_count, 0, __ATOMIC_RELAXED);

  return TRUE;
}

/* A handle that was let go of: the slot tells whether it has moved on since. */
static void
report_dead (BagSlice *self, BagPoolMistake mistake)
{
  bag_pool_report_mistake (self->slot->pool, mistake, self);
}

/**
 * bag_slice_ref:
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BagSlice *
bag_slice_ref (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), NULL);

  if (change_ref_count (self, 1) <= 0)
    report_dead (self, BAG_POOL_MISTAKE_STALE);

  return self;
}

/**
 * bag_slice_unref:
 * @self: (transfer full): a slice
 *
 * The last one sends the slot home, or frees heap memory. One too many on a slot is
 * noticed, counted ("doubled", or "stale" when somebody else has the slot by now) and
 * does nothing else. That works as long as the pool lives and until the slot has been
 * handed out four more times; a heap slice has no such memory. Any thread.
 */
void
bag_slice_unref (BagSlice *self)
{
  int count = 0;

  g_return_if_fail (BAG_IS_SLICE (self));

  count = drop_last (self) ? 1 : change_ref_count (self, -1);
  if (count <= 0 || (count == 1 && !bag_pool_release (self->slot->pool, self)))
    report_dead (self, BAG_POOL_MISTAKE_DOUBLED);
}

/**
 * bag_slice_get_data:
 *
 * Any thread. Written by whoever acquired the slice until it is ready, read by anybody
 * from then on.
 *
 * Returns: (transfer none): bag_slice_get_size() bytes, aligned to 64; NULL for a slice
 *   that has been let go of
 */
gpointer
bag_slice_get_data (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), NULL);

  if (is_out (self))
    return self->slot->data;

  report_dead (self, BAG_POOL_MISTAKE_STALE);
  return NULL;
}

/**
 * bag_slice_get_size:
 *
 * Returns: the bytes that were asked for
 */
gsize
bag_slice_get_size (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), 0);

  return self->size;
}

/**
 * bag_slice_get_slot:
 *
 * Returns: the number of its slot, from 0, as it was handed out; G_MAXUINT on the heap
 */
guint
bag_slice_get_slot (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), G_MAXUINT);

  return self->slot->index;
}

/**
 * bag_slice_get_memory_policy:
 *
 * Returns: whether the slice stands in a slot or on the heap
 */
BagMemoryPolicy
bag_slice_get_memory_policy (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), BAG_MEMORY_POLICY_HEAP);

  return self->slot->index == G_MAXUINT ? BAG_MEMORY_POLICY_HEAP : BAG_MEMORY_POLICY_SLOT;
}

/**
 * bag_slice_get_tag:
 *
 * Returns: what bag_slice_set_tag() set, or BAG_POOL_NO_TAG
 */
guint64
bag_slice_get_tag (BagSlice *self)
{
  BagPool *pool = NULL;
  guint64 tag = BAG_POOL_NO_TAG;

  g_return_val_if_fail (BAG_IS_SLICE (self), BAG_POOL_NO_TAG);

  pool = self->slot->pool;
  bag_pool_lock (pool);
  if (is_out (self))
    tag = self->slot->tag;
  bag_pool_unlock (pool);

  return tag;
}

/**
 * bag_slice_set_tag:
 * @tag: anything; it means nothing to the pool
 *
 * Shown with the slot in bag_pool_get_slots().
 */
void
bag_slice_set_tag (BagSlice *self, guint64 tag)
{
  BagPool *pool = NULL;
  gboolean is_mine = FALSE;

  g_return_if_fail (BAG_IS_SLICE (self));

  pool = self->slot->pool;
  bag_pool_lock (pool);
  is_mine = is_out (self);
  if (is_mine)
    {
      self->slot->tag = tag;
      bag_pool_note_time (self->slot, bag_pool_get_coarse_time ());
      bag_pool_touch (pool);
    }
  bag_pool_unlock (pool);

  if (is_mine)
    bag_pool_tell (pool);
  else
    report_dead (self, BAG_POOL_MISTAKE_STALE);
}

/**
 * bag_slice_get_state:
 *
 * Returns: the state of its slot; BAG_SLOT_FREE for a slice that has been let go of
 */
BagSlotState
bag_slice_get_state (BagSlice *self)
{
  BagPool *pool = NULL;
  BagSlotState state = BAG_SLOT_FREE;

  g_return_val_if_fail (BAG_IS_SLICE (self), BAG_SLOT_FREE);

  pool = self->slot->pool;
  bag_pool_lock (pool);
  if (is_out (self))
    state = self->slot->state;
  bag_pool_unlock (pool);

  return state;
}

/* One of the states in the mask @from to @to. To be there already is no mistake where
 * @to is in the mask, and no change. */
static gboolean
change_state (BagSlice *self, guint from, BagSlotState to)
{
  BagPool *pool = self->slot->pool;
  gboolean is_mine = FALSE;
  gboolean is_allowed = FALSE;
  gboolean is_change = FALSE;

  bag_pool_lock (pool);
  is_mine = is_out (self);
  is_allowed = is_mine && (from & (1u << self->slot->state)) != 0;
  is_change = is_allowed && self->slot->state != to;
  if (is_change)
    bag_pool_set_slot_state (pool, self->slot, to);
  bag_pool_unlock (pool);

  if (is_change)
    bag_pool_tell (pool);
  else if (!is_allowed)
    report_dead (self, is_mine ? BAG_POOL_MISTAKE_ILLEGAL : BAG_POOL_MISTAKE_STALE);

  return is_allowed;
}

/* The rest of the slot may show the bag that was here before. */
static void
clear_rest (BagSlice *self)
{
  BagSlot *slot = self->slot;
  gsize rest = slot->capacity - self->size;

  bag_unpoison (slot->data + self->size, rest);
  memset (slot->data + self->size, 0, rest);
  bag_poison (slot->data + self->size, rest);
}

/**
 * bag_slice_set_ready:
 *
 * Says that all of the slice has been written. Clears the rest of its slot. Once a
 * slice, by whoever acquired it.
 *
 * Returns: FALSE when the slice was not filling; that is counted and changes nothing
 */
gboolean
bag_slice_set_ready (BagSlice *self)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), FALSE);

  if (bag_slice_get_state (self) == BAG_SLOT_FILLING)
    clear_rest (self);

  return change_state (self, 1u << BAG_SLOT_FILLING, BAG_SLOT_READY);
}

/**
 * bag_slice_set_shown:
 * @shown: whether the slice is on screen
 *
 * Returns: FALSE when the slice is neither ready nor shown; that is counted and changes
 *   nothing
 */
gboolean
bag_slice_set_shown (BagSlice *self, gboolean shown)
{
  g_return_val_if_fail (BAG_IS_SLICE (self), FALSE);

  return change_state (self, 1u << BAG_SLOT_READY | 1u << BAG_SLOT_SHOWN, shown ? BAG_SLOT_SHOWN : BAG_SLOT_READY);
}

/**
 * bag_slice_quarantine:
 *
 * Gives the slice up while somebody may still be writing to it. Nobody may read it any
 * more; its slot comes home with the last reference, which the writer holds.
 *
 * Returns: FALSE when the slice has been let go of; that is counted and changes nothing
 */
gboolean
bag_slice_quarantine (BagSlice *self)
{
  guint from = 1u << BAG_SLOT_FILLING | 1u << BAG_SLOT_READY | 1u << BAG_SLOT_SHOWN | 1u << BAG_SLOT_QUARANTINED;

  g_return_val_if_fail (BAG_IS_SLICE (self), FALSE);

  return change_state (self, from, BAG_SLOT_QUARANTINED);
}
