/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-pool-history.h"

#include <math.h>

/* Times are made up: the history has no clock. */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define LAST (BAG_POOL_HISTORY_SAMPLES - 1)

static BagPoolStats
new_stats (guint n_slots, guint n_view, guint n_load, guint n_prefetch)
{
  BagPoolStats stats = { .n_slots = n_slots, .in_use = n_view + n_load + n_prefetch };

  stats.by_class[BAG_POOL_CLASS_VIEW] = n_view;
  stats.by_class[BAG_POOL_CLASS_LOAD] = n_load;
  stats.by_class[BAG_POOL_CLASS_PREFETCH] = n_prefetch;
  stats.by_state[BAG_SLOT_READY] = stats.in_use;
  stats.by_state[BAG_SLOT_FREE] = n_slots - stats.in_use;

  return stats;
}

static void
assert_near (double value, double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-6);
}

static void
assert_shares (const BagPoolSample *sample, double view, double load, double prefetch, double quarantined)
{
  g_assert_true (sample->is_known);
  assert_near ((double) sample->shares[BAG_POOL_BAND_VIEW], view);
  assert_near ((double) sample->shares[BAG_POOL_BAND_LOAD], load);
  assert_near ((double) sample->shares[BAG_POOL_BAND_PREFETCH], prefetch);
  assert_near ((double) sample->shares[BAG_POOL_BAND_QUARANTINED], quarantined);
}

static guint
count_known (const BagPoolHistory *history)
{
  guint n = 0;

  for (guint i = 0; i < BAG_POOL_HISTORY_SAMPLES; i++)
    n += bag_pool_history_get_sample (history, i)->is_known;

  return n;
}

static void
test_empty (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = { 0 };
  double rate = 1;

  bag_pool_history_pause (history, START);
  g_assert_cmpuint (count_known (history), ==, 0);
  g_assert_false (bag_pool_history_get_hit_rate (history, &rate));
  assert_near (rate, 0);
  assert_near (bag_pool_history_get_occupancy (history), 0);
  assert_near (bag_pool_history_get_fills_per_second (history), 0);

  /* No pool: no slots, and no share of them. */
  g_assert_true (bag_pool_history_add (history, START, &stats));
  assert_shares (bag_pool_history_get_sample (history, LAST), 0, 0, 0, 0);
  g_assert_false (bag_pool_history_add (history, START + SECOND, &stats));
}

/* Ten times a second for five seconds: what is counted before the first look is not told. */
static void
test_steady (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (100, 1, 20, 9);
  double rate = 0;

  stats.hits = stats.misses = stats.fills = 1000000;
  for (guint i = 0; i < 50; i++)
    {
      g_assert_true (bag_pool_history_add (history, START + i * SECOND / 10, &stats));
      stats.hits += 3;
      stats.misses += 1;
      stats.fills += 20;
      stats.acquires += 20;
    }

  g_assert_cmpuint (count_known (history), ==, 20);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0.01, 0.2, 0.09, 0);
  assert_near (bag_pool_history_get_occupancy (history), 0.3);
  g_assert_true (bag_pool_history_get_hit_rate (history, &rate));
  assert_near (rate, 0.75);
  assert_near (bag_pool_history_get_fills_per_second (history), 200);
  assert_near (bag_pool_history_get_most_fills_per_second (history), 3 * 20 * 4);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST - 19)->fills, ==, 40);
}

/* What was in memory stays there, and nothing happened. */
static void
test_idle (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (16, 2, 0, 12);

  bag_pool_history_add (history, START, &stats);
  stats.fills = 5;
  g_assert_true (bag_pool_history_add (history, START + SECOND, &stats));
  for (guint i = 0; i < 30; i++)
    g_assert_false (bag_pool_history_add (history, START + (2 + i) * SECOND, &stats));
  g_assert_cmpuint (count_known (history), ==, 5);

  stats.fills = 6;
  g_assert_true (bag_pool_history_add (history, START + 40 * SECOND, &stats));
  g_assert_cmpuint (count_known (history), ==, 161);
  for (guint i = 0; i <= 160; i++)
    {
      const BagPoolSample *sample = bag_pool_history_get_sample (history, LAST - i);

      assert_shares (sample, 2 / 16.0, 0, 12 / 16.0, 0);
      g_assert_cmpuint (sample->fills, ==, i == 0 ? 1 : (i == 156 ? 5 : 0));
    }
}

/* Between the two looks lies more than the strip, and more than once around the ring. */
static void
test_long_idle (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (10, 1, 0, 0);
  double rate = 0;

  bag_pool_history_add (history, START, &stats);
  stats.hits = 7;
  bag_pool_history_add (history, START + SECOND, &stats);
  g_assert_true (bag_pool_history_get_hit_rate (history, &rate));

  stats = new_stats (10, 2, 0, 0);
  stats.hits = 7;
  bag_pool_history_add (history, START + 3600 * SECOND, &stats);
  g_assert_cmpuint (count_known (history), ==, BAG_POOL_HISTORY_SAMPLES);
  assert_shares (bag_pool_history_get_sample (history, 0), 0.1, 0, 0, 0);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0.2, 0, 0, 0);
  g_assert_false (bag_pool_history_get_hit_rate (history, &rate));
}

/* The sample of a minute ago has gone, the next oldest is there. */
static void
test_ring (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (1000, 0, 0, 0);

  for (guint i = 0; i < 1000; i++)
    {
      stats.in_use = stats.by_class[BAG_POOL_CLASS_LOAD] = i;
      stats.fills = i;
      bag_pool_history_add (history, START + (gint64) i * BAG_POOL_HISTORY_PERIOD, &stats);
    }

  for (guint i = 0; i < BAG_POOL_HISTORY_SAMPLES; i++)
    {
      const BagPoolSample *sample = bag_pool_history_get_sample (history, i);

      assert_shares (sample, 0, (760 + i) / 1000.0, 0, 0);
      g_assert_cmpuint (sample->fills, ==, 1);
    }
}

