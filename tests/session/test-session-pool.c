/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"
#include "slices/bag-slice-tag.h"

/* The pool of a session while readers hang, budgets change and bags come and go. */

static void
assert_books_balance (SessionFixture *fixture)
{
  BagPoolStats stats;
  guint by_state = 0;

  session_get_stats (fixture, &stats);
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    by_state += stats.by_state[i];
  g_assert_cmpuint (by_state, ==, stats.n_slots);
  g_assert_cmpuint (stats.in_use + stats.by_state[BAG_SLOT_FREE], ==, stats.n_slots);
  g_assert_cmpuint (stats.acquires - stats.releases, ==, stats.by_class[0] + stats.by_class[1] + stats.by_class[2] + stats.n_leaving);
  g_assert_cmpuint (stats.stale + stats.doubled + stats.foreign + stats.interior + stats.illegal, ==, 0);
}

static void
assert_shows (SessionFixture *fixture, guint index)
{
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, index);
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 100 + index);
  g_assert_cmpint (bag_slice_get_state (bag_session_get_slice (fixture->session)), ==, BAG_SLOT_SHOWN);
}

/* A bag on screen at slice 3, in a few of its slots, and readers that hang at slice 40. */
static void
hang (SessionFixture *fixture)
{
  bag_session_set_pool_budget (fixture->session, 16 * SLICE_BYTES);
  session_open_bag (fixture, "BAG-1", 60);
  session_go_to (fixture, 3);
  bag_test_wait_until (session_count_ready (fixture) == 14);
  bag_gate_close (fixture->gate);
  bag_session_set_slice_index (fixture->session, 40);
  bag_test_wait_until (bag_gate_get_n_waiting (fixture->gate) == 2);
  assert_shows (fixture, 3);
}

static void
test_resize_while_hung (SessionFixture *fixture, gconstpointer data)
{
  const guint n_slots[] = { 9, 24, 8, 16 };
  BagPoolStats stats;

  hang (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (n_slots); i++)
    {
      bag_session_set_pool_budget (fixture->session, n_slots[i] * SLICE_BYTES);
      session_get_stats (fixture, &stats);
      g_assert_cmpuint (stats.n_slots, ==, n_slots[i]);
      assert_shows (fixture, 3);
      assert_books_balance (fixture);
      bag_test_drain ();
      assert_shows (fixture, 3);
      assert_books_balance (fixture);
    }

  bag_gate_open (fixture->gate);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  assert_shows (fixture, 40);
  bag_test_wait_until (session_count_ready (fixture) == 14);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_leaving, ==, 0);
  assert_books_balance (fixture);
}

/* Slices of the next bag are larger: new slots that a hung reader may still write to wait. */
static void
test_divide_while_hung (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) open = bag_gate_new (TRUE);
  BagGate *closed = fixture->gate;
  BagPoolStats stats;

  hang (fixture);
  fixture->gate = open;
  session_begin_open (fixture, "BAG-2", 3 * COLUMNS, 30);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_leaving, ==, 2);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_QUARANTINED], >, 0);
  for (guint i = 0; i < 30; i++)
    {
      session_go_to (fixture, i);
      assert_shows (fixture, i);
      assert_books_balance (fixture);
    }

  bag_gate_open (closed);
  bag_test_wait_until ((session_get_stats (fixture, &stats), stats.n_leaving == 0));
  g_assert_cmpuint (stats.by_state[BAG_SLOT_QUARANTINED], ==, 0);
  assert_shows (fixture, 29);
  assert_books_balance (fixture);
  fixture->gate = closed;
}

/* A bag with slices of the same size takes the slots over, but for those still written to. */
static void
test_next_bag_while_hung (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) open = bag_gate_new (TRUE);
  BagGate *closed = fixture->gate;
  BagSlotInfo slots[16];
  guint n_of_first = 0;

  hang (fixture);
  fixture->gate = open;
  session_open_bag (fixture, "BAG-2", 50);
  bag_test_wait_until (session_count_ready (fixture) > 4);
  g_assert_cmpuint (bag_session_get_bag_number (fixture->session), ==, 2);
  g_assert_cmpuint (bag_pool_get_slots (bag_session_get_pool (fixture->session), slots, 16), ==, 16);
  for (guint i = 0; i < 16; i++)
    if (slots[i].state == BAG_SLOT_QUARANTINED && bag_slice_tag_get_bag (slots[i].tag) == 1)
      {
        n_of_first++;
        g_assert_cmpuint (bag_slice_tag_get_index (slots[i].tag), >=, 40);
      }
    else if (slots[i].tag != BAG_POOL_NO_TAG)
      {
        g_assert_cmpuint (bag_slice_tag_get_bag (slots[i].tag), ==, 2);
      }
  g_assert_cmpuint (n_of_first, ==, 2);
  assert_books_balance (fixture);

  bag_gate_open (closed);
  bag_test_wait_until (session_count_ready (fixture) == 14);
  assert_books_balance (fixture);
  fixture->gate = closed;
}

/* What is on screen stays; the rest is read again, and nothing of that counts as want of room. */
static void
test_clear_cache (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;
  guint n_reads = 0;

  bag_session_clear_cache (fixture->session);
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  session_go_to (fixture, 4);
  n_reads = bag_gate_get_n_reads (fixture->gate);
  bag_gate_close (fixture->gate);
  bag_session_clear_cache (fixture->session);
  g_assert_cmpuint (session_count_ready (fixture), ==, 1);
  assert_shows (fixture, 4);
  g_assert_true (bag_session_is_exact (fixture->session));

  bag_gate_open (fixture->gate);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  g_assert_cmpuint (bag_gate_get_n_reads (fixture->gate), ==, n_reads + N_SLICES - 1);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.evictions + stats.prefetch_wasted, ==, 0);
  assert_books_balance (fixture);
}

static void
test_reset_counters (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  bag_session_reset_counters (fixture->session);
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  for (guint i = 0; i < 5; i++)
    session_go_to (fixture, i);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.hits, ==, 4);
  g_assert_cmpuint (stats.prefetch_hits, ==, 4);
  g_assert_cmpuint (stats.fills, ==, N_SLICES);
  bag_test_wait_until (session_count_free (fixture) == 2);

  bag_session_reset_counters (fixture->session);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.hits + stats.prefetch_hits + stats.fills, ==, 0);
  assert_books_balance (fixture);
  bag_session_close (fixture->session);
  bag_test_wait_until (session_count_in_use (fixture) == 0);
  assert_books_balance (fixture);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-pool/resize-while-hung", SessionFixture, NULL, session_set_up, test_resize_while_hung, session_tear_down);
  g_test_add ("/session-pool/divide-while-hung", SessionFixture, NULL, session_set_up, test_divide_while_hung, session_tear_down);
  g_test_add ("/session-pool/next-bag-while-hung", SessionFixture, NULL, session_set_up, test_next_bag_while_hung, session_tear_down);
  g_test_add ("/session-pool/clear-cache", SessionFixture, NULL, session_set_up, test_clear_cache, session_tear_down);
  g_test_add ("/session-pool/reset-counters", SessionFixture, NULL, session_set_up, test_reset_counters, session_tear_down);

  return g_test_run ();
}
