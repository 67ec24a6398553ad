/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include "pool/bag-pool-private.h"

#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

#define SLOT_SIZE ((gsize) 1 << 20)
#define N_SLOTS 32u
#define BLOCKS(n) ((guint64) (n) *BAG_POOL_BLOCK_SIZE)

/* Told of changes of a pool, from any thread. */
typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t changed;
} Listener;

static void
on_changed (BagPool *pool, gpointer user_data)
{
  Listener *self = user_data;

  pthread_mutex_lock (&self->mutex);
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

static void
listen_to (Listener *self, BagPool *pool)
{
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);
  bag_pool_set_change_func (pool, on_changed, self);
}

static void
stop_listening (Listener *self, BagPool *pool)
{
  bag_pool_unset_change_func (pool, self);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->mutex);
}

static BagPoolPrefault
get_state (BagPool *pool)
{
  BagPoolStats stats;

  bag_pool_get_stats (pool, &stats);

  return stats.prefault;
}

/* The last change is told after the state, so that nothing is missed. */
static void
wait_for_end (Listener *self, BagPool *pool)
{
  pthread_mutex_lock (&self->mutex);
  while (get_state (pool) == BAG_POOL_PREFAULT_RUNNING)
    pthread_cond_wait (&self->changed, &self->mutex);
  pthread_mutex_unlock (&self->mutex);
}

static BagPoolStats
prefault (BagPool *pool)
{
  Listener listener;

  listen_to (&listener, pool);
  bag_pool_prefault_async (pool);
  wait_for_end (&listener, pool);
  stop_listening (&listener, pool);

  return get_checked_stats (pool);
}

static glong
count_faults (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);

  return usage.ru_minflt;
}

static void
fill (BagPool *pool, BagSlice **slices, int value)
{
  for (guint i = 0; i < N_SLOTS; i++)
    {
      slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
      memset (bag_slice_get_data (slices[i]), value, SLOT_SIZE);
    }
}

static void
clear (BagSlice **slices)
{
  for (guint i = 0; i < N_SLOTS; i++)
    g_clear_pointer (&slices[i], bag_slice_unref);
}

static void
test_all_there (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  guint n_pages = N_SLOTS * SLOT_SIZE / 4096;
  g_autofree guint8 *pages = g_malloc0 (n_pages);
  BagPoolStats stats = get_checked_stats (pool);

  g_assert_cmpint (stats.prefault, ==, BAG_POOL_PREFAULT_IDLE);
  g_assert_cmpuint (stats.bytes_prefaulted, ==, 0);

  stats = prefault (pool);
  g_assert_cmpstr (bag_pool_prefault_get_name (stats.prefault), ==, "done");
  g_assert_cmpuint (stats.bytes_prefaulted, ==, N_SLOTS * SLOT_SIZE);
  g_assert_cmpint (mincore (pool->memory.base, N_SLOTS * SLOT_SIZE, pages), ==, 0);
  for (guint i = 0; i < n_pages; i++)
    g_assert_cmpuint (pages[i] & 1, ==, 1);
}

/* What was written stays, and for the next bag of the same size there is nothing to get: a
 * thread would find that there is too little memory. */
static void
test_second_bag (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  BagSlice *slices[N_SLOTS];

  fill (pool, slices, 0x5A);
  prefault (pool);
  for (guint i = 0; i < N_SLOTS; i++)
    g_assert_cmpuint (((guint8 *) bag_slice_get_data (slices[i]))[SLOT_SIZE - 1], ==, 0x5A);
  clear (slices);

  pool->least_available = G_MAXUINT64;
  g_assert_true (bag_pool_divide (pool, SLOT_SIZE, N_SLOTS, NULL));
  g_assert_cmpint (get_state (pool), ==, BAG_POOL_PREFAULT_DONE);
  bag_pool_prefault_async (pool);
  g_assert_cmpint (get_state (pool), ==, BAG_POOL_PREFAULT_DONE);
}

static void
test_divided (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (BLOCKS (20), SLOT_SIZE, 4, NULL);

  g_assert_cmpuint (prefault (pool).bytes_prefaulted, ==, BLOCKS (2));

  /* Only what is new is got. */
  g_assert_true (bag_pool_divide (pool, 2 * SLOT_SIZE, 9, NULL));
  g_assert_cmpint (get_state (pool), ==, BAG_POOL_PREFAULT_IDLE);
  g_assert_cmpuint (get_checked_stats (pool).bytes_prefaulted, ==, BLOCKS (2));
  g_assert_cmpuint (prefault (pool).bytes_prefaulted, ==, BLOCKS (9));

  /* What is given back does not count any more, and has to be got again. */
  g_assert_true (bag_pool_divide (pool, SLOT_SIZE, 3, NULL));
  g_assert_cmpuint (get_checked_stats (pool).bytes_prefaulted, ==, BLOCKS (2));
  g_assert_true (bag_pool_divide (pool, SLOT_SIZE, 40, NULL));
  g_assert_cmpuint (get_checked_stats (pool).bytes_prefaulted, ==, BLOCKS (2));
  g_assert_cmpuint (prefault (pool).bytes_prefaulted, ==, BLOCKS (20));
}

