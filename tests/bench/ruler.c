/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-bench-desk.h"
#include "bag-test-wait.h"
#include "cli/bag-cli-bench.h"
#include "widgets/bag-slice-ruler.h"
#include "widgets/bag-slice-view.h"

#include <stdlib.h>

/*
 * `ruler [--quick | FILE]`: what the ruler costs while a whole scan is loaded, as CPU time of
 * all threads, with the hidden ruler for a floor. Rounds with and without it take
 * turns in one process, and medians are told. The slice view stands beside it in both. Needs
 * a display. With --quick too little is loaded to mean anything; FILE in place of the made-up bag
 * makes the loading itself cheaper, and the ruler weigh more.
 */

#define N_ROUNDS 21
#define N_ROUNDS_QUICK 3

typedef struct
{
  BagSession *session;
  GtkWidget *ruler;
  guint n_frames;
} Desk;

/* Up to the frame after the last slice. */
static double
load_all (Desk *desk, gboolean is_visible)
{
  double start = 0;
  guint n_frames = 0;

  gtk_widget_set_visible (desk->ruler, is_visible);
  bag_test_drain ();
  start = bag_bench_get_cpu_ms ();
  bag_session_clear_cache (desk->session);
  bag_bench_wait_for_all (desk->session);
  n_frames = desk->n_frames;
  gdk_frame_clock_request_phase (gtk_widget_get_frame_clock (gtk_widget_get_parent (desk->ruler)), GDK_FRAME_CLOCK_PHASE_PAINT);
  bag_test_wait_until (desk->n_frames > n_frames);

  return bag_bench_get_cpu_ms () - start;
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
  *result = (BagCliBenchResult){ "load-scan-cpu", "ms", bag_bench_get_median (visible, n_rounds), bag_bench_get_median (hidden, n_rounds) };
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

  desk.session = bag_session_new (BAG_BENCH_BUDGET);
  window = show (&desk);
  bag_bench_open (desk.session, argc == 2 && !is_quick ? argv[1] : NULL, is_quick);
  measure (&desk, is_quick ? N_ROUNDS_QUICK : N_ROUNDS, &result);
  g_array_append_val (results, result);
  bag_cli_bench_print ("ruler", results, TRUE);

  gtk_window_destroy (GTK_WINDOW (window));
  bag_session_close (desk.session);
  bag_test_drain ();
  g_object_unref (desk.session);

  return EXIT_SUCCESS;
}
