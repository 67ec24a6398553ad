/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "prefetcher-fixture.h"

static const PrefetcherSetup large = { 22, 20, FALSE };
static const PrefetcherSetup large_open = { 22, 20, TRUE };
static const PrefetcherSetup window_open = { 16, 600, TRUE };
static const PrefetcherSetup window_closed = { 16, 600, FALSE };
static const PrefetcherSetup tiny = { 8, 40, FALSE };

static void
test_whole_scan (PrefetcherFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  bag_prefetcher_focus (fixture->prefetcher, 0);
  g_assert_cmpint (prefetcher_state_of (fixture, 0), ==, BAG_SLICE_STATE_LOADING);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == fixture->n_slices);
  g_assert_cmpuint (fixture->n_ready, ==, fixture->n_slices);
  g_assert_true (prefetcher_is_quiet (fixture));

  prefetcher_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.misses, ==, 1);
  g_assert_cmpuint (stats.by_class[BAG_POOL_CLASS_VIEW], ==, 1);
  g_assert_cmpuint (stats.by_class[BAG_POOL_CLASS_LOAD], ==, fixture->n_slices - 1);
  g_assert_cmpuint (stats.refused_exhausted, ==, 0);
  for (guint i = 0; i < fixture->n_slices; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, i);
      g_assert_cmpint (prefetcher_state_of (fixture, i), ==, BAG_SLICE_STATE_READY);
    }
  g_assert_cmpuint (bag_gate_get_n_reads (fixture->gate), ==, fixture->n_slices);
}

/* Two in the background; a third place is for the slice looked at. */
static void
test_in_flight_bound (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 5);
  g_assert_cmpuint (bag_prefetcher_get_n_in_flight (fixture->prefetcher), ==, 2);
  bag_prefetcher_focus (fixture->prefetcher, 12);
  g_assert_cmpuint (bag_prefetcher_get_n_in_flight (fixture->prefetcher), ==, 3);
  bag_prefetcher_focus (fixture->prefetcher, 17);
  g_assert_cmpuint (bag_prefetcher_get_n_in_flight (fixture->prefetcher), ==, 3);
  g_assert_cmpint (prefetcher_state_of (fixture, 17), ==, BAG_SLICE_STATE_ABSENT);

  bag_gate_open (fixture->gate);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == fixture->n_slices);
  g_assert_cmpuint (bag_gate_get_most_at_once (fixture->gate), <=, 3);
}

/* What the operator looks at is got next, however much of the plan is missing. */
static void
test_view_first (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 0);
  prefetcher_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  bag_prefetcher_focus (fixture->prefetcher, 15);
  prefetcher_wait_until (bag_gate_get_n_reads (fixture->gate) == 3);
  g_assert_cmpuint (bag_gate_get_read (fixture->gate, 2), ==, 15);

  bag_prefetcher_focus (fixture->prefetcher, 9);
  bag_gate_let_pass (fixture->gate, 1);
  prefetcher_wait_until (bag_gate_get_n_reads (fixture->gate) == 4);
  g_assert_cmpuint (bag_gate_get_read (fixture->gate, 3), ==, 9);
}

static void
test_reversal (PrefetcherFixture *fixture, gconstpointer data)
{
  guint n_behind = 0;

  bag_prefetcher_focus (fixture->prefetcher, 300);
  bag_prefetcher_focus (fixture->prefetcher, 301);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) >= 14 && prefetcher_is_quiet (fixture));
  for (guint i = 0; i < 301; i++)
    n_behind += prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY ? 1 : 0;
  g_assert_cmpuint (n_behind, ==, 3); /* a quarter of 13 neighbours */

  bag_prefetcher_focus (fixture->prefetcher, 300);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) >= 14 && prefetcher_is_quiet (fixture));
  n_behind = 0;
  for (guint i = 301; i < 600; i++)
    n_behind += prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY ? 1 : 0;
  g_assert_cmpuint (n_behind, ==, 6); /* half of them: one step to, and one fro */
  g_assert_cmpint (prefetcher_state_of (fixture, 293), ==, BAG_SLICE_STATE_READY);

  for (guint i = 299; i > 240; i--)
    bag_prefetcher_focus (fixture->prefetcher, i);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) >= 14 && prefetcher_is_quiet (fixture));
  n_behind = 0;
  for (guint i = 242; i < 600; i++)
    n_behind += prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY ? 1 : 0;
  g_assert_cmpuint (n_behind, ==, 3);
}

