/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "../pool-checks.h"

#include <pthread.h>
#include <string.h>

/*
 * Four threads take, write, verify and let go of slices as fast as they can. Who owns a slot is
 * kept beside the pool, in numbers that order nothing: they must not hide from ThreadSanitizer
 * what the pool's own lock leaves open. Plain pthreads, for it does not see into GLib's.
 */
#define N_THREADS 4
#define N_SLOTS 8
#define N_HELD 3 /* times N_THREADS is more than there are: some are refused all the time */
#define SLOT_SIZE 64

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define N_ROUNDS 100000
#else
#define N_ROUNDS 1000000
#endif

typedef struct
{
  BagPool *pool;
  int *owners; /* of N_SLOTS; 0: nobody */
  int id;
  guint n_served;
  guint n_refused;
} Worker;

static void
take (Worker *worker, BagSlice *slice)
{
  int *owner = &worker->owners[bag_slice_get_slot (slice)];

  g_assert_cmpint (__atomic_exchange_n (owner, worker->id, __ATOMIC_RELAXED), ==, 0);
  memset (bag_slice_get_data (slice), worker->id, bag_slice_get_size (slice));
}

static void
let_go (Worker *worker, BagSlice *slice)
{
  int *owner = &worker->owners[bag_slice_get_slot (slice)];
  const guint8 *data = bag_slice_get_data (slice);

  for (gsize i = 0; i < bag_slice_get_size (slice); i++)
    if (data[i] != worker->id)
      g_assert_cmpuint (data[i], ==, worker->id);
  g_assert_cmpint (__atomic_exchange_n (owner, 0, __ATOMIC_RELAXED), ==, worker->id);
  bag_slice_unref (slice);
}

static void *
work (void *data)
{
  Worker *worker = data;
  BagSlice *held[N_HELD] = { NULL };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint k = i % N_HELD;

      if (held[k] != NULL)
        let_go (worker, held[k]);
      held[k] = bag_pool_acquire (worker->pool, i % BAG_POOL_N_CLASSES, 1 + i % SLOT_SIZE, NULL);
      worker->n_served += held[k] != NULL ? 1 : 0;
      worker->n_refused += held[k] == NULL ? 1 : 0;
      if (held[k] != NULL)
        take (worker, held[k]);
    }
  for (guint k = 0; k < N_HELD; k++)
    if (held[k] != NULL)
      let_go (worker, held[k]);

  return NULL;
}

static void
run_workers (BagPool *pool, Worker *workers)
{
  int owners[N_SLOTS] = { 0 };
  pthread_t threads[N_THREADS];

  for (guint i = 0; i < N_THREADS; i++)
    {
      workers[i] = (Worker){ .pool = pool, .owners = owners, .id = (int) i + 1 };
      g_assert_cmpint (pthread_create (&threads[i], NULL, work, &workers[i]), ==, 0);
    }
  for (guint i = 0; i < N_THREADS; i++)
    pthread_join (threads[i], NULL);
  for (guint i = 0; i < N_SLOTS; i++)
    g_assert_cmpint (owners[i], ==, 0);
}

/* Every slot, each once, can be had again. */
static void
assert_all_home (BagPool *pool)
{
  BagSlice *slices[N_SLOTS];
  guint seen = 0;

  for (guint i = 0; i < N_SLOTS; i++)
    {
      slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
      g_assert_cmpuint (seen & 1u << bag_slice_get_slot (slices[i]), ==, 0);
      seen |= 1u << bag_slice_get_slot (slices[i]);
    }
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_EXHAUSTED);
  for (guint i = 0; i < N_SLOTS; i++)
    bag_slice_unref (slices[i]);
}

static void
test_ownership (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, N_SLOTS);
  Worker workers[N_THREADS];
  BagPoolStats stats;
  guint n_served = 0;
  guint n_refused = 0;

  run_workers (pool, workers);
  for (guint i = 0; i < N_THREADS; i++)
    {
      n_served += workers[i].n_served;
      n_refused += workers[i].n_refused;
    }
  stats = get_checked_stats (pool);
  g_test_message ("%u served, %u refused", n_served, n_refused);

  g_assert_cmpuint (n_served + n_refused, ==, N_THREADS * N_ROUNDS);
  g_assert_cmpuint (stats.acquires, ==, n_served);
  g_assert_cmpuint (stats.releases, ==, n_served);
  g_assert_cmpuint (stats.refused_exhausted, ==, n_refused);
  g_assert_cmpuint (stats.in_use, ==, 0);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_FREE], ==, N_SLOTS);
  g_assert_cmpuint (stats.high_water, <=, N_SLOTS);
  g_assert_cmpuint (stats.illegal + stats.stale + stats.doubled + stats.foreign, ==, 0);
  assert_all_home (pool);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/stress/ownership", test_ownership);

  return g_test_run ();
}
