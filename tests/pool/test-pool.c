/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include <string.h>
#include <sys/resource.h>

#define SLOT_SIZE 1000

static void
test_exact_fit (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (BagSlice) exact = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE, NULL);
  g_autoptr (BagSlice) smaller = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE - 1, NULL);

  g_assert_nonnull (exact);
  g_assert_cmpuint (bag_slice_get_size (exact), ==, SLOT_SIZE);
  g_assert_nonnull (smaller);
  g_assert_cmpuint (bag_slice_get_size (smaller), ==, SLOT_SIZE - 1);
  assert_refused (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE + 1, BAG_POOL_ERROR_TOO_LARGE);

  /* The rounded stride is not the operator's to use. */
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1024, BAG_POOL_ERROR_TOO_LARGE);
  g_assert_cmpuint (get_checked_stats (pool).refused_too_large, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 2);
}

static void
test_layout (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 3);
  g_autoptr (BagSlice) a = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) b = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagPoolStats stats = get_checked_stats (pool);

  g_assert_cmpuint (stats.slot_size, ==, SLOT_SIZE);
  g_assert_cmpuint (stats.stride, ==, 1024);
  g_assert_cmpuint (stats.bytes, ==, 3 * 1024);
  g_assert_cmpuint (stats.bytes_reserved, ==, 2 << 20);
  g_assert_cmpuint (bag_slice_get_slot (a), ==, 0);
  g_assert_cmpuint (bag_slice_get_slot (b), ==, 1);
  g_assert_cmpuint ((gsize) bag_slice_get_data (a) % (2 << 20), ==, 0);
  g_assert_true ((guint8 *) bag_slice_get_data (b) - (guint8 *) bag_slice_get_data (a) == 1024);
}

static void
test_same_memory_again (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 8);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_LOAD);
  gpointer data = bag_slice_get_data (slice);

  bag_slice_unref (slice);
  for (guint i = 0; i < 100; i++)
    {
      slice = acquire (pool, BAG_POOL_CLASS_LOAD);
      g_assert_true (bag_slice_get_data (slice) == data);
      bag_slice_unref (slice);
    }
  g_assert_cmpuint (get_checked_stats (pool).slots_new, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).reuses, ==, 100);
}

static void
test_reserve (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  BagSlice *slices[4];

  g_assert_cmpuint (get_checked_stats (pool).reserve, ==, 2);
  slices[0] = acquire (pool, BAG_POOL_CLASS_PREFETCH);
  slices[1] = acquire (pool, BAG_POOL_CLASS_PREFETCH);
  assert_refused (pool, BAG_POOL_CLASS_PREFETCH, 1, BAG_POOL_ERROR_EXHAUSTED);
  slices[2] = acquire (pool, BAG_POOL_CLASS_LOAD);
  assert_refused (pool, BAG_POOL_CLASS_LOAD, 1, BAG_POOL_ERROR_EXHAUSTED);
  slices[3] = acquire (pool, BAG_POOL_CLASS_VIEW);
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_EXHAUSTED);

  g_assert_cmpuint (get_checked_stats (pool).refused_exhausted, ==, 3);
  g_assert_cmpuint (get_checked_stats (pool).by_class[BAG_POOL_CLASS_PREFETCH], ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).by_class[BAG_POOL_CLASS_LOAD], ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).by_class[BAG_POOL_CLASS_VIEW], ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).least_free, ==, 0);

  for (guint i = 0; i < 4; i++)
    bag_slice_unref (slices[i]);
  g_assert_cmpuint (get_checked_stats (pool).high_water, ==, 4);
}

static void
test_set_reserve (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);

  bag_pool_set_reserve (pool, 0);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_PREFETCH);
    }
  bag_pool_set_reserve (pool, 99);
  g_assert_cmpuint (get_checked_stats (pool).reserve, ==, 4);
  assert_refused (pool, BAG_POOL_CLASS_PREFETCH, 1, BAG_POOL_ERROR_EXHAUSTED);
}

static void
test_tiny (void)
{
  g_autoptr (BagPool) one = new_pool (SLOT_SIZE, 1);
  g_autoptr (BagPool) two = new_pool (SLOT_SIZE, 2);
  g_autoptr (BagSlice) only = acquire (one, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) first = acquire (two, BAG_POOL_CLASS_PREFETCH);

  assert_refused (two, BAG_POOL_CLASS_LOAD, 1, BAG_POOL_ERROR_EXHAUSTED);
  g_assert_cmpuint (get_checked_stats (one).in_use, ==, 1);
}

