/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagPoolLock:
 *
 * A mutex for sections of a few nanoseconds. To take it is one locked operation, to give it
 * back a plain store: half of what a mutex of the C library costs where nobody waits. Who has
 * to wait looks again for a moment, then sleeps in the kernel. Not recursive. Valid when it is
 * all zeros; bag_pool_lock_prepare() comes first.
 */
typedef struct
{
  int is_held; /* atomic */
} BagPoolLock;

/* Atomic: how many sleep or are about to, whatever the lock. Not in the lock, so that giving
 * it back touches nothing of it any more: the pool may be gone by then. */
extern int bag_pool_lock_n_waiting;

void bag_pool_lock_prepare (void);
void bag_pool_lock_wait (BagPoolLock *self);
void bag_pool_lock_wake (BagPoolLock *self);

static inline void
bag_pool_lock_take (BagPoolLock *self)
{
  if (__atomic_exchange_n (&self->is_held, 1, __ATOMIC_ACQUIRE) != 0)
    bag_pool_lock_wait (self);
}

/* The processor may look for waiters before others see the store; see bag-pool-lock.c for why
 * none is missed. The compiler may not. */
static inline void
bag_pool_lock_give (BagPoolLock *self)
{
  __atomic_store_n (&self->is_held, 0, __ATOMIC_RELEASE);
  __atomic_signal_fence (__ATOMIC_SEQ_CST);
  if (G_UNLIKELY (__atomic_load_n (&bag_pool_lock_n_waiting, __ATOMIC_RELAXED) != 0))
    bag_pool_lock_wake (self);
}

G_END_DECLS
