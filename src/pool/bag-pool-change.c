/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/*
 * Telling others that the pool has changed. One function, called in the thread
 * that made the change, after the pool's lock has been let go of. A change of a slot
 * has a serial number: whoever queues what was refused looks at that, and so is not
 * woken by the refusal of its own request.
 */

/* There was a function a moment ago. */
void
bag_pool_call_change_func (BagPool *self)
{
  pthread_rwlock_rdlock (&self->change_lock);
  if (self->change_func != NULL)
    self->change_func (self, self->change_data);
  pthread_rwlock_unlock (&self->change_lock);
}

void
bag_pool_update_care (BagPool *self)
{
  self->releases_need_care = self->n_refs == 0 || g_atomic_pointer_get (&self->change_func) != NULL;
}

static void
set_func (BagPool *self, BagPoolChangeFunc func)
{
  bag_pool_lock (self);
  g_atomic_pointer_set (&self->change_func, func);
  bag_pool_update_care (self);
  bag_pool_unlock (self);
}

/**
 * bag_pool_set_change_func:
 * @func: (nullable): called after every change of the pool, in the thread that made it,
 *   without the lock; it must not wait, nor call this function
 *
 * Replaces the one function. When this returns, the former one is not running and will not
 * be called any more.
 */
void
bag_pool_set_change_func (BagPool *self, BagPoolChangeFunc func, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  pthread_rwlock_wrlock (&self->change_lock);
  self->change_data = user_data;
  set_func (self, func);
  pthread_rwlock_unlock (&self->change_lock);
}

/**
 * bag_pool_unset_change_func:
 *
 * Takes the function away if it still is the one set with @user_data. The same
 * promise as bag_pool_set_change_func().
 */
void
bag_pool_unset_change_func (BagPool *self, gpointer user_data)
{
  g_return_if_fail (self != NULL);

  pthread_rwlock_wrlock (&self->change_lock);
  if (self->change_data == user_data)
    set_func (self, NULL);
  pthread_rwlock_unlock (&self->change_lock);
}

/**
 * bag_pool_get_change_serial:
 *
 * Any thread, no lock.
 *
 * Returns: a number that grows (and wraps) when a slot changes its state; not when
 *   only a counter does, as with a refused request
 */
guint
bag_pool_get_change_serial (BagPool *self)
{
  g_return_val_if_fail (self != NULL, 0);

  /* None of the three ever goes back, but when counters are reset, and then it is made up for. */
  return (guint) (__atomic_load_n (&self->n_other_changes, __ATOMIC_RELAXED) + __atomic_load_n (&self->stats.acquires, __ATOMIC_RELAXED) + __atomic_load_n (&self->stats.releases, __ATOMIC_RELAXED));
}
