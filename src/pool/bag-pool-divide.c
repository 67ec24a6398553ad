/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

#include <string.h>

/*
 * How the mapping is cut into slots. A slot that is out when the cut changes
 * keeps its memory until it comes home: where the new cut has a slot at the very
 * same place it simply stays one; elsewhere it is "leaving", and new slots that
 * it overlaps wait in quarantine. Memory that no slot needs any more goes back
 * to the system in blocks.
 *
 * Records of slots are never freed while the pool lives, so that a stale handle
 * points to something that can still say so.
 */

#define SLOT_ALIGNMENT 64 /* a cache line, and the widest vector */

/* Slots of the current cut that [data, data + size) touches: [first, end). */
static void
find_overlap (BagPool *self, const BagSlot *slot, guint *first, guint *end)
{
  gsize offset = (gsize) (slot->data - self->memory.base);
  gsize stride = self->stats.stride;
  gsize last = (offset + slot->capacity - 1) / stride;

  *first = (guint) MIN (offset / stride, self->stats.n_slots);
  *end = (guint) MIN (last + 1, self->stats.n_slots);
}

static gboolean
block_is_needed (BagPool *self, gsize block)
{
  gsize start = block * BAG_POOL_BLOCK_SIZE;
  gsize end = start + BAG_POOL_BLOCK_SIZE;

  if (start < self->stats.bytes)
    return TRUE;

  for (BagSlot *slot = self->leaving; slot != NULL; slot = slot->next)
    {
      gsize offset = (gsize) (slot->data - self->memory.base);

      if (offset < end && offset + slot->capacity > start)
        return TRUE;
    }

  return FALSE;
}

static void
give_back (BagPool *self, gsize first_block, gsize end_block)
{
  for (gsize i = first_block; i < end_block; i++)
    if (self->memory.is_open[i] && !block_is_needed (self, i))
      bag_pool_memory_close_block (&self->memory, i);
}

static void
push_spare (BagPool *self, BagSlot *slot)
{
  slot->home = BAG_SLOT_HOME_SPARE;
  slot->state = BAG_SLOT_FREE;
  slot->n_blockers = 0;
  slot->next = self->spare;
  self->spare = slot;
  self->n_spare++;
}

static BagSlot *
pop_spare (BagPool *self)
{
  BagSlot *slot = self->spare;

  g_assert (slot != NULL);
  self->spare = slot->next;
  self->n_spare--;
  slot->next = NULL;

  return slot;
}

static gboolean
ensure_spare (BagPool *self, gsize n_records)
{
  gsize n_new = n_records > self->n_spare ? n_records - self->n_spare : 0;
  BagSlotChunk *chunk = NULL;
  gsize bytes = 0;

  if (n_new == 0)
    return TRUE;

  if (g_size_checked_mul (&bytes, n_new, sizeof (BagSlot)) && g_size_checked_add (&bytes, bytes, sizeof (BagSlotChunk)))
    chunk = g_try_malloc0 (bytes);
  if (chunk == NULL)
    return FALSE;

  chunk->next = self->chunks;
  self->chunks = chunk;
  for (gsize i = 0; i < n_new; i++)
    {
      bag_pool_init_slot (self, &chunk->slots[i]);
      push_spare (self, &chunk->slots[i]);
    }

  return TRUE;
}

static void
unblock (BagPool *self, BagSlot *slot)
{
  g_assert (slot->n_blockers > 0);

  slot->n_blockers--;
  if (slot->n_blockers == 0)
    bag_pool_push_free (self, slot);
}

static void
remove_leaving (BagPool *self, BagSlot *slot)
{
  BagSlot **link = &self->leaving;

  while (*link != slot)
    link = &(*link)->next;
  *link = slot->next;
  self->stats.n_leaving--;
}

/* A slot of an earlier cut has come home. */
void
bag_pool_leave (BagPool *self, BagSlot *slot)
{
  gsize offset = (gsize) (slot->data - self->memory.base);
  guint first = 0;
  guint end = 0;

  remove_leaving (self, slot);
  find_overlap (self, slot, &first, &end);
  for (guint i = first; i < end; i++)
    unblock (self, self->slots[i]);

  give_back (self, offset / BAG_POOL_BLOCK_SIZE, (offset + slot->capacity - 1) / BAG_POOL_BLOCK_SIZE + 1);
  push_spare (self, slot);
  bag_pool_touch (self);
}

/* Takes the slots out of the old cut: those still out are leaving until they find their place again. */
static void
dissolve (BagPool *self, BagSlot **kept, guint n_kept)
{
  for (guint i = 0; i < self->stats.n_slots; i++)
    {
      BagSlot *slot = self->slots[i];

      if (i < n_kept && slot->n_blockers == 0)
        {
          kept[i] = slot;
        }
      else if (bag_slot_is_out (slot))
        {
          slot->home = BAG_SLOT_HOME_LEAVING;
          slot->next = self->leaving;
          self->leaving = slot;
        }
      else
        {
          push_spare (self, slot);
        }
    }
}

