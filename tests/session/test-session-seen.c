/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

/* What the view does after each frame, done by hand. */

typedef struct
{
  guint n_notified;
  guint n_ranges;
  guint first, last;
} Heard;

static void
on_n_seen (Heard *heard)
{
  heard->n_notified++;
}

static void
on_states_changed (Heard *heard, guint first, guint last)
{
  heard->n_ranges++;
  heard->first = first;
  heard->last = last;
}

static void
test_counts (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  Heard heard = { 0 };

  bag_session_mark_seen (session);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 0);
  g_assert_false (bag_session_is_slice_seen (session, 0));

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  g_signal_connect_swapped (session, "notify::n-seen", G_CALLBACK (on_n_seen), &heard);
  g_signal_connect_swapped (session, "slice-states-changed", G_CALLBACK (on_states_changed), &heard);
  bag_session_set_slice_index (session, 3);
  bag_session_mark_seen (session);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 1);
  g_assert_cmpuint (heard.n_notified, ==, 1);
  g_assert_cmpuint (heard.n_ranges, ==, 1);
  g_assert_cmpuint (heard.first, ==, 3);
  g_assert_cmpuint (heard.last, ==, 3);

  bag_session_mark_seen (session);
  g_assert_cmpuint (heard.n_notified, ==, 1);
  g_assert_cmpuint (heard.n_ranges, ==, 1);
}

/* Three steps between two frames: what lies between was not seen. */
static void
test_stepped_over (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  guint n_seen = 0;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  bag_session_mark_seen (session);
  for (guint i = 0; i < 3; i++)
    bag_session_step (session, 1);
  bag_session_mark_seen (session);

  for (guint i = 0; i < N_SLICES; i++)
    g_assert_cmpint (bag_session_is_slice_seen (session, i), ==, i == 0 || i == 3);
  g_assert_false (bag_session_is_slice_seen (session, N_SLICES));
  g_object_get (session, "n-seen", &n_seen, NULL);
  g_assert_cmpuint (n_seen, ==, 2);
}

/* The last good slice stays up while the wanted one is read: neither is seen by that. */
static void
test_not_exact (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (session_count_ready (fixture) == N_SLICES);
  bag_session_set_slice_index (session, 5);
  bag_gate_close (fixture->gate);
  bag_session_clear_cache (session);
  bag_session_set_slice_index (session, 20);
  g_assert_false (bag_session_is_exact (session));
  g_assert_cmpuint (bag_session_get_drawn_index (session), ==, 5);
  bag_session_mark_seen (session);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 0);

  bag_gate_open (fixture->gate);
  bag_test_wait_until (bag_session_is_exact (session));
  bag_session_mark_seen (session);
  g_assert_true (bag_session_is_slice_seen (session, 20));
  g_assert_false (bag_session_is_slice_seen (session, 5));
}

/* In whatever thread the last reference goes. */
static void
on_scan_finalized (gpointer is_finalized, GObject *where_it_was)
{
  g_atomic_int_set ((gint *) is_finalized, TRUE);
  g_main_context_wakeup (NULL);
}

/* What is noted of a scan does not keep it. */
static void
test_scan_goes (SessionFixture *fixture, gconstpointer data)
{
  gint is_finalized = FALSE;

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_session_mark_seen (fixture->session);
  g_object_weak_ref (G_OBJECT (bag_session_get_scan (fixture->session)), on_scan_finalized, &is_finalized);
  session_open_bag (fixture, "BAG-2", N_SLICES);
  bag_test_wait_until (g_atomic_int_get (&is_finalized));
}

/* What has left the memory was seen all the same; a new bag was not. */
static void
test_new_bag (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  Heard heard = { 0 };

  session_open_bag (fixture, "BAG-1", N_SLICES);
  bag_session_mark_seen (session);
  session_go_to (fixture, 9);
  bag_session_clear_cache (session);
  g_assert_true (bag_session_is_slice_seen (session, 0));

  g_signal_connect_swapped (session, "notify::n-seen", G_CALLBACK (on_n_seen), &heard);
  session_open_bag (fixture, "BAG-2", N_SLICES);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 0);
  g_assert_false (bag_session_is_slice_seen (session, 0));
  g_assert_cmpuint (heard.n_notified, ==, 1);

  bag_session_mark_seen (session);
  bag_session_close (session);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 0);
  g_assert_cmpuint (heard.n_notified, ==, 3);
}

static void
choose (BagSession *session, guint k)
{
  bag_session_choose_scan (session, k);
  bag_test_wait_until (!bag_session_get_loading (session) && bag_session_is_exact (session));
}

/* Of several scans each one keeps what was seen of it. */
static void
test_several_scans (SessionFixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, "BAG-1", COLUMNS, ROWS, N_SLICES));
  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, "BAG-1", COLUMNS, ROWS, 7));
  bag_session_open_scans (session, scans);
  bag_test_wait_until (!bag_session_get_loading (session) && bag_session_is_exact (session));
  session_go_to (fixture, 30);
  bag_session_mark_seen (session);

  choose (session, 1);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 0);
  bag_session_mark_seen (session);
  session_go_to (fixture, 6);
  bag_session_mark_seen (session);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 2);

  choose (session, 0);
  g_assert_cmpuint (bag_session_get_n_seen (session), ==, 1);
  g_assert_true (bag_session_is_slice_seen (session, 30));
  g_assert_false (bag_session_is_slice_seen (session, 6));
}

#define ADD(path, function) g_test_add ("/session-seen/" path, SessionFixture, NULL, session_set_up, function, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("counts", test_counts);
  ADD ("stepped-over", test_stepped_over);
  ADD ("not-exact", test_not_exact);
  ADD ("scan-goes", test_scan_goes);
  ADD ("new-bag", test_new_bag);
  ADD ("several-scans", test_several_scans);

  return g_test_run ();
}