/* Work that has become useless is cancelled; its result counts no more, even when the
 * same slice is wanted again by then. */
static void
test_stale_result (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 10);
  prefetcher_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  bag_prefetcher_focus (fixture->prefetcher, 500);
  g_assert_cmpint (prefetcher_state_of (fixture, 10), ==, BAG_SLICE_STATE_ABSENT);
  g_assert_cmpint (prefetcher_state_of (fixture, 11), ==, BAG_SLICE_STATE_ABSENT);
  bag_prefetcher_focus (fixture->prefetcher, 10);
  g_assert_cmpint (prefetcher_state_of (fixture, 500), ==, BAG_SLICE_STATE_ABSENT);

  /* One of the first two: nobody wants it any more, by identity. */
  bag_gate_let_pass (fixture->gate, 1);
  prefetcher_wait_until (bag_gate_get_n_reads (fixture->gate) >= 4 || prefetcher_state_of (fixture, 10) == BAG_SLICE_STATE_LOADING);
  g_assert_cmpuint (fixture->n_ready, ==, 0);

  bag_gate_open (fixture->gate);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == 14 && prefetcher_is_quiet (fixture));
  g_assert_cmpuint (fixture->n_ready, ==, 14);
  g_assert_cmpuint (fixture->n_failed, ==, 0);
}

/* Two reads wait at the gate, a third request waits for nothing: it must not begin. */
static void
test_cancel_before (PrefetcherFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    bag_prefetcher_focus (fixture->prefetcher, 30 * i);
  g_assert_cmpuint (bag_prefetcher_get_n_in_flight (fixture->prefetcher), <=, 3);
  bag_gate_open (fixture->gate);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == 14 && prefetcher_is_quiet (fixture));

  /* The first ones, and the 14 around the last. */
  g_assert_cmpuint (bag_gate_get_n_reads (fixture->gate), <=, 3 + 14);
  g_assert_cmpuint (fixture->n_ready, ==, 14);
  g_assert_cmpint (prefetcher_state_of (fixture, 570), ==, BAG_SLICE_STATE_READY);
}

static void
test_stop_during (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 3);
  prefetcher_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  bag_prefetcher_stop (fixture->prefetcher);
  g_assert_cmpint (prefetcher_state_of (fixture, 3), ==, BAG_SLICE_STATE_ABSENT);
  g_assert_cmpuint (prefetcher_count_free (fixture), ==, fixture->n_slots - 2);
  bag_prefetcher_focus (fixture->prefetcher, 4);
  bag_gate_open (fixture->gate);
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
  g_assert_cmpuint (fixture->n_ready, ==, 0);
}

/* The prefetcher goes, the workers still write: into slots that are theirs until then. */
static void
test_finalize_during (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 3);
  prefetcher_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  g_assert_finalize_object (fixture->prefetcher);
  fixture->prefetcher = NULL;
  g_clear_pointer (&fixture->cache, bag_slice_cache_free);
  g_assert_cmpuint (prefetcher_count_free (fixture), ==, fixture->n_slots - 2);
}

static void
test_stop_after (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 3);
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == fixture->n_slices);
  bag_prefetcher_stop (fixture->prefetcher);
  g_assert_cmpuint (bag_prefetcher_get_n_ready (fixture->prefetcher), ==, 0);
  bag_prefetcher_stop (fixture->prefetcher);
}

