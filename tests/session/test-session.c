/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-phantom.h"

#include "session-fixture.h"

#include <string.h>

static void
test_empty (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  g_assert_null (bag_session_get_scan (session));
  g_assert_null (bag_session_get_slice (session));
  g_assert_null (bag_session_get_pool (session));
  g_assert_cmpstr (bag_session_get_title (session), ==, "Bagscope");
  g_assert_cmpstr (bag_session_get_status (session), ==, "");
  g_assert_cmpstr (bag_session_get_probe (session), ==, "");
  g_assert_null (bag_session_get_message (session));
  g_assert_cmpuint (bag_session_get_drawn_index (session), ==, G_MAXUINT);
  bag_session_set_slice_index (session, 5);
  bag_session_step (session, -3);
  bag_session_auto_window (session);
  bag_session_set_pointer (session, TRUE, 3, 4);
  bag_session_close (session);
  bag_session_choose_scan (session, 1);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);
}

/* Everything fits: all slices come, and two slots stay free. */
static void
test_whole_bag (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_slots, ==, N_SLICES + 2);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_SHOWN], ==, 1);
  g_assert_cmpuint (stats.evictions, ==, 0);
  g_assert_cmpuint (stats.refused_exhausted, ==, 0);
  g_assert_cmpuint (stats.scans, ==, 1);
  bag_test_wait_until (session_count_free (fixture) == 2);

  bag_session_close (fixture->session);
  g_assert_null (bag_session_get_scan (fixture->session));
  g_assert_null (bag_session_get_slice (fixture->session));
  g_assert_cmpstr (bag_session_get_title (fixture->session), ==, "Bagscope");
  g_assert_cmpstr (bag_session_get_status (fixture->session), ==, "");
  bag_test_wait_until (session_count_in_use (fixture) == 0);
}

static void
test_slice_larger_than_budget (SessionFixture *fixture, gconstpointer data)
{
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_session_set_pool_budget (fixture->session, 16 * SLICE_BYTES);
  session_begin_open (fixture, "BAG-2", 32 * COLUMNS, 2);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  g_assert_nonnull (strstr (bag_session_get_message (fixture->session), "gated"));
  g_assert_nonnull (strstr (bag_session_get_message (fixture->session), "memory budget"));
  g_assert_cmpstr (bag_session_get_bag_id (fixture->session), ==, "BAG-1");
  g_assert_true (bag_session_is_exact (fixture->session));
  bag_session_dismiss_message (fixture->session);
  g_assert_null (bag_session_get_message (fixture->session));
}

/* The second one counts, whenever the first one is ready. */
static void
test_open_twice (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) gate = bag_gate_new (TRUE);
  BagGate *closed = fixture->gate;

  bag_gate_close (closed);
  session_begin_open (fixture, "BAG-1", COLUMNS, N_SLICES);
  bag_test_wait_until (bag_gate_get_n_waiting (closed) == 1);
  g_assert_true (bag_session_get_loading (fixture->session));

  fixture->gate = gate;
  session_begin_open (fixture, "BAG-2", COLUMNS, 7);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  g_assert_cmpstr (bag_session_get_bag_id (fixture->session), ==, "BAG-2");

  fixture->gate = closed;
  bag_gate_open (closed);
  session_begin_open (fixture, "BAG-3", COLUMNS, 8);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  bag_test_drain ();
  g_assert_cmpstr (bag_session_get_bag_id (fixture->session), ==, "BAG-3");
  g_assert_cmpuint (bag_session_get_n_slices (fixture->session), ==, 8);
  g_assert_null (bag_session_get_message (fixture->session));
}

static void
on_bag_changed (BagSession *session, GParamSpec *pspec, gpointer n_notified)
{
  const char *bag_id = bag_session_get_bag_id (session);
  BagSlice *slice = bag_session_get_slice (session);

  (*(guint *) n_notified)++;
  g_assert_cmpstr (bag_id, ==, "BAG-2");
  g_assert_nonnull (strstr (bag_session_get_title (session), "BAG-2"));
  g_assert_cmpstr (bag_scan_get_bag_id (bag_session_get_scan (session)), ==, bag_id);
  if (slice != NULL)
    g_assert_cmpuint (bag_slice_get_size (slice), ==, 2 * SLICE_BYTES);
}

