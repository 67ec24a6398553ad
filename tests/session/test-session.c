/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-session.h"

#include "scan/bag-phantom.h"
#include "scan/bag-source.h"

#include "bag-gated-source.h"
#include "bag-test-wait.h"

#define COLUMNS 64u
#define ROWS 48u
#define N_SLICES 40u
#define SLICE_BYTES (COLUMNS * ROWS * 2)
#define LARGE_BUDGET (64u << 20)

typedef struct
{
  BagSession *session;
  BagGate *gate;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = bag_session_new (LARGE_BUDGET);
  fixture->gate = bag_gate_new (TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  bag_gate_open (fixture->gate);
  g_assert_finalize_object (fixture->session);
  bag_gate_unref (fixture->gate);
  bag_test_drain ();
}

static void
get_stats (Fixture *fixture, BagPoolStats *stats)
{
  bag_pool_get_stats (bag_session_get_pool (fixture->session), stats);
}

static guint
count_free (Fixture *fixture)
{
  BagPoolStats stats;

  get_stats (fixture, &stats);

  return stats.by_state[BAG_SLOT_FREE];
}

static guint
count_in_use (Fixture *fixture)
{
  BagPoolStats stats;

  get_stats (fixture, &stats);

  return stats.in_use + stats.n_leaving;
}

static guint16
get_drawn_value (Fixture *fixture)
{
  const guint16 *values = bag_slice_get_data (bag_session_get_slice (fixture->session));

  return values[0];
}

static void
begin_open (Fixture *fixture, const char *bag_id, guint columns, guint n_slices)
{
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (scans, bag_gated_scan_new (fixture->gate, bag_id, columns, ROWS, n_slices));
  bag_session_open_scans (fixture->session, scans);
}

static void
open_bag (Fixture *fixture, const char *bag_id, guint n_slices)
{
  begin_open (fixture, bag_id, COLUMNS, n_slices);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
}

static guint
count_ready (Fixture *fixture)
{
  guint n = 0;

  for (guint i = 0; i < bag_session_get_n_slices (fixture->session); i++)
    n += bag_session_get_slice_state (fixture->session, i) == BAG_SLICE_STATE_READY ? 1 : 0;

  return n;
}

static void
go_to (Fixture *fixture, guint index)
{
  bag_session_set_slice_index (fixture->session, index);
  bag_test_wait_until (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, index);
  g_assert_cmpuint (get_drawn_value (fixture), ==, 100 + index);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
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

static void
test_step_through (Fixture *fixture, gconstpointer data)
{
  BagSession *session = fixture->session;

  open_bag (fixture, "BAG-1", N_SLICES);
  g_assert_cmpstr (bag_session_get_title (session), ==, "BAG-1 – Bagscope");
  g_assert_cmpstr (bag_session_get_bag_id (session), ==, "BAG-1");
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);

  for (guint i = 0; i < N_SLICES; i++)
    {
      g_autofree char *status = g_strdup_printf ("slice %u of %u · z %.2f mm · MHU", i + 1, N_SLICES, 1.25 * (i + 1));

      go_to (fixture, i);
      g_assert_cmpstr (bag_session_get_status (session), ==, status);
      g_assert_null (bag_session_get_slice_error (session));
    }
  bag_session_step (session, 10);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, N_SLICES - 1);
  bag_session_step (session, G_MININT);
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 0);
}

/* Everything fits: all slices come, and two slots stay free. */
static void
test_whole_bag (Fixture *fixture, gconstpointer data)
{
  BagPoolStats stats;

  open_bag (fixture, "BAG-1", N_SLICES);
  bag_test_wait_until (count_ready (fixture) == N_SLICES);
  get_stats (fixture, &stats);
  g_assert_cmpuint (stats.n_slots, ==, N_SLICES + 2);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_SHOWN], ==, 1);
  g_assert_cmpuint (stats.evictions, ==, 0);
  g_assert_cmpuint (stats.refused_exhausted, ==, 0);
  g_assert_cmpuint (stats.scans, ==, 1);
  bag_test_wait_until (count_free (fixture) == 2);

  bag_session_close (fixture->session);
  g_assert_null (bag_session_get_scan (fixture->session));
  g_assert_null (bag_session_get_slice (fixture->session));
  g_assert_cmpstr (bag_session_get_title (fixture->session), ==, "Bagscope");
  g_assert_cmpstr (bag_session_get_status (fixture->session), ==, "");
  bag_test_wait_until (count_in_use (fixture) == 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/session/step-through", Fixture, NULL, set_up, test_step_through, tear_down);
  g_test_add ("/session/whole-bag", Fixture, NULL, set_up, test_whole_bag, tear_down);

  return g_test_run ();
}
