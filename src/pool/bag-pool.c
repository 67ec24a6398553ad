/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool.h"

#include "pool/bag-pool-asan.h"
#include "pool/bag-pool-private.h"

#include <stdlib.h>

/*
 * The pool: who gets a slot, and who does not. Nothing here waits. A request that
 * cannot be served gets an error that says why, and whoever has nothing better
 * to do asks again after the next change.
 *
 * Rejected: a lock-free list (slower, once there are figures to keep), and memory
 * from malloc when slots run out (then nobody notices that the pool is too small).
 */

G_DEFINE_BOXED_TYPE (BagPool, bag_pool, bag_pool_ref, bag_pool_unref)

GQuark
bag_pool_error_quark (void)
{
  return g_quark_from_static_string ("bag-pool-error-quark");
}

static void
free_chunks (BagPool *self)
{
  while (self->chunks != NULL)
    {
      BagSlotChunk *chunk = self->chunks;

      self->chunks = chunk->next;
      g_free (chunk);
    }
}

static void
bag_pool_free (BagPool *self)
{
  g_assert (self->stats.heap_in_use == 0);

  bag_pool_memory_clear (&self->memory);
  g_free (self->slots);
  free_chunks (self);
  pthread_rwlock_destroy (&self->change_lock);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

/**
 * bag_pool_new_with_reservation:
 * @max_bytes: addresses to reserve; at least what the first slots need
 * @slot_size: usable bytes of a slot
 * @n_slots: how many
 *
 * Like bag_pool_new(), with room to grow by bag_pool_divide(). Reserved addresses
 * use no memory.
 *
 * Returns: (transfer full): a pool, or NULL with BAG_POOL_ERROR_INVALID or
 *   BAG_POOL_ERROR_NO_MEMORY
 */
BagPool *
bag_pool_new_with_reservation (guint64 max_bytes, gsize slot_size, guint n_slots, GError **error)
{
  g_autoptr (BagPool) self = g_new0 (BagPool, 1);

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  self->ref_count = 1;
  pthread_mutex_init (&self->lock, NULL);
  pthread_rwlock_init (&self->change_lock, NULL);
  if (!bag_pool_memory_init (&self->memory, max_bytes, error) || !bag_pool_divide_locked (self, slot_size, n_slots, error))
    return NULL;

  self->stats.bytes_reserved = self->memory.size;
  self->stats.huge_pages = self->memory.huge_pages;
  self->least_available = bag_pool_memory_get_total () / 4;

  return g_steal_pointer (&self);
}

/**
 * bag_pool_new:
 * @slot_size: usable bytes of a slot
 * @n_slots: how many
 *
 * Makes a pool of @n_slots slots in one mapping. Each slot starts at a multiple of
 * 64 bytes. Sizes are checked for overflow, against the limits of the process, and
 * against the memory the machine has left, of which a quarter stays free.
 *
 * Returns: (transfer full): a pool, or NULL with BAG_POOL_ERROR_INVALID or
 *   BAG_POOL_ERROR_NO_MEMORY
 */
BagPool *
bag_pool_new (gsize slot_size, guint n_slots, GError **error)
{
  gsize stride = 0;
  gsize bytes = 0;

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!bag_pool_compute_stride (slot_size, n_slots, &stride, &bytes, error))
    return NULL;

  return bag_pool_new_with_reservation (bytes, slot_size, n_slots, error);
}

/**
 * bag_pool_ref:
 *
 * Returns: (transfer full): @self
 */
BagPool *
bag_pool_ref (BagPool *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_int_inc (&self->ref_count);

  return self;
}

/**
 * bag_pool_unref:
 * @self: (transfer full): a pool
 *
 * Slices that are out hold references as well: the memory goes when the pool and
 * all its slices have been let go of.
 */
void
bag_pool_unref (BagPool *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_int_dec_and_test (&self->ref_count))
    bag_pool_free (self);
}

/* Which refusal, if any, with the lock held; counts it. */
static gboolean
check_request (BagPool *self, BagPoolClass class, gsize size, GError **error)
{
  BagPoolStats *stats = &self->stats;
  guint n_free = stats->by_state[BAG_SLOT_FREE];
  guint reserve = bag_pool_get_reserve (self);
  guint n_kept = class == BAG_POOL_CLASS_VIEW ? 0 : (class == BAG_POOL_CLASS_LOAD ? MIN (reserve, 1) : reserve);

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
  else if (n_free <= n_kept)
    {
      stats->refused_exhausted++;
      g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_EXHAUSTED, "%u of %u slots are free, and %u of them are kept for more urgent requests", n_free, stats->n_slots, MIN (n_kept, n_free));
    }
  else
    {
      return TRUE;
    }

  return FALSE;
}

static BagSlice *
pop_free (BagPool *self, BagPoolClass class, gsize size)
{
  BagPoolStats *stats = &self->stats;
  BagSlot *slot = self->free;

  self->free = slot->next;
  stats->acquires++;
  if (slot->n_uses > 0)
    stats->reuses++;
  else
    stats->slots_new++;
  stats->by_class[class]++;

  return bag_pool_hand_out (self, slot, class, size);
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

  pthread_mutex_lock (&self->lock);
  if (check_request (self, class, size, error))
    {
      slice = pop_free (self, class, size);
      bag_pool_update_marks (self);
      bag_unpoison (slice->slot->data, size);
    }
  pthread_mutex_unlock (&self->lock);

  bag_pool_tell (self);

  return slice;
}

