/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "prefetcher-fixture.h"

/* What the figures say of slices got in advance. */

static const PrefetcherSetup whole = { 64, 40, TRUE };
static const PrefetcherSetup window_open = { 16, 100, TRUE };
static const PrefetcherSetup window_closed = { 16, 100, FALSE };

static BagPoolStats
get_stats (PrefetcherFixture *fixture)
{
  BagPoolStats stats;
  guint n_absent = 0;

  prefetcher_get_stats (fixture, &stats);
  for (guint i = 0; i < fixture->n_slices; i++)
    n_absent += prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_ABSENT ? 1 : 0;
  g_assert_cmpuint (stats.n_queued, <=, n_absent);
  if (fixture->n_slots > fixture->n_slices + 2)
    g_assert_cmpuint (stats.n_queued, ==, n_absent);

  return stats;
}

/* The first look at a slice counts, the others do not; the one that was asked for is none. */
static void
test_hit (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 0);
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == fixture->n_slices);
  g_assert_cmpuint (get_stats (fixture).prefetch_hits, ==, 0);
  g_assert_cmpuint (get_stats (fixture).fills, ==, fixture->n_slices);
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < 5; i++)
      bag_prefetcher_focus (fixture->prefetcher, i);
  g_assert_cmpuint (get_stats (fixture).prefetch_hits, ==, 4);
  g_assert_cmpuint (get_stats (fixture).prefetch_late, ==, 0);
  g_assert_cmpuint (get_stats (fixture).prefetch_wasted, ==, 0);
  g_assert_cmpuint (get_stats (fixture).hits, ==, 15);
  g_assert_cmpuint (get_stats (fixture).misses, ==, 1);
}

/* Under way when it is asked for, however often; and no hit when it has come. */
static void
test_late (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 10);
  bag_test_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  g_assert_cmpint (prefetcher_state_of (fixture, 11), ==, BAG_SLICE_STATE_LOADING);
  bag_prefetcher_focus (fixture->prefetcher, 11);
  bag_prefetcher_focus (fixture->prefetcher, 10);
  bag_prefetcher_focus (fixture->prefetcher, 11);
  g_assert_cmpuint (get_stats (fixture).prefetch_late, ==, 1);
  g_assert_cmpuint (get_stats (fixture).misses, ==, 4);

  bag_gate_open (fixture->gate);
  prefetcher_wait_until (prefetcher_state_of (fixture, 11) == BAG_SLICE_STATE_READY);
  bag_prefetcher_focus (fixture->prefetcher, 11);
  g_assert_cmpuint (get_stats (fixture).prefetch_hits, ==, 0);
  g_assert_cmpuint (get_stats (fixture).hits, ==, 1);
}

/* Dropped to make room before anybody came; those that were looked at are not wasted. */
static void
test_wasted (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 10);
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == 14);
  bag_prefetcher_focus (fixture->prefetcher, 80);
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && prefetcher_state_of (fixture, 10) == BAG_SLICE_STATE_ABSENT);
  g_assert_cmpuint (get_stats (fixture).evictions, ==, 14);
  g_assert_cmpuint (get_stats (fixture).prefetch_wasted, ==, 13);
  g_assert_cmpuint (get_stats (fixture).prefetch_hits, ==, 0);

  bag_prefetcher_focus (fixture->prefetcher, 81);
  bag_prefetcher_stop (fixture->prefetcher);
  bag_slice_cache_clear (fixture->cache);
  g_assert_cmpuint (get_stats (fixture).prefetch_hits, ==, 1);
  g_assert_cmpuint (get_stats (fixture).prefetch_wasted, <=, 13 + 2); /* room for what is begun at once */
}

/* The queue as counted on the way is the queue as counted slice by slice, at every turn. */
static void
test_queue (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 0);
  g_assert_cmpuint (get_stats (fixture).n_queued, ==, fixture->n_slices - 2);
  for (guint i = 0; i < 200; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, (guint) g_test_rand_int_range (0, (gint32) fixture->n_slices));
      g_main_context_iteration (NULL, FALSE);
      get_stats (fixture);
      if (i % 50 == 20)
        bag_prefetcher_clear (fixture->prefetcher);
      get_stats (fixture);
    }
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == fixture->n_slices);
  g_assert_cmpuint (get_stats (fixture).n_queued, ==, 0);
  g_assert_cmpuint (get_stats (fixture).n_waiting, ==, 0);

  bag_prefetcher_clear (fixture->prefetcher);
  g_assert_cmpuint (get_stats (fixture).n_queued, >, 0);
}

/* Nothing is wanted any more, and slots that are still written to are set aside. */
static void
test_stopped (PrefetcherFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  bag_prefetcher_focus (fixture->prefetcher, 0);
  bag_test_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  bag_prefetcher_stop (fixture->prefetcher);
  bag_prefetcher_stop (fixture->prefetcher);
  bag_prefetcher_clear (fixture->prefetcher);
  prefetcher_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_queued + stats.n_waiting, ==, 0);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_QUARANTINED], ==, 2);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_FREE], ==, fixture->n_slots - 2);

  bag_gate_open (fixture->gate);
  bag_test_wait_until (prefetcher_count_free (fixture) == fixture->n_slots);
  prefetcher_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_QUARANTINED], ==, 0);
}

#define ADD(path, setup, function) g_test_add ("/prefetch-outcome/" path, PrefetcherFixture, &(setup), prefetcher_set_up, function, prefetcher_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("hit", whole, test_hit);
  ADD ("late", window_closed, test_late);
  ADD ("wasted", window_open, test_wasted);
  ADD ("queue", whole, test_queue);
  ADD ("stopped", window_closed, test_stopped);

  return g_test_run ();
}
