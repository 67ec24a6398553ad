/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool.h"

#include "pool/bag-pool-asan.h"
#include "pool/bag-pool-private.h"

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

static BagPool *
allocate (void)
{
  BagPool *self = g_new0 (BagPool, 1);

  self->ref_count = 1;
  pthread_mutex_init (&self->lock, NULL);
  pthread_rwlock_init (&self->change_lock, NULL);

  return self;
}

static void
bag_pool_free (BagPool *self)
{
  g_assert (self->heap == NULL);

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

  bag_pool_lock (self);
  if (check_request (self, class, size, error))
    {
      slice = pop_free (self, class, size);
      bag_pool_update_marks (self);
      bag_unpoison (slice->slot->data, size);
    }
  bag_pool_unlock (self);

  bag_pool_tell (self);

  return slice;
}

/* The last reference on @slice has gone. Its slot still holds one on the pool. */
void
bag_pool_release (BagPool *self, BagSlice *slice)
{
  BagSlot *slot = slice->slot;
  gboolean is_heap = slot->index == G_MAXUINT; /* unlike its home, constant while it is out */

  bag_pool_lock (self);
  if (is_heap)
    bag_pool_take_back_heap (self, slot);
  else
    bag_pool_take_back (self, slot);
  bag_pool_touch (self);
  bag_pool_unlock (self);

  if (is_heap)
    bag_pool_free_heap (slot);
  bag_pool_tell (self);
  bag_pool_unref (self);
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
  bag_pool_touch (self);
  bag_pool_unlock (self);

  bag_pool_tell (self);
}
