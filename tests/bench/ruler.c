/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-wait.h"
#include "cli/bag-cli-bench.h"
#include "scan/bag-source.h"
#include "widgets/bag-slice-ruler.h"
#include "widgets/bag-slice-view.h"

#include <stdlib.h>
#include <time.h>

/*
 * `ruler [--quick | FILE]`: what the ruler costs while a whole scan is loaded, as CPU time of
 * all threads, with the hidden ruler for a floor. Rounds with and without it take
 * turns in one process, and medians are told. The slice view stands beside it in both. Needs
 * a display. With --quick too little is loaded to mean anything; FILE in place of the made-up bag
 * makes the loading itself cheaper, and the ruler weigh more.
 */

#define BUDGET (G_GUINT64_CONSTANT (1) << 30)
#define N_ROUNDS 21
#define N_ROUNDS_QUICK 3

typedef struct
{
  BagSession *session;
  GtkWidget *ruler;
  guint n_frames;
} Desk;

static double
get_cpu_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static guint
count_held (Desk *desk)
{
  BagPoolStats stats;

  bag_pool_get_stats (bag_session_get_pool (desk->session), &stats);

  return stats.by_state[BAG_SLOT_READY] + stats.by_state[BAG_SLOT_SHOWN];
}

static void
wait_for_all (Desk *desk)
{
  bag_test_wait_until (!bag_session_get_loading (desk->session));
  bag_test_wait_until (count_held (desk) == bag_session_get_n_slices (desk->session));
}

/* Up to the frame after the last slice. */
static double
load_all (Desk *desk, gboolean is_visible)
{
  double start = 0;
  guint n_frames = 0;

  gtk_widget_set_visible (desk->ruler, is_visible);
  bag_test_drain ();
  start = get_cpu_ms ();
  bag_session_clear_cache (desk->session);
  wait_for_all (desk);
  n_frames = desk->n_frames;
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (gtk_widget_get_parent (desk->ruler)), GDK_FRAME_CLOCK_PHASE_PAINT);
  bag_test_wait_until (desk->n_frames > n_frames);

  return get_cpu_ms () - start;
}

static void
count_frame (Desk *desk)
{
  desk->n_frames++;
}

static GtkWidget *
show (Desk *desk)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *view = bag_slice_view_new ();

  desk->ruler = bag_slice_ruler_new ();
  bag_slice_view_set_session (BAG_SLICE_VIEW (view), desk->session);
  bag_slice_ruler_set_session (BAG_SLICE_RULER (desk->ruler), desk->session);
  gtk_box_append (GTK_BOX (box), view);
  gtk_box_append (GTK_BOX (box), desk->ruler);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 850);
  gtk_window_present (GTK_WINDOW (window));
  bag_test_wait_until (gtk_widget_get_mapped (desk->ruler));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (count_frame), desk);

  return window;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return (*left > *right) - (*left < *right);
}

static double
get_median (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare);

  return values[n / 2];
}

static void
measure (Desk *desk, guint n_rounds, BagCliBenchResult *result)
{
  double visible[N_ROUNDS], hidden[N_ROUNDS];

  load_all (desk, TRUE);
  for (guint i = 0; i < n_rounds; i++)
    {
      hidden[i] = load_all (desk, FALSE);
      visible[i] = load_all (desk, TRUE);
    }
  *result = (BagCliBenchResult){ "load-scan-cpu", "ms", get_median (visible, n_rounds), get_median (hidden, n_rounds) };
}

static void
open_made_up (BagSession *session, gboolean is_quick)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagScan *scan = bag_source_open_demo (is_quick ? 64 : 512, is_quick ? 64 : 512, is_quick ? 20 : 600, 1, &error);

  g_assert_no_error (error);
  g_ptr_array_add (scans, scan);
  bag_session_open_scans (session, scans);
}

int
main (int argc, char *argv[])
{
  gboolean is_quick = argc == 2 && g_str_equal (argv[1], "--quick");
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));
  BagCliBenchResult result;
  Desk desk = { 0 };
  GtkWidget *window = NULL;

  if (!gtk_init_check ())
    {
      g_printerr ("There is no display.\n");
      return EXIT_FAILURE;
    }

  desk.session = bag_session_new (BUDGET);
  window = show (&desk);
  if (argc == 2 && !is_quick)
    bag_session_open (desk.session, (const char *const *) &argv[1]);
  else
    open_made_up (desk.session, is_quick);
  wait_for_all (&desk);
  measure (&desk, is_quick ? N_ROUNDS_QUICK : N_ROUNDS, &result);
  g_array_append_val (results, result);
  bag_cli_bench_print ("ruler", results, TRUE);

  gtk_window_destroy (GTK_WINDOW (window));
  bag_session_close (desk.session);
  bag_test_drain ();
  g_object_unref (desk.session);

  return EXIT_SUCCESS;
}
