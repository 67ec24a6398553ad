/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

void
session_set_up (SessionFixture *fixture, gconstpointer data)
{
  fixture->session = bag_session_new (LARGE_BUDGET);
  fixture->gate = bag_gate_new (TRUE);
}

void
session_tear_down (SessionFixture *fixture, gconstpointer data)
{
  bag_gate_open (fixture->gate);
  g_assert_finalize_object (fixture->session);
  bag_gate_unref (fixture->gate);
  bag_test_drain ();
}

void
session_get_stats (SessionFixture *fixture, BagPoolStats *stats)
{
  bag_pool_get_stats (bag_session_get_pool (fixture->session), stats);
}

guint
session_count_free (SessionFixture *fixture)
{
  BagPoolStats stats;

  session_get_stats (fixture, &stats);

  return stats.by_state[BAG_SLOT_FREE];
}

guint
session_count_in_use (SessionFixture *fixture)
{
  BagPoolStats stats;

  session_get_stats (fixture, &stats);

  return stats.in_use + stats.n_leaving;
}

guint16
session_get_drawn_value (SessionFixture *fixture)
{
  const guint16 *values = bag_slice_get_data (bag_session_get_slice (fixture->session));

  return values[0];
}

void
session_begin_open (SessionFixture *fixture, const char *bag_id, guint columns, guint n_slices)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, bag_id, columns, ROWS, n_slices));
  bag_session_open_scans (fixture->session, scans);
}

void
session_open_bag (SessionFixture *fixture, const char *bag_id, guint n_slices)
{
  session_begin_open (fixture, bag_id, COLUMNS, n_slices);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
}

guint
session_count_ready (SessionFixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < bag_session_get_n_slices (fixture->session); i++)
    n += bag_session_get_slice_state (fixture->session, i) == BAG_SLICE_STATE_READY ? 1 : 0;

  return n;
}

void
session_go_to (SessionFixture *fixture, guint index)
{
  bag_session_set_slice_index (fixture->session, index);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, index);
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 100 + index);
}
