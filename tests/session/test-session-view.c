/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

static void
test_step_through (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  g_assert_cmpstr (bag_session_get_title (session), ==, "BAG-1 – Bagscope");
  g_assert_cmpstr (bag_session_get_bag_id (session), ==, "BAG-1");
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);

  for (guint i = 0; i < N_SLICES; i++)
    {
      g_autofree char *status = g_strdup_printf ("slice %u of %u · z %.2f mm · MHU", i + 1, N_SLICES, 1.25 * (i + 1));

      session_go_to (fixture, i);
      g_assert_cmpstr (bag_session_get_status (session), ==, status);
      g_assert_null (bag_session_get_slice_error (session));
    }
  bag_session_step (session, 10);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, N_SLICES - 1);
  bag_session_step (session, G_MININT);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);
}

/* The scan is much larger than the memory: each slice comes all the same. */
static void
test_small_budget (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  bag_session_set_pool_budget (fixture->session, 16 * SLICE_BYTES);
  session_open_bag (fixture, "BAG-1", 300);
  for (guint i = 0; i < 300; i++)
    session_go_to (fixture, i);
  session_go_to (fixture, 0);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_slots, ==, 16);
  g_assert_cmpuint (stats.slots_new, <=, 16);
  g_assert_cmpuint (stats.heap_fallbacks, ==, 0);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_SHOWN], ==, 1);
}

static void
test_change_budget (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;
  BagPool *pool = NULL;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  session_go_to (fixture, 20);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  pool = bag_session_get_pool (fixture->session);

  bag_session_set_pool_budget (fixture->session, 12 * SLICE_BYTES);
  g_assert_true (bag_session_is_exact (fixture->session));
  bag_test_wait_until (session_count_ready (fixture) == 10 && bag_session_get_slice_state (fixture->session, 20) == BAG_SLICE_STATE_READY);
  bag_test_wait_until (session_count_in_use (fixture) == 10);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_slots, ==, 12);
  g_assert_true (bag_session_get_pool (fixture->session) == pool);
  session_go_to (fixture, 3);

  bag_session_set_pool_budget (fixture->session, LARGE_BUDGET);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  g_assert_true (bag_session_get_pool (fixture->session) == pool);
  g_assert_null (bag_session_get_message (fixture->session));
}

/* More than was reserved: another pool, and the slice on screen stays. */
static void
test_outgrow_reservation (SessionFixture *fixture, gconstpointer data)
{
  BagPool *pool = NULL;
  guint n_slices = 2 * (4u << 20) / SLICE_BYTES;

  bag_session_set_pool_budget (fixture->session, 1u << 20);
  session_open_bag (fixture, "BAG-1", n_slices);
  pool = bag_session_get_pool (fixture->session);
  bag_session_set_pool_budget (fixture->session, LARGE_BUDGET);
  g_assert_true (bag_session_get_pool (fixture->session) != pool);
  g_assert_true (bag_session_is_exact (fixture->session));
  bag_test_wait_until (session_count_ready (fixture) == n_slices);
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 100);
}

static void
test_failing_slice (SessionFixture *fixture, gconstpointer data)
{
  bag_gate_set_failing (fixture->gate, 2);
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_session_set_slice_index (fixture->session, 2);
  bag_test_wait_until (bag_session_get_slice_error (fixture->session) != NULL);
  g_assert_cmpstr (bag_session_get_slice_error (fixture->session), ==, "Slice 3 cannot be shown: this slice is broken");
  g_assert_cmpint (bag_session_get_slice_state (fixture->session, 2), ==, BAG_SLICE_STATE_FAILED);
  g_assert_false (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, 0);
  session_go_to (fixture, 3);
  g_assert_null (bag_session_get_slice_error (fixture->session));
}

/* While a slice is under way, the last good one of this bag stays; its values are not those
 * of the slice that the status line names. */
