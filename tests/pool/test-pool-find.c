/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#define SLOT_SIZE 1000

/* Logged now, and from now on only counted. */
static void
expect_foreign (BagPool *pool)
{
  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*belongs to no slice*");
  g_assert_null (bag_pool_find_slice (pool, &pool));
  g_test_assert_expected_messages ();
}

static void
test_find_slice (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) heap = bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, 10 * SLOT_SIZE, NULL);
  guint8 *data = bag_slice_get_data (slice);

  if (skip_where_fatal ())
    return;

  expect_foreign (pool);
  g_assert_true (bag_pool_find_slice (pool, data) == slice);
  g_assert_true (bag_pool_find_slice (pool, bag_slice_get_data (heap)) == heap);

  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*inside of a slice*");
  g_assert_null (bag_pool_find_slice (pool, data + 64));
  g_test_assert_expected_messages ();
  g_assert_null (bag_pool_find_slice (pool, (guint8 *) bag_slice_get_data (heap) + 1));
  g_assert_cmpuint (get_checked_stats (pool).interior, ==, 2);

  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*has been given back*");
  g_assert_null (bag_pool_find_slice (pool, data + 1024));
  g_test_assert_expected_messages ();
  g_assert_cmpuint (get_checked_stats (pool).stale, ==, 1);

  g_assert_null (bag_pool_find_slice (pool, data - 1024));
  g_assert_null (bag_pool_find_slice (pool, data + 4 * 1024));
  g_assert_cmpuint (get_checked_stats (pool).foreign, ==, 3);
}

/* Also of a slot that belongs to an earlier cut. */
static void
test_find_leaving (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (1 << 20, 4096, 4, NULL);
  BagSlice *first = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) second = acquire (pool, BAG_POOL_CLASS_VIEW);
  guint8 *data = bag_slice_get_data (second);

  if (skip_where_fatal ())
    return;

  bag_slice_unref (first);
  g_assert_true (bag_pool_divide (pool, 3 * 4096, 3, NULL));
  expect_foreign (pool);
  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*inside of a slice*");
  g_assert_null (bag_pool_find_slice (pool, data + 4096));
  g_test_assert_expected_messages ();
  g_assert_true (bag_pool_find_slice (pool, data) == second);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/find/slice", test_find_slice);
  g_test_add_func ("/pool/find/leaving", test_find_leaving);

  return g_test_run ();
}
