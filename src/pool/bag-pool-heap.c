/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

#include <stdlib.h>
#include <string.h>

/*
 * Slices outside of the slots, for callers that cannot do without. The pool keeps a list
 * of them, so that they are counted, found by their address, and named when they do not
 * come home. Bags are private: such memory is cleared before it goes back to the heap.
 */

static BagSlot *
new_heap_slot (BagPool *self, gsize size)
{
  void *data = NULL;
  BagSlot *slot = NULL;

  if (posix_memalign (&data, 64, size) != 0)
    return NULL;

  slot = g_new0 (BagSlot, 1);
  bag_pool_init_slot (self, slot);
  slot->data = data;
  slot->capacity = size;
  slot->index = G_MAXUINT;
  slot->home = BAG_SLOT_HOME_HEAP;

  return slot;
}

/* Without the lock: whoever calls is the last to know of @slot. */
void
bag_pool_free_heap (BagSlot *slot)
{
  explicit_bzero (slot->data, slot->capacity);
  free (slot->data);
  g_free (slot);
}

static void
add_heap (BagPool *self, BagSlot *slot, gsize size)
{
  slot->previous = NULL;
  slot->next = self->heap;
  if (slot->next != NULL)
    slot->next->previous = slot;
  self->heap = slot;
  self->stats.heap_fallbacks++;
  self->stats.heap_in_use++;
  self->stats.heap_bytes += size;
}

/* With the lock held. */
void
bag_pool_take_back_heap (BagPool *self, BagSlot *slot)
{
  if (slot->previous != NULL)
    slot->previous->next = slot->next;
  else
    self->heap = slot->next;
  if (slot->next != NULL)
    slot->next->previous = slot->previous;
  self->stats.heap_in_use--;
  self->stats.heap_bytes -= slot->capacity;
  slot->generation++;
  bag_pool_touch (self);
}

/* With the lock. @slot: NULL when there was no memory for it. */
static gboolean
check_heap_request (BagPool *self, const BagSlot *slot, gsize size, GError **error)
{
  if (self->stats.is_closed)
    {
      self->stats.refused_closed++;
      g_set_error_literal (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED, "The pool is closed");
      return FALSE;
    }
  if (slot == NULL)
    {
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY, "The heap does not give %" G_GSIZE_FORMAT " bytes", size);
      return FALSE;
    }

  return TRUE;
}

/**
 * bag_pool_acquire_heap:
 * @class: who asks
 * @size: bytes, of any size
 *
 * Takes plain heap memory, for a caller that cannot do without. Counted, and shown
 * in the figures: a pool that needs this is too small.
 *
 * Returns: (transfer full): a slice in state "filling" that stands in no slot, or NULL
 *   with BAG_POOL_ERROR_CLOSED or BAG_POOL_ERROR_NO_MEMORY
 */
BagSlice *
bag_pool_acquire_heap (BagPool *self, BagPoolClass class, gsize size, GError **error)
{
  BagSlot *slot = NULL;
  BagSlice *slice = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail ((guint) class < BAG_POOL_N_CLASSES, NULL);
  g_return_val_if_fail (size > 0, NULL);

  slot = new_heap_slot (self, size);

  bag_pool_lock (self);
  if (check_heap_request (self, slot, size, error))
    {
      slice = bag_pool_hand_out_heap (self, slot, class, size);
      add_heap (self, g_steal_pointer (&slot), size);
    }
  bag_pool_unlock (self);

  g_clear_pointer (&slot, bag_pool_free_heap);
  bag_pool_tell (self);

  return slice;
}