/* Whoever hears of the change sees the new bag alone: ID, title, scan and slice. */
static void
test_never_under_another_name (SessionFixture *fixture, gconstpointer data)
{
  guint n_notified = 0;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  session_go_to (fixture, 7);
  for (guint i = 0; i < 5; i++)
    {
      static const char *const names[] = { "bag-id", "title", "scan", "slice", "n-slices" };
      g_autofree char *signal = g_strdup_printf ("notify::%s", names[i]);

      g_signal_connect (fixture->session, signal, G_CALLBACK (on_bag_changed), &n_notified);
    }
  session_begin_open (fixture, "BAG-2", 2 * COLUMNS, 5);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  g_assert_cmpuint (n_notified, >=, 5);
  g_assert_cmpuint (bag_session_get_slice_index (fixture->session), ==, 0);
}

/* The next bag of the same size takes the same slots. */
static void
test_slots_again (SessionFixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *bag_id = g_strdup_printf ("BAG-%u", i);

      session_open_bag (fixture, bag_id, N_SLICES);
      bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
    }
  session_get_stats (fixture, &stats);
  g_assert_cmpuint (stats.scans, ==, 5);
  g_assert_cmpuint (stats.divisions, ==, 0);
  g_assert_cmpuint (stats.slots_new, <=, N_SLICES + 2);
  g_assert_cmpuint (stats.reuses, >=, 4 * N_SLICES - 2);
}

static void
test_failing_open (SessionFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { "/nonexistent/bag-7.dcs", NULL };

  session_open_bag (fixture, "BAG-1", N_SLICES);
  session_go_to (fixture, 3);
  bag_session_open (fixture->session, paths);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  g_assert_nonnull (strstr (bag_session_get_message (fixture->session), "bag-7.dcs"));
  g_assert_cmpstr (bag_session_get_title (fixture->session), ==, "BAG-1 – Bagscope");
  g_assert_true (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 103);
  session_go_to (fixture, 4);
}

static void
on_notify (BagSession *session, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_notify_on_change (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  g_autoptr (GString) names = g_string_new (NULL);

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  g_signal_connect (session, "notify", G_CALLBACK (on_notify), names);

  bag_session_set_slice_index (session, 0);
  bag_session_step (session, -1);
  bag_session_reset_window (session);
  bag_session_set_inverted (session, FALSE);
  bag_session_set_pool_budget (session, LARGE_BUDGET);
  bag_session_dismiss_message (session);
  g_object_set (session, "slice-number", 0, "window-width", 0.0 + BAG_WINDOW_MIN_WIDTH, NULL);
  g_assert_cmpstr (names->str, ==, "window-width ");

  g_string_truncate (names, 0);
  bag_session_set_inverted (session, 7);
  g_assert_cmpstr (names->str, ==, "inverted ");
  g_string_truncate (names, 0);
  g_object_set (session, "slice-number", 2, NULL);
  g_assert_nonnull (strstr (names->str, "slice-index "));
  g_assert_nonnull (strstr (names->str, "slice-number "));
  g_assert_nonnull (strstr (names->str, "slice "));
  g_assert_nonnull (strstr (names->str, "status "));
  g_assert_null (strstr (names->str, "exact"));
  g_assert_null (strstr (names->str, "title"));
}

static void
test_several_scans (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagSession *session = fixture->session;

  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, "BAG-1", COLUMNS, ROWS, 4));
  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, "BAG-1", COLUMNS, ROWS, 9));
  bag_session_open_scans (session, scans);
  bag_test_wait_until (bag_session_is_exact (session));
  g_assert_cmpuint (bag_session_get_n_slices (session), ==, 4);
  g_assert_nonnull (strstr (bag_session_get_notice (session), "scan 1 of 2"));
  g_assert_cmpuint (g_list_model_get_n_items (bag_session_get_scans (session)), ==, 2);

  bag_session_choose_scan (session, 2);
  g_assert_false (bag_session_get_loading (session));
  bag_session_choose_scan (session, 1);
  bag_test_wait_until (!bag_session_get_loading (session) && bag_session_is_exact (session));
  g_assert_cmpuint (bag_session_get_n_slices (session), ==, 9);
  g_assert_nonnull (strstr (bag_session_get_notice (session), "scan 2 of 2"));
  bag_session_close (session);
  g_assert_cmpuint (g_list_model_get_n_items (bag_session_get_scans (session)), ==, 0);
}

