/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "slices/bag-slice-cache.h"

#define N_SLOTS 8
#define N_SLICES 20

typedef struct
{
  BagPool *pool;
  BagSliceCache *cache;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->pool = bag_pool_new (64, N_SLOTS, &error);
  g_assert_no_error (error);
  fixture->cache = bag_slice_cache_new (fixture->pool, N_SLICES);
}

static guint
count_free (BagPool *pool)
{
  BagPoolStats stats;

  bag_pool_get_stats (pool, &stats);

  return stats.by_state[BAG_SLOT_FREE];
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bag_slice_cache_free (fixture->cache);
  g_assert_cmpuint (count_free (fixture->pool), ==, N_SLOTS);
  bag_pool_unref (fixture->pool);
}

static void
insert (Fixture *fixture, guint index)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagSlice) slice = bag_pool_acquire (fixture->pool, BAG_POOL_CLASS_VIEW, 64, &error);

  g_assert_no_error (error);
  bag_slice_set_tag (slice, index);
  bag_slice_set_ready (slice);
  bag_slice_cache_insert (fixture->cache, index, slice);
}

static void
assert_order (Fixture *fixture, const char *wanted)
{
  g_autoptr (GString) got = g_string_new (NULL);
  guint n = 0;

  for (guint i = bag_slice_cache_get_oldest (fixture->cache);
       i != BAG_SLICE_CACHE_NONE;
       i = bag_slice_cache_get_newer (fixture->cache, i))
    {
      g_string_append_printf (got, "%s%u", n > 0 ? " " : "", i);
      n++;
    }
  g_assert_cmpstr (got->str, ==, wanted);
  g_assert_cmpuint (bag_slice_cache_get_n_slices (fixture->cache), ==, n);
}

static void
test_hits_and_misses (Fixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  insert (fixture, 0);
  insert (fixture, N_SLICES - 1);
  g_assert_null (bag_slice_cache_lookup (fixture->cache, 1));
  g_assert_cmpuint (bag_slice_get_tag (bag_slice_cache_lookup (fixture->cache, 0)), ==, 0);
  g_assert_cmpuint (bag_slice_get_tag (bag_slice_cache_lookup (fixture->cache, N_SLICES - 1)), ==, N_SLICES - 1);
  g_assert_nonnull (bag_slice_cache_peek (fixture->cache, 0));
  g_assert_null (bag_slice_cache_peek (fixture->cache, 1));

  bag_pool_get_stats (fixture->pool, &stats);
  g_assert_cmpuint (stats.hits, ==, 2);
  g_assert_cmpuint (stats.misses, ==, 1);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  assert_order (fixture, "");
  insert (fixture, 3);
  insert (fixture, 1);
  insert (fixture, 2);
  assert_order (fixture, "3 1 2");
  bag_slice_cache_lookup (fixture->cache, 3);
  assert_order (fixture, "1 2 3");
  bag_slice_cache_lookup (fixture->cache, 2);
  assert_order (fixture, "1 3 2");
  bag_slice_cache_lookup (fixture->cache, 2);
  bag_slice_cache_peek (fixture->cache, 1);
  assert_order (fixture, "1 3 2");
}

static void
test_evict (Fixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  insert (fixture, 3);
  insert (fixture, 1);
  insert (fixture, 2);
  g_assert_true (bag_slice_cache_evict (fixture->cache, 1));
  assert_order (fixture, "3 2");
  g_assert_false (bag_slice_cache_evict (fixture->cache, 1));
  g_assert_true (bag_slice_cache_evict (fixture->cache, 2));
  assert_order (fixture, "3");
  g_assert_true (bag_slice_cache_evict (fixture->cache, 3));
  assert_order (fixture, "");

  bag_pool_get_stats (fixture->pool, &stats);
  g_assert_cmpuint (stats.evictions, ==, 3);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_FREE], ==, N_SLOTS);
}

/* A reader keeps its slice while the cache lets go of it. */
static void
test_evict_held (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BagSlice) held = NULL;

  insert (fixture, 5);
  held = bag_slice_ref (bag_slice_cache_peek (fixture->cache, 5));
  bag_slice_cache_evict (fixture->cache, 5);
  g_assert_cmpuint (count_free (fixture->pool), ==, N_SLOTS - 1);
  g_assert_cmpuint (bag_slice_get_tag (held), ==, 5);
  g_assert_cmpint (bag_slice_get_state (held), ==, BAG_SLOT_READY);
}

static void
test_replace (Fixture *fixture, gconstpointer data)
{
  insert (fixture, 5);
  insert (fixture, 6);
  insert (fixture, 5);
  assert_order (fixture, "6 5");
  g_assert_cmpuint (count_free (fixture->pool), ==, N_SLOTS - 2);

  bag_slice_cache_insert (fixture->cache, 6, bag_slice_cache_peek (fixture->cache, 6));
  assert_order (fixture, "5 6");
  g_assert_cmpuint (count_free (fixture->pool), ==, N_SLOTS - 2);
}

static void
test_clear (Fixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  insert (fixture, 5);
  insert (fixture, 6);
  bag_slice_cache_clear (fixture->cache);
  assert_order (fixture, "");

  bag_pool_get_stats (fixture->pool, &stats);
  g_assert_cmpuint (stats.evictions, ==, 0);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_FREE], ==, N_SLOTS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/slice-cache/hits-and-misses", Fixture, NULL, set_up, test_hits_and_misses, tear_down);
  g_test_add ("/slice-cache/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/slice-cache/evict", Fixture, NULL, set_up, test_evict, tear_down);
  g_test_add ("/slice-cache/evict-held", Fixture, NULL, set_up, test_evict_held, tear_down);
  g_test_add ("/slice-cache/replace", Fixture, NULL, set_up, test_replace, tear_down);
  g_test_add ("/slice-cache/clear", Fixture, NULL, set_up, test_clear, tear_down);

  return g_test_run ();
}
