/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool.h"

#include "pool/bag-pool-private.h"

/* The pool as a whole: how it comes, changes its size, and goes. */

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

static BagPool *
allocate (void)
{
  BagPool *self = g_new0 (BagPool, 1);

  bag_pool_lock_prepare ();
  self->n_refs = 1;
  pthread_rwlock_init (&self->change_lock, NULL);

  return self;
}

/* Without the lock: whoever calls is the last to know of @self. */
void
bag_pool_free (BagPool *self)
{
  g_assert (self->heap == NULL && self->stats.acquires == self->stats.releases);

  bag_pool_memory_clear (&self->memory);
  g_free (self->slots);
  free_chunks (self);
  pthread_rwlock_destroy (&self->change_lock);
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
  g_autoptr (BagPool) self = allocate ();

  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

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
 * bag_pool_new_without_slots:
 *
 * For a loader that is to do without a pool: each request finds it exhausted, and what
 * stands on the heap instead is counted like everywhere. It cannot be divided.
 *
 * Returns: (transfer full): a pool that reserves no memory
 */
BagPool *
bag_pool_new_without_slots (void)
{
  return allocate ();
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

  bag_pool_lock (self);
  self->n_refs++;
  bag_pool_unlock (self);

  return self;
}

/**
 * bag_pool_unref:
 * @self: (transfer full): a pool
 *
 * Slices that are out keep the pool as well: the memory goes when the pool and
 * all its slices have been let go of.
 */
void
bag_pool_unref (BagPool *self)
{
  gboolean is_last = FALSE;

  g_return_if_fail (self != NULL);

  bag_pool_lock (self);
  g_assert (self->n_refs > 0);
  self->n_refs--;
  bag_pool_update_care (self);
  is_last = !bag_pool_is_used (self);
  bag_pool_unlock (self);

  if (is_last)
    bag_pool_free (self);
}

/* With the lock held. Returns whether the memory is cut another way now. */
static gboolean
divide (BagPool *self, gsize slot_size, guint n_slots, GError **error)
{
  if (slot_size == self->stats.slot_size && n_slots == self->stats.n_slots)
    return FALSE;
  if (!bag_pool_divide_locked (self, slot_size, n_slots, error))
    return FALSE;

  self->stats.divisions++;
  bag_pool_forget_prefault (self);
  bag_pool_touch (self);

  return TRUE;
}

/* @slot_size: 0 for the present one */
static gboolean
try_to_divide (BagPool *self, gsize slot_size, guint n_slots, GError **error)
{
  g_autoptr (GError) divide_error = NULL;
  gboolean is_divided = FALSE;

  bag_pool_lock (self);
  if (self->stats.is_closed)
    g_set_error_literal (&divide_error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED, "The pool is closed");
  else
    is_divided = divide (self, slot_size > 0 ? slot_size : self->stats.slot_size, n_slots, &divide_error);
  bag_pool_unlock (self);

  if (is_divided)
    bag_pool_tell (self);
  if (divide_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&divide_error));

  return FALSE;
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
  g_return_val_if_fail (self != NULL, FALSE);

  if (slot_size > 0)
    return try_to_divide (self, slot_size, n_slots, error);

  g_set_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID, "%u slots of no bytes make no pool", n_slots);
  return FALSE;
}

/**
 * bag_pool_resize:
 * @n_slots: how many
 *
 * More or fewer slots of the present size, as when the budget changes while a bag is open.
 * Growing opens more of the reservation. Shrinking gives the memory of the last slots
 * back to the system, of those that are out when they come home; until then they are
 * leaving, and whoever holds one keeps what it holds. On error the pool is what it was.
 *
 * Returns: as bag_pool_divide()
 */
gboolean
bag_pool_resize (BagPool *self, guint n_slots, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return try_to_divide (self, 0, n_slots, error);
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

  bag_pool_lock (self);
  self->reserve = reserve;
  self->reserve_is_set = TRUE;
  bag_pool_update_reserve (self);
  bag_pool_touch (self);
  bag_pool_unlock (self);

  bag_pool_tell (self);
}