static void
test_closed (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);

  bag_pool_close (pool, NULL);
  g_assert_cmpuint (prefault (pool).bytes_prefaulted, ==, 0);
  g_assert_cmpint (get_state (pool), ==, BAG_POOL_PREFAULT_IDLE);
}

static void
test_low_memory (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  BagSlice *slices[N_SLOTS];
  BagPoolStats stats;

  pool->least_available = G_MAXUINT64;
  stats = prefault (pool);
  g_assert_cmpstr (bag_pool_prefault_get_name (stats.prefault), ==, "low-memory");
  g_assert_cmpuint (stats.bytes_prefaulted, ==, 0);
  fill (pool, slices, 1);
  clear (slices);
}

/* A range without rights makes every kernel answer as those do that lack the request. */
static void
test_unsupported (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  BagSlice *slices[N_SLOTS];
  BagPoolStats stats;

  g_assert_cmpint (mprotect (pool->memory.base, pool->memory.size, PROT_NONE), ==, 0);
  stats = prefault (pool);
  g_assert_cmpstr (bag_pool_prefault_get_name (stats.prefault), ==, "unsupported");
  g_assert_cmpuint (stats.bytes_prefaulted, ==, 0);
  g_assert_cmpint (mprotect (pool->memory.base, pool->memory.size, PROT_READ | PROT_WRITE), ==, 0);
  fill (pool, slices, 1);
  clear (slices);
}

static void
test_no_faults_left (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  BagSlice *slices[N_SLOTS];
  glong n_faults;

  prefault (pool);
  n_faults = count_faults ();
  fill (pool, slices, 1);
  n_faults = count_faults () - n_faults;
  clear (slices);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  g_test_skip ("A sanitizer has pages of its own");
#else
  g_assert_cmpint (n_faults, <, 8);
#endif
}

/* The memory is divided again and again, its ends given back and got, while pages are asked for. */
static void
test_races (void)
{
  static const guint n_slots[] = { 40, 8, 24, 1, 33 };
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (BLOCKS (20), SLOT_SIZE, 4, NULL);
  BagPoolStats stats;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (BagSlice) slice = NULL;

      bag_pool_prefault_async (pool);
      slice = acquire (pool, BAG_POOL_CLASS_VIEW);
      memset (bag_slice_get_data (slice), (int) i, SLOT_SIZE);
      g_assert_true (bag_pool_divide (pool, SLOT_SIZE, n_slots[i % G_N_ELEMENTS (n_slots)], NULL));
      g_assert_cmpuint (((guint8 *) bag_slice_get_data (slice))[SLOT_SIZE - 1], ==, i);
      get_checked_stats (pool);
    }

  stats = prefault (pool);
  g_assert_cmpint (stats.prefault, ==, BAG_POOL_PREFAULT_DONE);
  g_assert_cmpuint (stats.bytes_prefaulted, ==, BLOCKS (17));
}

/* The thread holds the pool: letting go of it at once is as good as waiting. */
static void
test_let_go (void)
{
  for (guint i = 0; i < 50; i++)
    {
      BagPool *pool = new_pool (SLOT_SIZE, N_SLOTS);

      bag_pool_prefault_async (pool);
      if (i % 2 == 0)
        bag_pool_close (pool, NULL);
      bag_pool_unref (pool);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/prefault/all-there", test_all_there);
  g_test_add_func ("/pool/prefault/second-bag", test_second_bag);
  g_test_add_func ("/pool/prefault/divided", test_divided);
  g_test_add_func ("/pool/prefault/closed", test_closed);
  g_test_add_func ("/pool/prefault/low-memory", test_low_memory);
  g_test_add_func ("/pool/prefault/unsupported", test_unsupported);
  g_test_add_func ("/pool/prefault/no-faults-left", test_no_faults_left);
  g_test_add_func ("/pool/prefault/races", test_races);
  g_test_add_func ("/pool/prefault/let-go", test_let_go);

  return g_test_run ();
}
