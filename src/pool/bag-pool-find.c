/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/* From an address back to its slice, for callers that kept only the address. */

typedef struct
{
  BagSlice *slice;
  BagPoolMistake mistake; /* while there is no slice */
} BagPoolFound;

/* Whether @data lies in the memory of @slot; says which slice stands there, or why none does. */
static gboolean
look_into (BagSlot *slot, const guint8 *data, BagPoolFound *found)
{
  if (data < slot->data || (gsize) (data - slot->data) >= slot->capacity)
    return FALSE;

  if (data != slot->data)
    found->mistake = BAG_POOL_MISTAKE_INTERIOR;
  else if (bag_slot_is_out (slot))
    found->slice = bag_slot_get_handle (slot);
  else
    found->mistake = BAG_POOL_MISTAKE_STALE;

  return TRUE;
}

static gboolean
look_into_list (BagSlot *first, const guint8 *data, BagPoolFound *found)
{
  for (BagSlot *slot = first; slot != NULL; slot = slot->next)
    if (look_into (slot, data, found))
      return TRUE;

  return FALSE;
}

/* With the lock held. Old slots first: new ones that they overlap hold nothing yet. */
static void
look_everywhere (BagPool *self, const guint8 *data, BagPoolFound *found)
{
  gsize offset = (gsize) data - (gsize) self->memory.base;

  if (look_into_list (self->leaving, data, found) || look_into_list (self->heap, data, found))
    return;
  if ((gsize) data >= (gsize) self->memory.base && offset < self->stats.bytes)
    look_into (self->slots[offset / self->stats.stride], data, found);
}

/**
 * bag_pool_find_slice:
 * @data: an address
 *
 * Which slice stands at @data, in a slot or on the heap. The start of a slot that nobody
 * has is counted as stale, another address inside of a slot as interior, any other as
 * foreign. Any thread.
 *
 * Returns: (transfer none) (nullable): the handle, valid while the caller knows that
 *   somebody holds it
 */
BagSlice *
bag_pool_find_slice (BagPool *self, gconstpointer data)
{
  BagPoolFound found = { .mistake = BAG_POOL_MISTAKE_FOREIGN };

  g_return_val_if_fail (self != NULL, NULL);

  bag_pool_lock (self);
  look_everywhere (self, data, &found);
  bag_pool_unlock (self);

  if (found.slice == NULL)
    bag_pool_report_mistake (self, found.mistake, NULL);

  return found.slice;
}
