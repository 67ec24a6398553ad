/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

static BagPoolPrefault
get_prefault (SessionFixture *fixture)
{
  BagPoolStats stats;

  session_get_stats (fixture, &stats);

  return stats.prefault;
}

static void
wait_for_prefault (SessionFixture *fixture)
{
  BagPoolStats stats;

  bag_test_wait_until (get_prefault (fixture) > BAG_POOL_PREFAULT_RUNNING);
  session_get_stats (fixture, &stats);
  if (stats.prefault == BAG_POOL_PREFAULT_DONE)
    g_assert_cmpuint (stats.bytes_prefaulted, >=, stats.bytes);
}

/* Whatever else is in memory, the operator has no picture: it is the picture that counts. */
static void
test_after_picture (SessionFixture *fixture, gconstpointer data)
{
  bag_gate_set_failing (fixture->gate, 0);
  session_begin_open (fixture, "BAG-1", COLUMNS, N_SLICES);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES - 1);
  bag_test_drain ();
  g_assert_false (bag_session_is_exact (fixture->session));
  g_assert_cmpint (get_prefault (fixture), ==, BAG_POOL_PREFAULT_IDLE);

  session_go_to (fixture, 1);
  wait_for_prefault (fixture);
}

/* Each bag, and each budget, is divided anew and gets what is new. */
static void
test_other_sizes (SessionFixture *fixture, gconstpointer data)
{
  session_open_bag (fixture, "BAG-1", N_SLICES);
  wait_for_prefault (fixture);
  session_open_bag (fixture, "BAG-2", 40 * N_SLICES);
  wait_for_prefault (fixture);
  bag_session_set_pool_budget (fixture->session, 20 * SLICE_BYTES);
  wait_for_prefault (fixture);
  bag_session_set_pool_budget (fixture->session, 2 * LARGE_BUDGET);
  wait_for_prefault (fixture);
}

/* A bag that goes at once takes nothing with it that is still needed. */
static void
test_closed_at_once (SessionFixture *fixture, gconstpointer data)
{
  session_open_bag (fixture, "BAG-1", 40 * N_SLICES);
  bag_session_close (fixture->session);
}

#define ADD(name, func) g_test_add ("/session/prefault/" name, SessionFixture, NULL, session_set_up, func, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("after-picture", test_after_picture);
  ADD ("other-sizes", test_other_sizes);
  ADD ("closed-at-once", test_closed_at_once);

  return g_test_run ();
}
