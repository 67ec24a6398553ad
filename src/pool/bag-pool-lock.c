/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-lock.h"

#include <linux/futex.h>
#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Whoever gives the lock back stores, then looks whether somebody waits; whoever waits says
 * so, then looks whether the lock is held. Each needs the other's store before its own look,
 * which takes a full barrier on both sides, as dear as a second locked operation. Here the
 * side that waits, and has time, pays for both: membarrier(2) makes every thread of the
 * process pass a barrier between the two. If the other's look came before that, so did its
 * store, and the lock is found free; if it comes after, it finds somebody waiting.
 *
 * A model of this, store buffers included, is in the tests. Where the kernel has no
 * membarrier, the count of waiters never is 0, and giving back pays for a barrier of its own.
 */

#define SPINS 64 /* the lock is held for less time than it takes to fall asleep */

int bag_pool_lock_n_waiting;
static int n_sleeping; /* atomic */

static gboolean
call_membarrier (int command)
{
  return syscall (SYS_membarrier, command, 0, 0) == 0;
}

/**
 * bag_pool_lock_prepare:
 *
 * Before the first lock of the process, and as often as one likes after that. Any thread.
 */
void
bag_pool_lock_prepare (void)
{
  static gsize is_prepared;

  if (!g_once_init_enter (&is_prepared))
    return;

  if (!call_membarrier (MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED))
    __atomic_add_fetch (&bag_pool_lock_n_waiting, 1, __ATOMIC_SEQ_CST);
  g_once_init_leave (&is_prepared, 1);
}

static gboolean
try_to_take (BagPoolLock *self)
{
  return __atomic_load_n (&self->is_held, __ATOMIC_RELAXED) == 0 && __atomic_exchange_n (&self->is_held, 1, __ATOMIC_ACQUIRE) == 0;
}

static void
pause_processor (void)
{
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause ();
#endif
}

/* Sleeps until the lock is had. The kernel looks at the lock once more before it lets one sleep. */
static void
sleep_until_taken (BagPoolLock *self)
{
  __atomic_add_fetch (&bag_pool_lock_n_waiting, 1, __ATOMIC_SEQ_CST);
  __atomic_add_fetch (&n_sleeping, 1, __ATOMIC_SEQ_CST);
  call_membarrier (MEMBARRIER_CMD_PRIVATE_EXPEDITED);

  while (__atomic_exchange_n (&self->is_held, 1, __ATOMIC_SEQ_CST) != 0)
    syscall (SYS_futex, &self->is_held, FUTEX_WAIT_PRIVATE, 1, NULL, NULL, 0);

  __atomic_sub_fetch (&n_sleeping, 1, __ATOMIC_SEQ_CST);
  __atomic_sub_fetch (&bag_pool_lock_n_waiting, 1, __ATOMIC_SEQ_CST);
}

/* The lock was found held. */
void
bag_pool_lock_wait (BagPoolLock *self)
{
  for (guint i = 0; i < SPINS; i++)
    {
      if (try_to_take (self))
        return;
      pause_processor ();
    }

  sleep_until_taken (self);
}

/* @self has been given back, and may be no more: only its address is used. */
void
bag_pool_lock_wake (BagPoolLock *self)
{
  __atomic_thread_fence (__ATOMIC_SEQ_CST);
  if (__atomic_load_n (&n_sleeping, __ATOMIC_SEQ_CST) > 0)
    syscall (SYS_futex, &self->is_held, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
