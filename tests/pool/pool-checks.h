/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"
#include "pool/bag-slice.h"

/* A debug build of the program stops at the first mistake of a caller. */
static inline gboolean
skip_where_fatal (void)
{
#ifdef BAG_POOL_FATAL
  g_test_skip ("mistakes are fatal in this build");
  return TRUE;
#else
  return FALSE;
#endif
}

static inline BagPool *
new_pool (gsize slot_size, guint n_slots)
{
  g_autoptr (GError) error = NULL;
  BagPool *pool = bag_pool_new (slot_size, n_slots, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pool);

  return pool;
}

static inline BagSlice *
acquire (BagPool *pool, BagPoolClass class)
{
  g_autoptr (GError) error = NULL;
  BagPoolStats stats;
  BagSlice *slice = NULL;

  bag_pool_get_stats (pool, &stats);
  slice = bag_pool_acquire (pool, class, stats.slot_size, &error);
  g_assert_no_error (error);
  g_assert_nonnull (slice);

  return slice;
}

static inline void
assert_refused (BagPool *pool, BagPoolClass class, gsize size, BagPoolError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_pool_acquire (pool, class, size, &error));
  g_assert_error (error, BAG_POOL_ERROR, (int) code);
}

/* Whatever happened, the books have to balance. */
static inline BagPoolStats
get_checked_stats (BagPool *pool)
{
  BagPoolStats stats;
  guint by_state = 0;
  guint by_class = 0;
  guint n_counted[BAG_N_SLOT_STATES] = { 0 };
  g_autofree BagSlotInfo *slots = NULL;

  bag_pool_get_stats (pool, &stats);
  slots = g_new0 (BagSlotInfo, stats.n_slots);
  g_assert_cmpuint (bag_pool_get_slots (pool, slots, stats.n_slots), ==, stats.n_slots);

  for (guint i = 0; i < stats.n_slots; i++)
    n_counted[slots[i].state]++;
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    {
      by_state += stats.by_state[i];
      g_assert_cmpuint (n_counted[i], ==, stats.by_state[i]);
    }
  for (guint i = 0; i < BAG_POOL_N_CLASSES; i++)
    by_class += stats.by_class[i];

  g_assert_cmpuint (by_state, ==, stats.n_slots);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_FREE] + stats.in_use, ==, stats.n_slots);
  g_assert_cmpuint (by_class, <=, stats.in_use);
  g_assert_cmpuint (stats.acquires, ==, stats.reuses + stats.slots_new);
  g_assert_cmpuint (stats.acquires - stats.releases, ==, by_class + stats.n_leaving);
  g_assert_cmpuint (stats.high_water, >=, stats.in_use - stats.by_state[BAG_SLOT_QUARANTINED]);
  g_assert_cmpuint (stats.least_free, <=, stats.by_state[BAG_SLOT_FREE] + stats.by_state[BAG_SLOT_QUARANTINED]);

  return stats;
}
