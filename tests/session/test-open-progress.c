/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-open-progress.h"

#include "bag-test-wait.h"

/* Word of progress, from one thread to another. */

typedef struct
{
  GThread *thread;
  guint n_told, n_done, n_files;
} Heard;

static void
on_progress (guint n_done, guint n_files, gpointer user_data)
{
  Heard *heard = user_data;

  g_assert_true (g_thread_self () == heard->thread);
  heard->n_told++;
  heard->n_done = n_done;
  heard->n_files = n_files;
}

static gpointer
tell (gpointer data)
{
  for (guint i = 0; i <= 600; i++)
    bag_open_progress_tell (i, 600, data);

  return NULL;
}

/* What was told while word was on its way goes with it: the latest is heard, once. */
static void
test_latest (void)
{
  Heard heard = { .thread = g_thread_self () };
  g_autoptr (BagOpenProgress) progress = bag_open_progress_new (on_progress, &heard);

  bag_open_progress_set_interval (progress, 0);
  g_thread_join (g_thread_new ("tell", tell, progress));
  g_assert_cmpuint (heard.n_told, ==, 0);
  bag_test_drain ();
  g_assert_cmpuint (heard.n_told, ==, 1);
  g_assert_cmpuint (heard.n_done, ==, 600);
  g_assert_cmpuint (heard.n_files, ==, 600);

  bag_open_progress_tell (1, 2, progress);
  bag_test_drain ();
  g_assert_cmpuint (heard.n_told, ==, 2);
}

/* Too soon after the beginning, and after the last word. */
static void
test_seldom (void)
{
  Heard heard = { .thread = g_thread_self () };
  g_autoptr (BagOpenProgress) progress = bag_open_progress_new (on_progress, &heard);

  bag_open_progress_set_interval (progress, G_MAXINT64 / 2);
  g_thread_join (g_thread_new ("tell", tell, progress));
  bag_test_drain ();
  g_assert_cmpuint (heard.n_told, ==, 0);
}

/* Word on its way when the opening is over is not delivered, and harms nothing. */
static void
test_stopped (void)
{
  Heard heard = { .thread = g_thread_self () };
  BagOpenProgress *progress = bag_open_progress_new (on_progress, &heard);

  bag_open_progress_set_interval (progress, 0);
  g_thread_join (g_thread_new ("tell", tell, progress));
  bag_open_progress_stop (progress);
  bag_open_progress_unref (progress);
  bag_test_drain ();
  g_assert_cmpuint (heard.n_told, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/open-progress/latest", test_latest);
  g_test_add_func ("/open-progress/seldom", test_seldom);
  g_test_add_func ("/open-progress/stopped", test_stopped);

  return g_test_run ();
}
