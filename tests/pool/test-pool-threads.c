/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include <pthread.h>
#include <string.h>

/* Plain pthreads: ThreadSanitizer does not see into GLib's. */
#define N_THREADS 4
#define N_ROUNDS 5000
#define SLOT_SIZE 256

typedef struct
{
  BagPool *pool;
  guint8 id;
  guint n_served;
} Worker;

static gpointer
unref_in_thread (gpointer data)
{
  bag_slice_unref (data);

  return NULL;
}

static void
test_release_elsewhere (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 2);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  gpointer data = bag_slice_get_data (slice);
  pthread_t thread;

  g_assert_cmpint (pthread_create (&thread, NULL, unref_in_thread, slice), ==, 0);
  pthread_join (thread, NULL);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);
  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_assert_true (bag_slice_get_data (slice) == data);
  bag_slice_unref (slice);
}

/* Writes its name all over the slot and finds it there again. */
static gboolean
use_slice (BagSlice *slice, guint8 id)
{
  guint8 *data = bag_slice_get_data (slice);
  gsize size = bag_slice_get_size (slice);

  memset (data, id, size);
  bag_slice_set_tag (slice, id);
  if (!bag_slice_set_ready (slice) || bag_slice_get_tag (slice) != id)
    return FALSE;
  for (gsize i = 0; i < size; i++)
    if (data[i] != id)
      return FALSE;

  return TRUE;
}

static gpointer
work (gpointer data)
{
  Worker *worker = data;
  BagSlice *held[3] = { NULL };

  for (guint i = 0; i < N_ROUNDS; i++)
    {
      guint k = i % G_N_ELEMENTS (held);

      g_clear_pointer (&held[k], bag_slice_unref);
      held[k] = bag_pool_acquire (worker->pool, i % BAG_POOL_N_CLASSES, 1 + i % SLOT_SIZE, NULL);
      if (held[k] != NULL)
        {
          worker->n_served++;
          g_assert_true (use_slice (held[k], worker->id));
          bag_slice_unref (bag_slice_ref (held[k]));
        }
    }
  for (guint k = 0; k < G_N_ELEMENTS (held); k++)
    g_clear_pointer (&held[k], bag_slice_unref);

  return NULL;
}

static guint
run_workers (BagPool *pool, void (*meanwhile) (BagPool *pool, guint round))
{
  pthread_t threads[N_THREADS];
  Worker workers[N_THREADS];
  guint n_served = 0;

  for (guint i = 0; i < N_THREADS; i++)
    {
      workers[i] = (Worker){ .pool = pool, .id = (guint8) (i + 1) };
      g_assert_cmpint (pthread_create (&threads[i], NULL, work, &workers[i]), ==, 0);
    }
  for (guint round = 0; meanwhile != NULL && round < 200; round++)
    meanwhile (pool, round);
  for (guint i = 0; i < N_THREADS; i++)
    {
      pthread_join (threads[i], NULL);
      n_served += workers[i].n_served;
    }

  return n_served;
}

static void
test_ownership (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 8);
  guint n_served = run_workers (pool, NULL);
  BagPoolStats stats = get_checked_stats (pool);

  g_assert_cmpuint (stats.in_use, ==, 0);
  g_assert_cmpuint (stats.acquires, ==, n_served);
  g_assert_cmpuint (stats.releases, ==, n_served);
  g_assert_cmpuint (stats.acquires + stats.refused_exhausted, ==, N_THREADS * N_ROUNDS);
  g_assert_cmpuint (stats.stale + stats.doubled + stats.illegal, ==, 0);
}

static void
divide_again (BagPool *pool, guint round)
{
  g_assert_true (bag_pool_divide (pool, SLOT_SIZE + 64 * (round % 5), 4 + round % 7, NULL));
}

static void
test_divide_meanwhile (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (2 << 20, SLOT_SIZE, 8, NULL);
  guint n_served = run_workers (pool, divide_again);
  BagPoolStats stats = get_checked_stats (pool);

  g_assert_cmpuint (stats.acquires, ==, n_served);
  g_assert_cmpuint (stats.in_use, ==, 0);
  g_assert_cmpuint (stats.n_leaving, ==, 0);
}

static void
on_change (BagPool *pool, gpointer user_data)
{
  g_atomic_int_inc ((int *) user_data);
}

/* After it has been taken away the function is not running: its data may go. */
static void
exchange_change_func (BagPool *pool, guint round)
{
  int *n_changes = g_new0 (int, 1);
  BagPoolStats stats;

  bag_pool_set_change_func (pool, on_change, n_changes);
  bag_pool_get_stats (pool, &stats);
  bag_pool_unset_change_func (pool, n_changes);
  *n_changes = -1;
  g_free (n_changes);
}

static void
test_change_func_meanwhile (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 8);

  run_workers (pool, exchange_change_func);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);
}

/* The last slice that is out takes the pool with it, in whatever thread. */
static void
test_pool_outlived (void)
{
  for (guint i = 0; i < 50; i++)
    {
      BagPool *pool = new_pool (SLOT_SIZE, 2);
      BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
      pthread_t thread;

      g_assert_cmpint (pthread_create (&thread, NULL, unref_in_thread, slice), ==, 0);
      bag_pool_close (pool, NULL);
      bag_pool_unref (pool);
      pthread_join (thread, NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/threads/release-elsewhere", test_release_elsewhere);
  g_test_add_func ("/pool/threads/ownership", test_ownership);
  g_test_add_func ("/pool/threads/divide-meanwhile", test_divide_meanwhile);
  g_test_add_func ("/pool/threads/change-func-meanwhile", test_change_func_meanwhile);
  g_test_add_func ("/pool/threads/pool-outlived", test_pool_outlived);

  return g_test_run ();
}