/* Slots that were leaving and lie exactly where the new cut has one. */
static void
readopt (BagPool *self, BagSlot **slots, guint n_slots, gsize stride)
{
  BagSlot **link = &self->leaving;

  while (*link != NULL)
    {
      BagSlot *slot = *link;
      gsize offset = (gsize) (slot->data - self->memory.base);

      if (slot->capacity != stride || offset % stride != 0 || offset / stride >= n_slots)
        {
          link = &slot->next;
          continue;
        }
      *link = slot->next;
      slot->next = NULL;
      slot->home = BAG_SLOT_HOME_CURRENT;
      slots[offset / stride] = slot;
    }
}

static void
settle (BagPool *self, BagSlot **slots, guint n_slots, gsize stride)
{
  for (guint i = 0; i < n_slots; i++)
    {
      if (slots[i] != NULL)
        continue;

      slots[i] = pop_spare (self);
      slots[i]->home = BAG_SLOT_HOME_CURRENT;
      slots[i]->data = self->memory.base + (gsize) i * stride;
      slots[i]->capacity = stride;
      slots[i]->index = i;
      slots[i]->first_generation = slots[i]->generation;
      slots[i]->class = BAG_POOL_CLASS_PREFETCH;
    }
}

static void
block_overlapped (BagPool *self)
{
  self->stats.n_leaving = 0;
  for (BagSlot *slot = self->leaving; slot != NULL; slot = slot->next)
    {
      guint first = 0;
      guint end = 0;

      self->stats.n_leaving++;
      find_overlap (self, slot, &first, &end);
      for (guint i = first; i < end; i++)
        self->slots[i]->n_blockers++;
    }
}

/* Slot 0 ends on top of the stack: the first scan fills the mapping from its start. */
static void
count_anew (BagPool *self)
{
  BagPoolStats *stats = &self->stats;

  memset (stats->by_state, 0, sizeof stats->by_state);
  memset (stats->by_class, 0, sizeof stats->by_class);
  self->free = NULL;

  for (guint i = stats->n_slots; i-- > 0;)
    {
      BagSlot *slot = self->slots[i];

      stats->by_state[slot->state]++;
      if (bag_slot_is_out (slot))
        stats->by_class[slot->class]++;
      else if (slot->n_blockers > 0)
        bag_pool_set_slot_state (self, slot, BAG_SLOT_QUARANTINED);
      else
        bag_pool_push_free (self, slot);
    }
  stats->least_free = stats->n_slots;
  bag_pool_update_reserve (self);
  bag_pool_update_marks (self);
}

/* Also the bytes of all slots; BAG_POOL_ERROR_INVALID when that overflows. */
gboolean
bag_pool_compute_stride (gsize slot_size, guint n_slots, gsize *stride, gsize *bytes, GError **error)
{
  if (slot_size > 0 && n_slots > 0 && g_size_checked_add (stride, slot_size, SLOT_ALIGNMENT - 1))
    {
      *stride -= *stride % SLOT_ALIGNMENT;
      if (g_size_checked_mul (bytes, *stride, n_slots))
        return TRUE;
    }
  g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID, "%u slots of %" G_GSIZE_FORMAT " bytes make no pool", n_slots, slot_size);
  return FALSE;
}

static void
divide_memory (BagPool *self, BagSlot **slots, gsize slot_size, gsize stride, guint n_slots)
{
  gboolean is_same_stride = stride == self->stats.stride;

  dissolve (self, slots, is_same_stride ? MIN (n_slots, self->stats.n_slots) : 0);
  readopt (self, slots, n_slots, stride);
  settle (self, slots, n_slots, stride);
  g_free (self->slots);
  self->slots = slots;

  self->stats.n_slots = n_slots;
  self->stats.slot_size = slot_size;
  self->stats.stride = stride;
  self->stats.bytes = (guint64) n_slots * stride;
  for (guint i = 0; i < n_slots; i++)
    slots[i]->n_blockers = 0;
  block_overlapped (self);
  count_anew (self);
}

/* How many records of the present cut the new one can use. */
static gsize
count_usable_records (BagPool *self, gsize stride, guint n_slots)
{
  gsize n_usable = 0;

  for (guint i = 0; i < self->stats.n_slots; i++)
    if (!bag_slot_is_out (self->slots[i]) || (stride == self->stats.stride && i < n_slots))
      n_usable++;

  return n_usable;
}

static gboolean
ensure_records (BagPool *self, gsize stride, guint n_slots)
{
  gsize n_usable = count_usable_records (self, stride, n_slots);

  return n_slots <= n_usable || ensure_spare (self, n_slots - n_usable);
}

/* With the lock held. On error everything stays as it was. */
gboolean
bag_pool_divide_locked (BagPool *self, gsize slot_size, guint n_slots, GError **error)
{
  g_autofree BagSlot **slots = NULL;
  gsize stride = 0;
  gsize bytes = 0;

  if (!bag_pool_compute_stride (slot_size, n_slots, &stride, &bytes, error))
    return FALSE;
  if (!bag_pool_memory_open (&self->memory, bytes, error))
    {
      give_back (self, 0, self->memory.n_blocks);
      return FALSE;
    }
  slots = g_try_new0 (BagSlot *, n_slots);
  if (slots == NULL || !ensure_records (self, stride, n_slots))
    {
      give_back (self, 0, self->memory.n_blocks);
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "There is no memory to keep the books of %u slots", n_slots);
      return FALSE;
    }

  divide_memory (self, g_steal_pointer (&slots), slot_size, stride, n_slots);
  give_back (self, 0, self->memory.n_blocks);

  return TRUE;
}