static void
test_last_good_slice (SessionFixture *fixture, gconstpointer data)
{
  bag_session_set_pool_budget (fixture->session, 8 * SLICE_BYTES);
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == 6);
  bag_session_set_pointer (fixture->session, TRUE, 4, 2);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "(col 5, row 3) · x 5.00 y 2.50 z 1.25 mm · 100 MHU");

  bag_gate_close (fixture->gate);
  bag_session_set_slice_index (fixture->session, 30);
  g_assert_false (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, 0);
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 100);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "");
  g_assert_cmpstr (bag_session_get_status (fixture->session), ==, "slice 31 of 40 · z 38.75 mm · MHU");

  bag_gate_open (fixture->gate);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "(col 5, row 3) · x 5.00 y 2.50 z 38.75 mm · 130 MHU");
  bag_session_set_pointer (fixture->session, TRUE, COLUMNS, 2);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "");
  bag_session_set_pointer (fixture->session, FALSE, 0, 0);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "");
}

static void
test_window (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  BagWindowLevel measured, window;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_session_get_window (session, &measured);
  g_assert_cmpfloat (measured.center, >, 100);
  g_assert_cmpfloat (measured.center, <, 100 + N_SLICES);

  bag_session_set_window (session, 50, -3);
  bag_session_get_window (session, &window);
  g_assert_cmpfloat (window.center, ==, 50);
  g_assert_cmpfloat (window.width, ==, BAG_WINDOW_MIN_WIDTH);
  bag_session_reset_window (session);
  bag_session_get_window (session, &window);
  g_assert_true (bag_window_level_equal (&window, &measured));

  session_go_to (fixture, 39);
  bag_session_get_window (session, &window);
  g_assert_true (bag_window_level_equal (&window, &measured));
  bag_session_auto_window (session);
  bag_session_get_window (session, &window);
  g_assert_cmpfloat_with_epsilon (window.center, 139, 1);
  bag_session_reset_window (session);
  bag_session_get_window (session, &window);
  g_assert_true (bag_window_level_equal (&window, &measured));
}

/* Somebody else takes slots: that shows, and scrolling goes on. */
static void
test_slots_taken (SessionFixture *fixture, gconstpointer data)
{
  BagSlice *taken[4] = { NULL };
  BagPoolMonitor *monitor = bag_session_get_pool_monitor (fixture->session);

  bag_session_set_pool_budget (fixture->session, 10 * SLICE_BYTES);
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_in_use (fixture) == 8);
  for (guint i = 0; i < 2; i++)
    taken[i] = bag_pool_acquire (bag_session_get_pool (fixture->session), BAG_POOL_CLASS_VIEW, SLICE_BYTES, NULL);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->by_state[BAG_SLOT_FREE], ==, 0);
  for (guint i = 0; i < N_SLICES; i++)
    session_go_to (fixture, i);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    g_clear_pointer (&taken[i], bag_slice_unref);
  bag_test_wait_until (session_count_ready (fixture) == 8);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-view/step-through", SessionFixture, NULL, session_set_up, test_step_through, session_tear_down);
  g_test_add ("/session-view/small-budget", SessionFixture, NULL, session_set_up, test_small_budget, session_tear_down);
  g_test_add ("/session-view/change-budget", SessionFixture, NULL, session_set_up, test_change_budget, session_tear_down);
  g_test_add ("/session-view/outgrow-reservation", SessionFixture, NULL, session_set_up, test_outgrow_reservation, session_tear_down);
  g_test_add ("/session-view/failing-slice", SessionFixture, NULL, session_set_up, test_failing_slice, session_tear_down);
  g_test_add ("/session-view/last-good-slice", SessionFixture, NULL, session_set_up, test_last_good_slice, session_tear_down);
  g_test_add ("/session-view/window", SessionFixture, NULL, session_set_up, test_window, session_tear_down);
  g_test_add ("/session-view/slots-taken", SessionFixture, NULL, session_set_up, test_slots_taken, session_tear_down);

  return g_test_run ();
}