static void
test_close_while_opening (SessionFixture *fixture, gconstpointer data)
{
  bag_gate_close (fixture->gate);
  session_begin_open (fixture, "BAG-1", COLUMNS, N_SLICES);
  bag_test_wait_until (bag_gate_get_n_waiting (fixture->gate) == 1);
  bag_session_close (fixture->session);
  g_assert_false (bag_session_get_loading (fixture->session));
  bag_gate_open (fixture->gate);
  session_open_bag (fixture, "BAG-2", 3);
  g_assert_cmpstr (bag_session_get_bag_id (fixture->session), ==, "BAG-2");
}

/* The session goes while a bag is being opened and slices are under way. */
static void
test_finalize_at_work (SessionFixture *fixture, gconstpointer data)
{
  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_gate_close (fixture->gate);
  session_begin_open (fixture, "BAG-2", COLUMNS, N_SLICES);
  g_assert_finalize_object (fixture->session);
  fixture->session = bag_session_new (0);
  bag_gate_open (fixture->gate);
  session_open_bag (fixture, "BAG-3", 4);
}

static void
test_demo (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  bag_session_set_pool_budget (session, 8 * BAG_PHANTOM_COLUMNS * BAG_PHANTOM_ROWS * 2);
  bag_session_open_demo (session, BAG_PHANTOM_SEED);
  bag_test_wait_until (!bag_session_get_loading (session) && bag_session_is_exact (session));
  g_assert_cmpuint (bag_session_get_n_slices (session), ==, BAG_PHANTOM_SLICES);
  g_assert_cmpstr (bag_session_get_status (session), ==, "slice 1 of 600 · z 1.25 mm · MHU");
  g_assert_cmpstr (bag_session_get_title (session), ==, "BAG-000001 – Bagscope");
  g_assert_null (bag_session_get_message (session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/empty", SessionFixture, NULL, session_set_up, test_empty, session_tear_down);
  g_test_add ("/session/whole-bag", SessionFixture, NULL, session_set_up, test_whole_bag, session_tear_down);
  g_test_add ("/session/slice-larger-than-budget", SessionFixture, NULL, session_set_up, test_slice_larger_than_budget, session_tear_down);
  g_test_add ("/session/open-twice", SessionFixture, NULL, session_set_up, test_open_twice, session_tear_down);
  g_test_add ("/session/never-under-another-name", SessionFixture, NULL, session_set_up, test_never_under_another_name, session_tear_down);
  g_test_add ("/session/slots-again", SessionFixture, NULL, session_set_up, test_slots_again, session_tear_down);
  g_test_add ("/session/failing-open", SessionFixture, NULL, session_set_up, test_failing_open, session_tear_down);
  g_test_add ("/session/notify-on-change", SessionFixture, NULL, session_set_up, test_notify_on_change, session_tear_down);
  g_test_add ("/session/several-scans", SessionFixture, NULL, session_set_up, test_several_scans, session_tear_down);
  g_test_add ("/session/close-while-opening", SessionFixture, NULL, session_set_up, test_close_while_opening, session_tear_down);
  g_test_add ("/session/finalize-at-work", SessionFixture, NULL, session_set_up, test_finalize_at_work, session_tear_down);
  g_test_add ("/session/demo", SessionFixture, NULL, session_set_up, test_demo, session_tear_down);

  return g_test_run ();
}