/* Ten seconds watched, twenty hidden, and what happened meanwhile is not added anywhere. */
static void
test_gap (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (10, 1, 0, 0);

  bag_pool_history_add (history, START, &stats);
  bag_pool_history_pause (history, START + 10 * SECOND);
  bag_pool_history_pause (history, START + 20 * SECOND);
  stats.fills = stats.hits = 500;
  g_assert_true (bag_pool_history_add (history, START + 30 * SECOND, &stats));

  g_assert_cmpuint (count_known (history), ==, 41 + 1);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0.1, 0, 0, 0);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->fills, ==, 0);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->hits, ==, 0);
  for (guint i = 1; i < 80; i++)
    g_assert_false (bag_pool_history_get_sample (history, LAST - i)->is_known);
  g_assert_true (bag_pool_history_get_sample (history, LAST - 80)->is_known);
  g_assert_true (bag_pool_history_get_sample (history, LAST - 120)->is_known);
  g_assert_false (bag_pool_history_get_sample (history, LAST - 121)->is_known);

  /* Looked at again: that is new by itself. */
  bag_pool_history_pause (history, START + 30 * SECOND);
  g_assert_true (bag_pool_history_add (history, START + 31 * SECOND, &stats));
  g_assert_false (bag_pool_history_add (history, START + 32 * SECOND, &stats));
}

/* Any counter that is less than before tells that all began again. */
static void
test_reset (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (10, 1, 0, 0);

  stats.hits = 100, stats.misses = 50, stats.fills = 30, stats.acquires = 40;
  bag_pool_history_add (history, START, &stats);
  stats.hits = 0, stats.misses = 0, stats.fills = 0, stats.acquires = 1;
  g_assert_true (bag_pool_history_add (history, START + SECOND, &stats));
  stats.hits = 2, stats.fills = 3, stats.acquires = 4;
  g_assert_true (bag_pool_history_add (history, START + 2 * SECOND, &stats));

  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST - 4)->hits, ==, 0);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST - 4)->fills, ==, 0);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->hits, ==, 2);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->fills, ==, 3);
  assert_near (bag_pool_history_get_fills_per_second (history), 3);
}

/* Another pool: fewer acquires, but already more fills than the former. */
static void
test_exchange (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (600, 1, 0, 0);

  stats.hits = 1, stats.misses = 1, stats.fills = 1, stats.acquires = 900;
  bag_pool_history_add (history, START, &stats);
  stats = new_stats (16, 1, 0, 7);
  stats.hits = 400, stats.misses = 400, stats.fills = 400, stats.acquires = 401;
  g_assert_true (bag_pool_history_add (history, START + SECOND, &stats));

  for (guint i = 0; i < BAG_POOL_HISTORY_SAMPLES; i++)
    g_assert_cmpuint (bag_pool_history_get_sample (history, i)->fills, ==, 0);
  assert_shares (bag_pool_history_get_sample (history, LAST), 1 / 16.0, 0, 7 / 16.0, 0);
}

static void
test_extremes (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (10, 1, 0, 0);

  bag_pool_history_add (history, START, &stats);
  stats.fills = 7;
  bag_pool_history_add (history, START, &stats);
  stats.fills = 0;
  bag_pool_history_add (history, START, &stats);
  stats.fills = G_MAXUINT64;
  bag_pool_history_add (history, START, &stats);
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->fills, ==, G_MAXUINT);

  /* Told late: it belongs to the newest sample. */
  stats.hits = 1;
  g_assert_true (bag_pool_history_add (history, START - 10 * SECOND, &stats));
  g_assert_cmpuint (bag_pool_history_get_sample (history, LAST)->hits, ==, 1);
  g_assert_cmpuint (count_known (history), ==, 1);
  stats.hits = 2;
  g_assert_true (bag_pool_history_add (history, START + BAG_POOL_HISTORY_PERIOD, &stats));
  g_assert_cmpuint (count_known (history), ==, 2);
}

/* Each slot counts once: lost ones stand in a class as well, overlapped ones in none. */
static void
test_quarantined (void)
{
  g_autoptr (BagPoolHistory) history = bag_pool_history_new ();
  BagPoolStats stats = new_stats (10, 2, 1, 3);

  stats.by_state[BAG_SLOT_QUARANTINED] = 2;
  bag_pool_history_add (history, START, &stats);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0.2, 0.1, 0.1, 0.2);

  stats.in_use = 8;
  bag_pool_history_add (history, START, &stats);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0.2, 0.1, 0.3, 0.2);

  stats = new_stats (10, 2, 1, 1);
  stats.by_state[BAG_SLOT_QUARANTINED] = 4;
  bag_pool_history_add (history, START, &stats);
  assert_shares (bag_pool_history_get_sample (history, LAST), 0, 0, 0, 0.4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool-history/empty", test_empty);
  g_test_add_func ("/pool-history/steady", test_steady);
  g_test_add_func ("/pool-history/idle", test_idle);
  g_test_add_func ("/pool-history/long-idle", test_long_idle);
  g_test_add_func ("/pool-history/ring", test_ring);
  g_test_add_func ("/pool-history/gap", test_gap);
  g_test_add_func ("/pool-history/reset", test_reset);
  g_test_add_func ("/pool-history/exchange", test_exchange);
  g_test_add_func ("/pool-history/extremes", test_extremes);
  g_test_add_func ("/pool-history/quarantined", test_quarantined);

  return g_test_run ();
}