/* Tried again each time that the operator comes back, for it has cost no decoder its life; prefetch leaves it alone. */
static void
test_failure (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_gate_set_failing (fixture->gate, 7);
  bag_prefetcher_focus (fixture->prefetcher, 5);
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
  g_assert_cmpint (prefetcher_state_of (fixture, 7), ==, BAG_SLICE_STATE_FAILED);
  g_assert_error (bag_prefetcher_get_error (fixture->prefetcher, 7), BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
  g_assert_cmpuint (bag_prefetcher_get_n_ready (fixture->prefetcher), ==, fixture->n_slices - 1);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpuint (fixture->last_failed, ==, 7);

  bag_prefetcher_focus (fixture->prefetcher, 6);
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  for (guint i = 0; i < 4; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, 7);
      prefetcher_wait_until (prefetcher_is_quiet (fixture));
      bag_prefetcher_focus (fixture->prefetcher, 8);
    }
  g_assert_cmpuint (fixture->n_failed, ==, 5);
  g_assert_cmpint (prefetcher_state_of (fixture, 7), ==, BAG_SLICE_STATE_FAILED);
}

static void
test_failure_mended (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_gate_set_failing (fixture->gate, 7);
  bag_prefetcher_focus (fixture->prefetcher, 5);
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
  bag_gate_set_failing (fixture->gate, BAG_GATE_NONE);
  bag_prefetcher_focus (fixture->prefetcher, 7);
  g_assert_cmpint (prefetcher_state_of (fixture, 7), ==, BAG_SLICE_STATE_LOADING);
  g_assert_null (bag_prefetcher_get_error (fixture->prefetcher, 7));
  prefetcher_wait_until (prefetcher_state_of (fixture, 7) == BAG_SLICE_STATE_READY);
}

/* Others hold all slots: the slice asked for comes all the same, from the heap; what is got
 * in advance waits in the queue, and is not asked for again every turn. */
static void
test_exhausted (PrefetcherFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  prefetcher_take (fixture, fixture->n_slots);
  bag_prefetcher_focus (fixture->prefetcher, 9);
  prefetcher_wait_until (prefetcher_state_of (fixture, 9) == BAG_SLICE_STATE_READY);
  for (guint i = 0; i < 10; i++)
    {
      bag_test_drain ();
      bag_prefetcher_pool_changed (fixture->prefetcher);
    }
  prefetcher_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.refused_exhausted, ==, 2);
  g_assert_cmpuint (stats.heap_fallbacks, ==, 1);
  g_assert_cmpuint (stats.heap_in_use, ==, 1);
  g_assert_cmpuint (stats.heap_bytes, ==, SLICE_BYTES);
  g_assert_cmpuint (stats.n_queued, ==, 13);
  g_assert_cmpuint (stats.n_waiting, ==, 13);
  g_assert_cmpint (prefetcher_state_of (fixture, 10), ==, BAG_SLICE_STATE_ABSENT);

  g_clear_pointer (&fixture->taken[0], bag_slice_unref);
  g_clear_pointer (&fixture->taken[1], bag_slice_unref);
  g_clear_pointer (&fixture->taken[2], bag_slice_unref);
  prefetcher_wait_until (prefetcher_state_of (fixture, 10) == BAG_SLICE_STATE_READY);
  prefetcher_give_back (fixture);
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == 14);
}

/* All slots are gone for good: scrolling goes on, in a bounded amount of other memory. */
static void
test_scroll_without_slots (PrefetcherFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  prefetcher_take (fixture, fixture->n_slots);
  for (guint i = 0; i < 60; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, i);
      prefetcher_wait_until (prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY);
      prefetcher_get_stats (fixture, &stats);
      g_assert_cmpuint (stats.heap_in_use, <=, fixture->n_slots);
    }
  g_assert_cmpuint (stats.heap_fallbacks, ==, 60);
  prefetcher_give_back (fixture);
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == 14);
}

/* Half of the slots are gone: scrolling goes on with what is left. */
static void
test_scroll_when_taken (PrefetcherFixture *fixture, gconstpointer data)
{
  prefetcher_take (fixture, 10);
  for (guint i = 0; i < 60; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, i);
      prefetcher_wait_until (prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY);
    }
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
}

