/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include <string.h>

#define SLOT_SIZE 1000

static void
test_states (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);

  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_FILLING);
  g_assert_cmpint (bag_slice_get_memory_policy (slice), ==, BAG_MEMORY_POLICY_SLOT);
  g_assert_true (bag_slice_set_ready (slice));
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_READY);
  g_assert_true (bag_slice_set_shown (slice, TRUE));
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_SHOWN);
  g_assert_true (bag_slice_set_shown (slice, FALSE));
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_READY);
  g_assert_true (bag_slice_quarantine (slice));
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_QUARANTINED);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_QUARANTINED], ==, 1);

  g_clear_pointer (&slice, bag_slice_unref);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 4);
  g_assert_cmpuint (get_checked_stats (pool).illegal, ==, 0);
}

static void
test_illegal (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);

  if (skip_where_fatal ())
    return;

  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*cannot change to that state*");
  g_assert_false (bag_slice_set_shown (slice, TRUE));
  g_test_assert_expected_messages ();
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_FILLING);

  /* Logged once: another warning would be fatal here. */
  g_assert_true (bag_slice_set_ready (slice));
  g_assert_false (bag_slice_set_ready (slice));
  g_assert_true (bag_slice_quarantine (slice));
  g_assert_false (bag_slice_set_ready (slice));
  g_assert_false (bag_slice_set_shown (slice, FALSE));
  g_assert_cmpuint (get_checked_stats (pool).illegal, ==, 4);
}

static void
test_doubled (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);

  if (skip_where_fatal ())
    return;

  bag_slice_unref (slice);
  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*given back twice*");
  bag_slice_unref (slice);
  g_test_assert_expected_messages ();
  bag_slice_unref (slice);
  g_assert_cmpuint (get_checked_stats (pool).doubled, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).stale, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 4);
}

/* An old handle never touches the slice that has the slot by now. */
static void
test_stale (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagSlice *old = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) slice = NULL;

  if (skip_where_fatal ())
    return;

  bag_slice_unref (old);
  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_assert_true (slice != old);
  bag_slice_set_tag (slice, 17);

  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*slot has been given back*");
  bag_slice_unref (old);
  g_test_assert_expected_messages ();
  g_assert_null (bag_slice_get_data (old));
  g_assert_false (bag_slice_set_ready (old));
  g_assert_true (bag_slice_ref (old) == old);
  bag_slice_set_tag (old, 18);
  g_assert_cmpuint (bag_slice_get_tag (old), ==, BAG_POOL_NO_TAG);
  g_assert_cmpint (bag_slice_get_state (old), ==, BAG_SLOT_FREE);
  g_assert_cmpuint (get_checked_stats (pool).stale, ==, 5);

  g_assert_cmpuint (bag_slice_get_tag (slice), ==, 17);
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_FILLING);
  g_assert_nonnull (bag_slice_get_data (slice));
}

static void
test_info (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 2);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlotInfo slots[3];

  g_assert_cmpuint (bag_slice_get_tag (slice), ==, BAG_POOL_NO_TAG);
  bag_slice_set_tag (slice, 213);
  g_assert_cmpuint (bag_pool_get_slots (pool, slots, 3), ==, 2);
  g_assert_cmpuint (bag_pool_get_slots (pool, slots, 1), ==, 1);
  g_assert_cmpuint (slots[0].tag, ==, 213);
  g_assert_cmpuint (slots[0].generation, ==, 1);
  g_assert_cmpint (slots[0].class, ==, BAG_POOL_CLASS_VIEW);
  g_assert_cmpint (slots[0].since, <=, g_get_monotonic_time ());
  g_assert_cmpint (slots[0].since, >, g_get_monotonic_time () - 60 * G_USEC_PER_SEC);
  g_assert_cmpint (slots[1].state, ==, BAG_SLOT_FREE);
  g_assert_cmpuint (slots[1].tag, ==, BAG_POOL_NO_TAG);

  /* The next user starts without the tag. */
  g_clear_pointer (&slice, bag_slice_unref);
  bag_pool_get_slots (pool, slots, 1);
  g_assert_cmpuint (slots[0].tag, ==, BAG_POOL_NO_TAG);
  slice = acquire (pool, BAG_POOL_CLASS_LOAD);
  bag_pool_get_slots (pool, slots, 1);
  g_assert_cmpuint (slots[0].generation, ==, 2);
}

/* What the last bag left behind the end of a smaller slice is gone when it is ready. */
static void
test_rest_is_cleared (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  guint8 *data = bag_slice_get_data (slice);

  memset (data, 0xab, SLOT_SIZE);
  bag_slice_unref (slice);
  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 10, NULL);
  memset (data, 1, 10);
  bag_slice_set_ready (slice);
  bag_slice_unref (slice);

  slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_assert_true (bag_slice_get_data (slice) == data);
  for (guint i = 0; i < SLOT_SIZE; i++)
    g_assert_cmpuint (data[i], ==, i < 10 ? 1 : 0);
  bag_slice_unref (slice);
}

static void
test_refs (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  GValue value = G_VALUE_INIT;

  g_value_init (&value, BAG_TYPE_SLICE);
  g_value_set_boxed (&value, slice);
  bag_slice_unref (slice);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 1);
  g_assert_nonnull (bag_slice_get_data (slice));
  g_value_unset (&value);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);

  g_value_init (&value, BAG_TYPE_POOL);
  g_value_set_boxed (&value, pool);
  g_assert_true (g_value_get_boxed (&value) == pool);
  g_value_unset (&value);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slice/states", test_states);
  g_test_add_func ("/slice/illegal", test_illegal);
  g_test_add_func ("/slice/doubled", test_doubled);
  g_test_add_func ("/slice/stale", test_stale);
  g_test_add_func ("/slice/info", test_info);
  g_test_add_func ("/slice/rest-is-cleared", test_rest_is_cleared);
  g_test_add_func ("/slice/refs", test_refs);

  return g_test_run ();
}
