/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

#include <errno.h>
#include <sys/mman.h>

/*
 * Asking for the pages of the slots before they are written, so that the first
 * bag does not pay for them slice by slice. A thread of its own does it in steps,
 * for the kernel may need long for a page; between two steps it looks whether that
 * still makes sense. The system is never called under the lock: when blocks are
 * closed meanwhile the call fails, or brings nothing to blocks that have no right
 * any more, and the step does not count.
 *
 * MADV_POPULATE_WRITE, because it leaves what is there as it is, whoever writes it at
 * the same time, and says what failed, where a touch of a page would end the program.
 */

#define STEP_BLOCKS 4

typedef struct
{
  gsize first;
  gsize n_blocks;
  guint n_changes; /* of the memory when the step was chosen */
} Step;

static gboolean
find_step (BagPool *self, Step *step)
{
  step->n_changes = self->memory.n_changes;
  step->n_blocks = bag_pool_memory_find_unpopulated (&self->memory, self->stats.bytes, STEP_BLOCKS, &step->first);

  return step->n_blocks > 0;
}

/* Once the state is not "running" any more, another thread may be started. */
static gboolean
begin_step (BagPool *self, Step *step)
{
  guint64 available = bag_pool_memory_get_available ();
  gboolean is_begun = FALSE;

  bag_pool_lock (self);
  if (self->stats.is_closed || !self->prefault_is_wanted)
    self->stats.prefault = BAG_POOL_PREFAULT_IDLE;
  else if (!find_step (self, step))
    self->stats.prefault = BAG_POOL_PREFAULT_DONE;
  else if (available < self->least_available)
    self->stats.prefault = BAG_POOL_PREFAULT_LOW_MEMORY;
  else
    is_begun = TRUE;
  bag_pool_unlock (self);

  return is_begun;
}

/* EINVAL is said of an unknown request, and of memory without rights. */
static BagPoolPrefault
get_failure (int code)
{
  return code == EINVAL ? BAG_POOL_PREFAULT_UNSUPPORTED : BAG_POOL_PREFAULT_LOW_MEMORY;
}

static gboolean
end_step (BagPool *self, const Step *step, int code)
{
  gboolean goes_on = TRUE;

  bag_pool_lock (self);
  if (step->n_changes == self->memory.n_changes && code == 0)
    {
      bag_pool_memory_set_populated (&self->memory, step->first, step->n_blocks);
    }
  else if (step->n_changes == self->memory.n_changes && code != EINTR && code != EAGAIN)
    {
      self->stats.prefault = get_failure (code);
      goes_on = FALSE;
    }
  bag_pool_unlock (self);

  return goes_on;
}

static int
populate (BagPool *self, const Step *step)
{
  guint8 *data = self->memory.base + step->first * BAG_POOL_BLOCK_SIZE;

  return madvise (data, step->n_blocks * BAG_POOL_BLOCK_SIZE, MADV_POPULATE_WRITE) == 0 ? 0 : errno;
}

static void *
run (void *data)
{
  g_autoptr (BagPool) self = data;
  Step step;

  while (begin_step (self, &step) && end_step (self, &step, populate (self, &step)))
    bag_pool_tell (self);
  bag_pool_tell (self);

  return NULL;
}

/* The memory has been divided anew: whoever wants it prefaulted asks again. */
void
bag_pool_forget_prefault (BagPool *self)
{
  self->prefault_is_wanted = FALSE;
  if (self->stats.prefault == BAG_POOL_PREFAULT_DONE || self->stats.prefault == BAG_POOL_PREFAULT_LOW_MEMORY)
    self->stats.prefault = BAG_POOL_PREFAULT_IDLE;
}

static gboolean
claim_run (BagPool *self)
{
  BagPoolPrefault *state = &self->stats.prefault;
  gboolean is_claimed = FALSE;
  Step step;

  bag_pool_lock (self);
  self->prefault_is_wanted = TRUE;
  if (!self->stats.is_closed && *state != BAG_POOL_PREFAULT_RUNNING && *state != BAG_POOL_PREFAULT_UNSUPPORTED)
    {
      is_claimed = find_step (self, &step);
      *state = is_claimed ? BAG_POOL_PREFAULT_RUNNING : BAG_POOL_PREFAULT_DONE;
    }
  bag_pool_unlock (self);

  return is_claimed;
}

/* A plain thread, like the lock: ThreadSanitizer understands it. Nobody waits for its end. */
static int
start_thread (BagPool *self)
{
  pthread_t thread;
  int code = pthread_create (&thread, NULL, run, self);

  if (code == 0)
    pthread_detach (thread);

  return code;
}

static void
give_up_run (BagPool *self)
{
  bag_pool_lock (self);
  self->stats.prefault = BAG_POOL_PREFAULT_IDLE;
  bag_pool_unlock (self);
}

/**
 * bag_pool_prefault_async:
 *
 * Has the system provide the memory of all slots in the background, on a thread that holds
 * a reference on the pool. It stops when the pool is closed or divided anew, and when less
 * than a quarter of the machine's memory is available. What was provided before is skipped: a second
 * bag of the same size costs no system call. Returns at once. Any thread.
 *
 * How it goes is in the figures; the change function is called after every step.
 */
void
bag_pool_prefault_async (BagPool *self)
{
  int code = 0;

  g_return_if_fail (self != NULL);

  if (!claim_run (self))
    return;

  code = start_thread (bag_pool_ref (self));
  if (code == 0)
    return;

  g_debug ("Not prefaulted: %s", g_strerror (code));
  give_up_run (self);
  bag_pool_unref (self);
}