static void
test_close (void)
{
  BagPool *pool = new_pool (SLOT_SIZE, 4);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (GError) error = NULL;

  bag_pool_close (pool, NULL);
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_CLOSED);
  g_assert_null (bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, 1, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_false (bag_pool_divide (pool, SLOT_SIZE, 5, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED);
  g_assert_true (get_checked_stats (pool).is_closed);
  g_assert_cmpuint (get_checked_stats (pool).refused_closed, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 1);

  /* The slice keeps the memory. */
  bag_pool_unref (pool);
  memset (bag_slice_get_data (slice), 1, bag_slice_get_size (slice));
  g_assert_true (bag_slice_set_ready (slice));
  bag_slice_unref (slice);
}

static void
assert_no_pool (guint64 max_bytes, gsize slot_size, guint n_slots, BagPoolError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_pool_new_with_reservation (max_bytes, slot_size, n_slots, &error));
  g_assert_error (error, BAG_POOL_ERROR, (int) code);
}

static void
test_absurd (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_pool_new (G_MAXSIZE / 2, 3, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bag_pool_new (G_MAXSIZE - 10, 1, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (bag_pool_new ((gsize) 1 << 36, 4, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY);
  g_assert_nonnull (strstr (error->message, "a quarter has to stay free"));

  assert_no_pool (1 << 20, 0, 1, BAG_POOL_ERROR_INVALID);
  assert_no_pool (1 << 20, 1, 0, BAG_POOL_ERROR_INVALID);
  assert_no_pool (0, 1, 1, BAG_POOL_ERROR_INVALID);
  assert_no_pool (G_MAXUINT64, 1, 1, BAG_POOL_ERROR_INVALID);
  assert_no_pool (2 << 20, 2 << 20, 2, BAG_POOL_ERROR_NO_MEMORY);
}

/* Sanitizers map terabytes of their own. */
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
static void
test_address_space_limit (void)
{
  struct rlimit old;
  struct rlimit tight;
  g_autoptr (GError) error = NULL;
  g_autoptr (BagPool) pool = NULL;

  g_assert_cmpint (getrlimit (RLIMIT_AS, &old), ==, 0);
  tight = old;
  tight.rlim_cur = (rlim_t) 1 << 30;
  g_assert_cmpint (setrlimit (RLIMIT_AS, &tight), ==, 0);
  pool = bag_pool_new_with_reservation ((guint64) 2 << 30, SLOT_SIZE, 1, &error);
  g_assert_cmpint (setrlimit (RLIMIT_AS, &old), ==, 0);

  g_assert_null (pool);
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY);
  g_assert_nonnull (strstr (error->message, "RLIMIT_AS"));
}
#endif

static void
test_heap (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  g_autoptr (BagSlice) slice = bag_pool_acquire_heap (pool, BAG_POOL_CLASS_LOAD, 5 * SLOT_SIZE, NULL);

  g_assert_nonnull (slice);
  g_assert_cmpint (bag_slice_get_memory_policy (slice), ==, BAG_MEMORY_POLICY_HEAP);
  g_assert_cmpuint (bag_slice_get_slot (slice), ==, G_MAXUINT);
  memset (bag_slice_get_data (slice), 7, bag_slice_get_size (slice));
  g_assert_true (bag_slice_set_ready (slice));
  g_assert_true (bag_slice_set_shown (slice, TRUE));
  g_assert_cmpuint (get_checked_stats (pool).heap_fallbacks, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).heap_in_use, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);

  g_clear_pointer (&slice, bag_slice_unref);
  g_assert_cmpuint (get_checked_stats (pool).heap_fallbacks, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).heap_in_use, ==, 0);
}

static void
test_counters (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagPoolStats stats;

  bag_pool_count_eviction (pool);
  bag_pool_count_lookup (pool, slice);
  bag_pool_count_lookup (pool, slice);
  bag_pool_count_lookup (pool, NULL);
  bag_pool_count_scan (pool);
  for (guint i = 0; i < BAG_N_POOL_PREFETCHES; i++)
    for (guint n = 0; n <= i; n++)
      bag_pool_count_prefetch (pool, i);
  stats = get_checked_stats (pool);
  g_assert_cmpuint (stats.evictions, ==, 1);
  g_assert_cmpuint (stats.hits, ==, 2);
  g_assert_cmpuint (stats.misses, ==, 1);
  g_assert_cmpuint (stats.scans, ==, 1);
  g_assert_cmpuint (stats.prefetch_hits, ==, 1);
  g_assert_cmpuint (stats.prefetch_late, ==, 2);
  g_assert_cmpuint (stats.prefetch_wasted, ==, 3);

  bag_pool_reset_counters (pool);
  stats = get_checked_stats (pool);
  g_assert_cmpuint (stats.hits + stats.misses + stats.evictions + stats.scans, ==, 0);
  g_assert_cmpuint (stats.prefetch_hits + stats.prefetch_late + stats.prefetch_wasted, ==, 0);
  g_assert_cmpuint (stats.acquires - stats.releases, ==, 1);
  g_assert_cmpuint (stats.high_water, ==, 1);
  g_assert_cmpuint (stats.least_free, ==, 3);
}

