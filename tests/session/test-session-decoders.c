/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-session.h"

#include "bag-test-fds.h"
#include "bag-test-wait.h"
#include "fake-decoder.h"
#include "obedience.h"

#include <glib/gstdio.h>

#include <unistd.h>

/* A whole session over decoders that go wrong again and again. */

#define N_SLICES_LOOKED_AT 16u

/* In a folder of its own: the session looks for reports beside it. */
static char *
make_file (const char *folder)
{
  char *path = g_build_filename (folder, "scan.dcs", NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);

  return path;
}

static gboolean
is_settled (BagSession *session)
{
  return bag_session_is_exact (session) || bag_session_get_slice_error (session) != NULL;
}

static gboolean
look_at (BagSession *session, guint place)
{
  bag_session_set_slice_index (session, 1 + place * 401 % (FAKE_N_FRAMES - 1));
  bag_test_wait_until (is_settled (session));

  return bag_session_is_exact (session);
}

/* Decoders that have learned nothing better are replaced one after the other. */
static guint
look_until_drawn (BagSession *session)
{
  guint n = 0;

  while (!look_at (session, N_SLICES_LOOKED_AT + n))
    n++;

  return n;
}

static void
wake (BagPool *pool, gpointer user_data)
{
  g_main_context_wakeup (NULL);
}

static gboolean
is_home (BagPool *pool)
{
  BagPoolStats stats;

  bag_pool_get_stats (pool, &stats);

  return stats.in_use + stats.n_leaving + stats.heap_in_use == 0;
}

/* Slices fail, later ones are drawn, and in the end every slot and every file has come home. */
static void
test_fault (gconstpointer action)
{
  g_autofree char *folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);
  g_autofree char *path = make_file (folder);
  const char *const paths[] = { path, NULL };
  guint n_fds, n_failed = 0;
  BagSession *session = NULL;
  BagPool *pool = NULL;

  g_type_ensure (G_TYPE_TASK); /* GLib's own thread and its descriptor stay */
  bag_test_drain ();
  n_fds = bag_test_count_fds ();
  session = bag_session_new (64u << 10);
  obey_late (action, BAG_DECODER_DECODE, 3);
  bag_session_start_decoders (session);
  bag_session_open (session, paths);
  bag_test_wait_until (bag_session_get_scan (session) != NULL && bag_session_get_isolation (session) != NULL);
  for (guint i = 0; i < N_SLICES_LOOKED_AT; i++)
    n_failed += look_at (session, i) ? 0 : 1;

  behave ();
  n_failed += look_until_drawn (session);
  g_test_message ("%u slices failed", n_failed);
  pool = bag_pool_ref (bag_session_get_pool (session));
  bag_session_close (session);
  g_assert_finalize_object (session);
  bag_pool_set_change_func (pool, wake, NULL);
  bag_test_wait_until (is_home (pool));
  bag_pool_set_change_func (pool, NULL, NULL);
  bag_pool_unref (pool);
  bag_test_drain ();
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  static const char *const actions[] = { "crash", "die", "close", "garbage", "short", "sequence", "flood" };
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session-decoders/%s", actions[i]);

      g_test_add_data_func (path, actions[i], test_fault);
    }
  result = g_test_run ();
  obedience_end ();

  return result;
}