static BagSlot *
new_heap_slot (BagPool *self, gsize size)
{
  void *data = NULL;
  BagSlot *slot = NULL;

  if (posix_memalign (&data, 64, size) != 0)
    return NULL;

  slot = g_new0 (BagSlot, 1);
  slot->pool = self;
  slot->data = data;
  slot->capacity = size;
  slot->index = G_MAXUINT;
  slot->home = BAG_SLOT_HOME_HEAP;

  return slot;
}

static void
free_heap_slot (BagSlot *slot)
{
  free (slot->data);
  g_free (slot);
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

  pthread_mutex_lock (&self->lock);
  if (check_heap_request (self, slot, size, error))
    {
      self->stats.heap_fallbacks++;
      self->stats.heap_in_use++;
      slice = bag_pool_hand_out (self, g_steal_pointer (&slot), class, size);
    }
  pthread_mutex_unlock (&self->lock);

  g_clear_pointer (&slot, free_heap_slot);
  bag_pool_tell (self);

  return slice;
}

/* The last reference on @slice has gone. Its slot still holds one on the pool. */
void
bag_pool_release (BagPool *self, BagSlice *slice)
{
  BagSlot *slot = slice->slot;
  gboolean is_heap = slot->index == G_MAXUINT; /* unlike its home, constant while it is out */

  pthread_mutex_lock (&self->lock);
  if (is_heap)
    self->stats.heap_in_use--;
  else
    bag_pool_take_back (self, slot);
  bag_pool_touch (self);
  pthread_mutex_unlock (&self->lock);

  if (is_heap)
    free_heap_slot (slot);
  bag_pool_tell (self);
  bag_pool_unref (self);
}

/**
 * bag_pool_divide:
 * @slot_size: usable bytes of a slot
 * @n_slots: how many
 *
 * Cuts the reserved memory anew, for a bag with other slices or a larger or
 * smaller budget. The same size and number costs no system call. Slices that are out
 * stay valid until their last unref; new slots that overlap one of them are
 * quarantined until then. On error the pool is what it was.
 *
 * Returns: TRUE, or FALSE with BAG_POOL_ERROR_INVALID, BAG_POOL_ERROR_NO_MEMORY (also when it
 *   exceeds the reservation) or BAG_POOL_ERROR_CLOSED
 */
gboolean
bag_pool_divide (BagPool *self, gsize slot_size, guint n_slots, GError **error)
{
  gboolean is_same = FALSE;
  gboolean is_divided = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  pthread_mutex_lock (&self->lock);
  is_same = slot_size == self->stats.slot_size && n_slots == self->stats.n_slots;
  if (self->stats.is_closed)
    g_set_error_literal (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED, "The pool is closed");
  else
    is_divided = is_same || bag_pool_divide_locked (self, slot_size, n_slots, error);
  if (is_divided && !is_same)
    {
      self->stats.divisions++;
      bag_pool_forget_prefault (self);
      bag_pool_touch (self);
    }
  pthread_mutex_unlock (&self->lock);

  if (is_divided && !is_same)
    bag_pool_tell (self);

  return is_divided;
}

/**
 * bag_pool_set_reserve:
 * @reserve: how many free slots prefetch has to leave. Of these, BAG_POOL_CLASS_LOAD
 *   leaves the last one for BAG_POOL_CLASS_VIEW.
 *
 * Without a call: 2, fewer in a pool of one or two slots. 0 makes all classes equal.
 */
void
bag_pool_set_reserve (BagPool *self, guint reserve)
{
  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->lock);
  self->reserve = reserve;
  self->reserve_is_set = TRUE;
  bag_pool_touch (self);
  pthread_mutex_unlock (&self->lock);

  bag_pool_tell (self);
}

/**
 * bag_pool_close:
 *
 * Ends the handing out. What is out stays valid and comes home as usual; how much
 * that is goes to the log (G_MESSAGES_DEBUG=bag-pool) and stays in the figures.
 */
void
bag_pool_close (BagPool *self)
{
  guint n_out = 0;

  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->lock);
  self->stats.is_closed = TRUE;
  bag_pool_touch (self);
  for (guint i = 0; i < self->stats.n_slots; i++)
    {
      BagSlot *slot = self->slots[i];

      n_out += slot->is_out ? 1 : 0;
      if (slot->is_out)
        g_debug ("slot %u is still out: %s, tag %" G_GUINT64_FORMAT ", since %.3f s",
                 i,
                 bag_slot_state_get_name (slot->state),
                 slot->tag,
                 (double) (g_get_monotonic_time () - slot->since) / G_USEC_PER_SEC);
    }
  n_out += self->stats.n_leaving + self->stats.heap_in_use;
  pthread_mutex_unlock (&self->lock);

  if (n_out > 0)
    g_info ("The pool is closed with %u slices still out", n_out);
  bag_pool_tell (self);
}