static void
test_names (void)
{
  const char *names[] = { "free", "filling", "ready", "shown", "quarantined" };

  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    g_assert_cmpstr (bag_slot_state_get_name (i), ==, names[i]);
  g_assert_cmpuint (bag_pool_get_default_budget (), <=, 1 << 30);
  g_assert_cmpuint (bag_pool_get_default_budget (), >, 0);
}

static void
on_change (BagPool *pool, gpointer user_data)
{
  BagPoolStats stats;

  /* Would hang if the lock were held. */
  bag_pool_get_stats (pool, &stats);
  (*(guint *) user_data)++;
}

static void
test_change_func (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  guint n_changes = 0;
  guint serial = bag_pool_get_change_serial (pool);
  BagSlice *slice = NULL;

  bag_pool_set_change_func (pool, on_change, &n_changes);
  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_assert_cmpuint (n_changes, ==, 1);
  bag_slice_set_ready (slice);
  bag_slice_set_shown (slice, TRUE);
  bag_slice_set_shown (slice, TRUE);
  g_assert_cmpuint (n_changes, ==, 3);
  g_assert_cmpuint (bag_pool_get_change_serial (pool) - serial, ==, 3);

  /* A refusal is a new figure, but nothing that could serve a queue. */
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_EXHAUSTED);
  g_assert_cmpuint (n_changes, ==, 4);
  g_assert_cmpuint (bag_pool_get_change_serial (pool) - serial, ==, 3);

  bag_pool_unset_change_func (pool, pool);
  bag_pool_count_scan (pool);
  g_assert_cmpuint (n_changes, ==, 5);
  bag_pool_unset_change_func (pool, &n_changes);
  bag_slice_unref (slice);
  g_assert_cmpuint (n_changes, ==, 5);
}

/* A slot counts the hits of what it holds, and forgets them with it. */
static void
test_hits_of_a_slot (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlotInfo info;

  bag_pool_count_lookup (pool, slice);
  bag_pool_count_lookup (pool, slice);
  bag_pool_get_slots (pool, &info, 1);
  g_assert_cmpuint (info.n_hits, ==, 2);

  bag_slice_unref (slice);
  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  bag_pool_get_slots (pool, &info, 1);
  g_assert_cmpuint (info.n_hits, ==, 0);
  bag_slice_unref (slice);
}

static void
test_queue (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  guint n_changes = 0;

  bag_pool_set_change_func (pool, on_change, &n_changes);
  bag_pool_set_queue (pool, 3, 40);
  bag_pool_set_queue (pool, 3, 40);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).n_waiting, ==, 3);
  g_assert_cmpuint (get_checked_stats (pool).n_queued, ==, 40);
}

static void
test_fills (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagPoolStats stats;

  for (guint i = 1; i <= 100; i++)
    bag_pool_count_fill (pool, i * 1000);
  stats = get_checked_stats (pool);
  g_assert_cmpuint (stats.fills, ==, 100);
  g_assert_cmpuint (stats.fill_p50_us, >, 50000 * 7 / 8);
  g_assert_cmpuint (stats.fill_p50_us, <, 50000 * 9 / 8);
  g_assert_cmpuint (stats.fill_p95_us, >, 95000 * 7 / 8);
  g_assert_cmpuint (stats.fill_p95_us, <, 95000 * 9 / 8);

  bag_pool_reset_counters (pool);
  stats = get_checked_stats (pool);
  g_assert_cmpuint (stats.fills + stats.fill_p50_us + stats.fill_p95_us, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/exact-fit", test_exact_fit);
  g_test_add_func ("/pool/layout", test_layout);
  g_test_add_func ("/pool/same-memory-again", test_same_memory_again);
  g_test_add_func ("/pool/reserve", test_reserve);
  g_test_add_func ("/pool/set-reserve", test_set_reserve);
  g_test_add_func ("/pool/tiny", test_tiny);
  g_test_add_func ("/pool/close", test_close);
  g_test_add_func ("/pool/absurd", test_absurd);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  g_test_add_func ("/pool/address-space-limit", test_address_space_limit);
#endif
  g_test_add_func ("/pool/heap", test_heap);
  g_test_add_func ("/pool/counters", test_counters);
  g_test_add_func ("/pool/names", test_names);
  g_test_add_func ("/pool/change-func", test_change_func);
  g_test_add_func ("/pool/hits-of-a-slot", test_hits_of_a_slot);
  g_test_add_func ("/pool/queue", test_queue);
  g_test_add_func ("/pool/fills", test_fills);

  return g_test_run ();
}
