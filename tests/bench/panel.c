/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-window.h"
#include "bag-bench-desk.h"
#include "bag-test-wait.h"
#include "cli/bag-cli-bench.h"

#include <gtk/gtk.h>
#include <stdlib.h>

/*
 * `panel [--quick | FILE]`: what the pool panel costs in the real window, as CPU time of all
 * threads, with the hidden panel for a floor: a slice that is stepped to, one a frame, the
 * whole scan in memory; and while nothing happens, in percent of a core. Rounds with and
 * without it take turns in one process, and medians are told. Needs a display.
 */

#define N_ROUNDS 9u
#define N_STEPS 120u
#define IDLE_MS 2000u
#define N_ROUNDS_QUICK 1u
#define N_STEPS_QUICK 10u
#define IDLE_MS_QUICK 50u

typedef struct
{
  BagWindow *window;
  BagSession *session;
  guint n_rounds, n_steps, idle_ms;
  guint n_left; /* steps to go */
  gboolean is_over;
} Desk;

static void
show_panel (Desk *desk, gboolean is_shown)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (desk->window), "show-pool");
  g_autoptr (GVariant) state = g_action_get_state (action);

  if (g_variant_get_boolean (state) != is_shown)
    g_action_activate (action, NULL);
  bag_test_drain ();
}

static gboolean
on_over (gpointer desk)
{
  ((Desk *) desk)->is_over = TRUE;

  return G_SOURCE_REMOVE;
}

static void
wait_ms (Desk *desk, guint ms)
{
  desk->is_over = FALSE;
  g_timeout_add (ms, on_over, desk);
  while (!desk->is_over)
    g_main_context_iteration (NULL, TRUE);
}

/* To and fro, so that no end of the scan stops it. */
static void
step (Desk *desk)
{
  if (desk->n_left == 0)
    return;

  desk->n_left--;
  bag_session_step (desk->session, desk->n_left >= desk->n_steps / 2 ? 1 : -1);
  gtk_widget_queue_draw (bag_window_get_view (desk->window));
}

static double
scroll (Desk *desk, gboolean is_shown)
{
  double start = 0;

  show_panel (desk, is_shown);
  wait_ms (desk, 300);
  start = bag_bench_get_cpu_ms ();
  desk->n_left = desk->n_steps;
  gtk_widget_queue_draw (bag_window_get_view (desk->window));
  bag_test_wait_until (desk->n_left == 0);

  return (bag_bench_get_cpu_ms () - start) / desk->n_steps;
}

/* What follows the last change, as the measurement of what is in memory, is over by then. */
static double
idle (Desk *desk, gboolean is_shown)
{
  double start = 0;
  gint64 wall = 0;

  show_panel (desk, is_shown);
  wait_ms (desk, desk->idle_ms + desk->idle_ms / 4);
  start = bag_bench_get_cpu_ms ();
  wall = g_get_monotonic_time ();
  wait_ms (desk, desk->idle_ms);

  return (bag_bench_get_cpu_ms () - start) / ((double) (g_get_monotonic_time () - wall) / 1000) * 100;
}

static void
measure (Desk *desk, double (*run) (Desk *, gboolean), const char *name, const char *unit, GArray *results)
{
  double shown[N_ROUNDS], hidden[N_ROUNDS];
  BagCliBenchResult result = { .name = name, .unit = unit };

  run (desk, TRUE);
  for (guint i = 0; i < desk->n_rounds; i++)
    {
      hidden[i] = run (desk, FALSE);
      shown[i] = run (desk, TRUE);
    }
  result.value = bag_bench_get_median (shown, desk->n_rounds);
  result.floor = bag_bench_get_median (hidden, desk->n_rounds);
  g_array_append_val (results, result);
}

static void
set_up (Desk *desk)
{
  desk->session = bag_session_new (BAG_BENCH_BUDGET);
  desk->window = BAG_WINDOW (bag_window_new (NULL, desk->session));
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 1280, 900);
  gtk_window_present (GTK_WINDOW (desk->window));
  bag_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (desk->window)));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (desk->window)), "after-paint", G_CALLBACK (step), desk);
}

int
main (int argc, char *argv[])
{
  gboolean is_quick = argc == 2 && g_str_equal (argv[1], "--quick");
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));
  Desk desk = { .n_rounds = is_quick ? N_ROUNDS_QUICK : N_ROUNDS,
                .n_steps = is_quick ? N_STEPS_QUICK : N_STEPS,
                .idle_ms = is_quick ? IDLE_MS_QUICK : IDLE_MS };

  if (!gtk_init_check ())
    {
      g_printerr ("There is no display.\n");
      return EXIT_FAILURE;
    }

  set_up (&desk);
  bag_bench_open (desk.session, argc == 2 && !is_quick ? argv[1] : NULL, is_quick);
  measure (&desk, scroll, "scrolled-slice-cpu", "ms", results);
  measure (&desk, idle, "idle-cpu", "% of a core", results);
  bag_cli_bench_print ("panel", results, TRUE);

  gtk_window_destroy (GTK_WINDOW (desk.window));
  bag_session_close (desk.session);
  bag_test_drain ();
  g_object_unref (desk.session);

  return EXIT_SUCCESS;
}
