/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"

#include "session/bag-session-private.h"
#include "slices/bag-prefetcher-private.h"

#include <string.h>

/* A storage that does not answer while slices are read that need no decoder. */

#define SHORT_US 1000

static gboolean
is_waiting (SessionFixture *fixture)
{
  return strstr (bag_session_get_status (fixture->session), "waiting for storage") != NULL;
}

/* The bag is on screen, and then its storage is gone. */
static void
stall (SessionFixture *fixture)
{
  session_open_bag (fixture, "FIRST", N_SLICES);
  g_assert_false (is_waiting (fixture));
  bag_gate_close (fixture->gate);
  bag_prefetcher_set_patience (fixture->session->prefetcher, SHORT_US);
  bag_session_set_slice_index (fixture->session, N_SLICES - 1);
  bag_test_wait_until (is_waiting (fixture) && bag_gate_get_n_waiting (fixture->gate) > 0);
  g_assert_true (bag_prefetcher_is_stalled (fixture->session->prefetcher));
}

/* It is said, and said no more once the storage is back; the slice is none the worse for it. */
static void
test_told (SessionFixture *fixture, gconstpointer data)
{
  stall (fixture);
  bag_gate_open (fixture->gate);
  bag_test_wait_until (bag_session_is_exact (fixture->session) && !is_waiting (fixture));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), ==, N_SLICES - 1);
  g_assert_cmpuint (session_get_drawn_value (fixture), ==, 100 + N_SLICES - 1);
  g_assert_null (bag_session_get_slice_error (fixture->session));
}

/* What the timer would say is said as soon as it is looked at: reads that are young enough stall nothing. */
static void
test_young (SessionFixture *fixture, gconstpointer data)
{
  stall (fixture);
  bag_prefetcher_set_patience (fixture->session->prefetcher, G_TIME_SPAN_HOUR);
  g_assert_false (is_waiting (fixture));
}

/* The next bag comes while the reads of the first one still hang, and closing waits for none of them. */
static void
test_next_bag (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (BagGate) other = bag_gate_new (TRUE);
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);

  stall (fixture);
  g_ptr_array_add (scans, bag_gated_scan_new (other, "SECOND", COLUMNS, ROWS, N_SLICES));
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (g_str_equal (bag_session_get_bag_id (fixture->session), "SECOND") && bag_session_is_exact (fixture->session));
  g_assert_false (is_waiting (fixture));
  g_assert_cmpuint (bag_gate_get_n_waiting (fixture->gate), >, 0);
}

static void
test_close (SessionFixture *fixture, gconstpointer data)
{
  stall (fixture);
  bag_session_close (fixture->session);
  g_assert_false (is_waiting (fixture));
  g_assert_cmpuint (bag_gate_get_n_waiting (fixture->gate), >, 0);
}

/* What hangs when the program goes is left behind: nobody waits for it. */
static void
test_finalize (SessionFixture *fixture, gconstpointer data)
{
  stall (fixture);
  bag_session_start_decoders (fixture->session);
  g_assert_finalize_object (fixture->session);
  g_assert_cmpuint (bag_gate_get_n_waiting (fixture->gate), >, 0);
  bag_gate_open (fixture->gate);
  fixture->session = bag_session_new (LARGE_BUDGET);
}

/* So it is while the window of a bag is looked for: decoders stay free, and are gone at once. */
static void
test_finalize_opening (SessionFixture *fixture, gconstpointer data)
{
  bag_gate_close (fixture->gate);
  bag_session_start_decoders (fixture->session);
  session_begin_open (fixture, "FIRST", COLUMNS, N_SLICES);
  bag_test_wait_until (bag_gate_get_n_waiting (fixture->gate) > 0);
  g_assert_finalize_object (fixture->session);
  g_assert_cmpuint (bag_gate_get_n_waiting (fixture->gate), >, 0);
  bag_gate_open (fixture->gate);
  fixture->session = bag_session_new (LARGE_BUDGET);
}

static const guint64 small = 16 * SLICE_BYTES;

#define ADD(path, function) g_test_add ("/session-stall/" path, SessionFixture, &small, session_set_up, function, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("told", test_told);
  ADD ("young", test_young);
  ADD ("next-bag", test_next_bag);
  ADD ("close", test_close);
  ADD ("finalize", test_finalize);
  ADD ("finalize-opening", test_finalize_opening);

  return g_test_run ();
}
