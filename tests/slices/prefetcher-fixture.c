/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "prefetcher-fixture.h"

static void
on_slice_ready (BagPrefetcher *prefetcher, guint index, PrefetcherFixture *fixture)
{
  const guint16 *values = bag_slice_get_data (bag_slice_cache_peek (fixture->cache, index));

  g_assert_cmpuint (values[0], ==, 100 + index);
  g_assert_cmpuint (values[COLUMNS * ROWS - 1], ==, 100 + index);
  g_assert_cmpuint (bag_slice_get_tag (bag_slice_cache_peek (fixture->cache, index)), ==, bag_slice_tag_new (BAG_NUMBER, index));
  fixture->n_ready++;
  fixture->last_ready = index;
}

static void
on_slice_failed (BagPrefetcher *prefetcher, guint index, GError *error, PrefetcherFixture *fixture)
{
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
  fixture->n_failed++;
  fixture->last_failed = index;
}

/* Any thread. */
static void
on_pool_changed (BagPool *pool, gpointer user_data)
{
  g_atomic_int_set (&((PrefetcherFixture *) user_data)->is_changed, 1);
  g_main_context_wakeup (NULL);
}

gboolean
prefetcher_serve (PrefetcherFixture *fixture)
{
  if (fixture->prefetcher != NULL && g_atomic_int_compare_and_exchange (&fixture->is_changed, 1, 0))
    bag_prefetcher_pool_changed (fixture->prefetcher);

  return TRUE;
}

void
prefetcher_set_up (PrefetcherFixture *fixture, gconstpointer data)
{
  const PrefetcherSetup *setup = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BagScan) scan = NULL;

  fixture->n_slots = setup->n_slots;
  fixture->n_slices = setup->n_slices;
  fixture->pool = bag_pool_new (SLICE_BYTES, setup->n_slots, &error);
  g_assert_no_error (error);
  bag_pool_set_change_func (fixture->pool, on_pool_changed, fixture);
  fixture->gate = bag_gate_new (setup->is_open);
  fixture->cache = bag_slice_cache_new (fixture->pool, setup->n_slices);
  scan = bag_gated_scan_new (fixture->gate, "BAG", COLUMNS, ROWS, setup->n_slices);
  fixture->prefetcher = bag_prefetcher_new (scan, fixture->pool, fixture->cache, NULL, BAG_NUMBER);
  g_signal_connect (fixture->prefetcher, "slice-ready", G_CALLBACK (on_slice_ready), fixture);
  g_signal_connect (fixture->prefetcher, "slice-failed", G_CALLBACK (on_slice_failed), fixture);
}

void
prefetcher_get_stats (PrefetcherFixture *fixture, BagPoolStats *stats)
{
  bag_pool_get_stats (fixture->pool, stats);
}

guint
prefetcher_count_free (PrefetcherFixture *fixture)
{
  BagPoolStats stats;

  prefetcher_get_stats (fixture, &stats);

  return stats.by_state[BAG_SLOT_FREE];
}

/* Slots that a division gave up and that are filled meanwhile come home with their result. */
guint
prefetcher_count_leaving (PrefetcherFixture *fixture)
{
  BagPoolStats stats;

  prefetcher_get_stats (fixture, &stats);

  return stats.n_leaving;
}

void
prefetcher_give_back (PrefetcherFixture *fixture)
{
  for (guint i = 0; i < MAX_TAKEN; i++)
    g_clear_pointer (&fixture->taken[i], bag_slice_unref);
}

/* Every slot comes home, whatever happened. */
void
prefetcher_tear_down (PrefetcherFixture *fixture, gconstpointer data)
{
  prefetcher_give_back (fixture);
  if (fixture->prefetcher != NULL)
    {
      bag_prefetcher_stop (fixture->prefetcher);
      g_assert_finalize_object (fixture->prefetcher);
      fixture->prefetcher = NULL;
    }
  g_clear_pointer (&fixture->cache, bag_slice_cache_free);
  bag_gate_open (fixture->gate);
  prefetcher_wait_until (prefetcher_count_free (fixture) == fixture->n_slots);
  bag_test_drain ();
  bag_pool_set_change_func (fixture->pool, NULL, NULL);
  bag_gate_unref (fixture->gate);
  bag_pool_unref (fixture->pool);
}

BagSliceState
prefetcher_state_of (PrefetcherFixture *fixture, guint index)
{
  return bag_prefetcher_get_state (fixture->prefetcher, index);
}

gboolean
prefetcher_is_quiet (PrefetcherFixture *fixture)
{
  return bag_prefetcher_get_n_in_flight (fixture->prefetcher) == 0;
}

void
prefetcher_take (PrefetcherFixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_assert_null (fixture->taken[i]);
      fixture->taken[i] = bag_pool_acquire (fixture->pool, BAG_POOL_CLASS_VIEW, SLICE_BYTES, NULL);
      g_assert_nonnull (fixture->taken[i]);
    }
}