static void
test_scroll_through (PrefetcherFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  for (guint i = 0; i < fixture->n_slices; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, i);
      prefetcher_wait_until (prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY);
    }
  prefetcher_wait_until (bag_prefetcher_get_n_ready (fixture->prefetcher) == 14 && prefetcher_is_quiet (fixture));
  prefetcher_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_slots, ==, 16);
  g_assert_cmpuint (stats.slots_new, <=, 16);
  g_assert_cmpuint (stats.acquires, >=, 600);
  g_assert_cmpuint (stats.refused_exhausted, ==, 0);
  g_assert_cmpuint (stats.heap_fallbacks, ==, 0);
  g_assert_cmpuint (bag_prefetcher_get_n_ready (fixture->prefetcher), ==, 14);
  for (guint i = fixture->n_slices - 14; i < fixture->n_slices; i++)
    g_assert_cmpint (prefetcher_state_of (fixture, i), ==, BAG_SLICE_STATE_READY);
}

static void
test_shown_stays (PrefetcherFixture *fixture, gconstpointer data)
{
  bag_prefetcher_focus (fixture->prefetcher, 0);
  prefetcher_wait_until (prefetcher_state_of (fixture, 0) == BAG_SLICE_STATE_READY);
  bag_slice_set_shown (bag_slice_cache_peek (fixture->cache, 0), TRUE);
  for (guint i = 1; i < 100; i++)
    {
      bag_prefetcher_focus (fixture->prefetcher, i);
      prefetcher_wait_until (prefetcher_state_of (fixture, i) == BAG_SLICE_STATE_READY);
      g_assert_cmpint (prefetcher_state_of (fixture, 0), ==, BAG_SLICE_STATE_READY);
    }
}

static void
test_division (PrefetcherFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  bag_prefetcher_focus (fixture->prefetcher, 10);
  prefetcher_wait_until (prefetcher_is_quiet (fixture));
  bag_pool_divide (fixture->pool, SLICE_BYTES, 9, &error);
  g_assert_no_error (error);
  fixture->n_slots = 9;
  prefetcher_wait_until (prefetcher_is_quiet (fixture) && bag_prefetcher_get_n_ready (fixture->prefetcher) == 7);
  prefetcher_wait_until (prefetcher_count_leaving (fixture) == 0);
  g_assert_cmpint (prefetcher_state_of (fixture, 10), ==, BAG_SLICE_STATE_READY);
}

typedef struct
{
  guint n_signals;
  guint first, last;
} Range;

static void
on_state_changed (BagPrefetcher *prefetcher, guint first, guint last, Range *range)
{
  g_assert_cmpuint (first, <=, last);
  range->n_signals++;
  range->first = MIN (range->first, first);
  range->last = MAX (range->last, last);
}

static void
test_state_changed (PrefetcherFixture *fixture, gconstpointer data)
{
  Range range = { 0, G_MAXUINT, 0 };

  g_signal_connect (fixture->prefetcher, "state-changed", G_CALLBACK (on_state_changed), &range);
  bag_prefetcher_focus (fixture->prefetcher, 10);
  g_assert_cmpuint (range.n_signals, ==, 1);
  g_assert_cmpuint (range.first, ==, 10);
  g_assert_cmpuint (range.last, ==, 11);
  bag_prefetcher_focus (fixture->prefetcher, 10);
  g_assert_cmpuint (range.n_signals, ==, 1);
}

#define ADD(path, setup, function) g_test_add ("/prefetcher/" path, PrefetcherFixture, &(setup), prefetcher_set_up, function, prefetcher_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("whole-scan", large_open, test_whole_scan);
  ADD ("in-flight-bound", large, test_in_flight_bound);
  ADD ("view-first", large, test_view_first);
  ADD ("reversal", window_open, test_reversal);
  ADD ("stale-result", window_closed, test_stale_result);
  ADD ("cancel-before", window_closed, test_cancel_before);
  ADD ("stop-during", large, test_stop_during);
  ADD ("finalize-during", large, test_finalize_during);
  ADD ("stop-after", large_open, test_stop_after);
  ADD ("failure", large_open, test_failure);
  ADD ("failure-mended", large_open, test_failure_mended);
  ADD ("exhausted", window_open, test_exhausted);
  ADD ("scroll-without-slots", window_open, test_scroll_without_slots);
  ADD ("scroll-when-taken", window_open, test_scroll_when_taken);
  ADD ("scroll-through", window_open, test_scroll_through);
  ADD ("shown-stays", window_open, test_shown_stays);
  ADD ("division", large_open, test_division);
  ADD ("state-changed", tiny, test_state_changed);

  return g_test_run ();
}
