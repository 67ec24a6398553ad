/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-figures.h"
#include "pool/bag-slice.h"
#include "session/bag-pool-figure.h"
#include "widgets/bag-banner.h"
#include "widgets/bag-pool-panel.h"
#include "window-checks.h"

#include <glib/gstdio.h>
#include <string.h>

/* The panel of a real window must say what the pool says, whoever changed the pool. */

static GtkWidget *
find_named (GtkWidget *root, const char *name)
{
  if (strcmp (gtk_widget_get_name (root), name) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
get_figure (BagWindow *window, BagPoolFigure figure)
{
  GtkWidget *panel = bag_test_find_widget (GTK_WIDGET (window), BAG_TYPE_POOL_PANEL, NULL);
  GtkWidget *label = find_named (panel, bag_pool_figure_get_name (figure));

  g_assert_true (GTK_IS_LABEL (label));

  return gtk_label_get_text (GTK_LABEL (label));
}

static gboolean
do_all_figures_agree (gpointer window)
{
  BagPoolStats stats;

  bag_pool_get_stats (bag_session_get_pool (bag_window_get_session (window)), &stats);
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_autofree char *wanted = bag_pool_figure_format (i, &stats);

      if (strcmp (get_figure (window, i), wanted) != 0)
        return FALSE;
    }

  return stats.in_use + stats.by_state[BAG_SLOT_FREE] == stats.n_slots && stats.acquires - stats.releases == stats.in_use;
}

static gboolean
is_quiet (gpointer window)
{
  BagPoolStats stats;

  bag_pool_get_stats (bag_session_get_pool (bag_window_get_session (window)), &stats);

  return stats.by_state[BAG_SLOT_FILLING] == 0 && stats.by_state[BAG_SLOT_READY] > 100 && do_all_figures_agree (window);
}

static void
test_agree_while_scrolling (void)
{
  BagWindow *window = open_window ();
  BagSession *session = bag_window_get_session (window);

  open_demo (window);
  bag_test_wait_until (is_quiet (window));
  bag_session_set_slice_index (session, 400);
  bag_test_wait_until (is_quiet (window));
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_HEAP_FALLBACKS), ==, "0");
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_EVICTIONS), !=, "0");
  close_window (window);
}

static void
test_slot_taken_behind_the_back (void)
{
  BagWindow *window = open_window ();
  BagPool *pool = NULL;
  g_autofree char *before = NULL;
  BagSlice *slice = NULL;

  open_demo (window);
  bag_test_wait_until (is_quiet (window));
  before = g_strdup (get_figure (window, BAG_POOL_FIGURE_IN_USE));

  pool = bag_session_get_pool (bag_window_get_session (window));
  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 1, NULL);
  g_assert_nonnull (slice);
  bag_test_wait_until (do_all_figures_agree (window));
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_IN_USE), !=, before);

  bag_slice_unref (slice);
  bag_test_wait_until (do_all_figures_agree (window));
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_IN_USE), ==, before);
  close_window (window);
}

/* Nobody looks: the figures stand still, and are right again once they are seen. */
static void
test_hidden (void)
{
  BagWindow *window = open_window ();
  g_autofree char *before = NULL;

  open_demo (window);
  bag_test_wait_until (is_quiet (window));
  activate (window, "win.show-pool", NULL);
  before = g_strdup (get_figure (window, BAG_POOL_FIGURE_REUSES));
  bag_session_set_slice_index (bag_window_get_session (window), 590);
  while (bag_session_get_drawn_index (bag_window_get_session (window)) != 590)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_REUSES), ==, before);

  activate (window, "win.show-pool", NULL);
  bag_test_wait_until (is_quiet (window));
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_REUSES), !=, before);
  close_window (window);
}

static void
get_stats (BagWindow *window, BagPoolStats *stats)
{
  bag_pool_get_stats (bag_session_get_pool (bag_window_get_session (window)), stats);
}

/* Nothing under way, nothing still to come, and the panel says what the pool says. */
static gboolean
is_settled (gpointer window)
{
  BagPoolStats stats;

  get_stats (window, &stats);

  return stats.by_state[BAG_SLOT_FILLING] == 0 && stats.n_queued == 0 && stats.n_leaving == 0 && do_all_figures_agree (window);
}

static void
scroll (BagWindow *window, guint n_steps, int step)
{
  for (guint i = 0; i < n_steps; i++)
    {
      bag_session_step (bag_window_get_session (window), step);
      g_main_context_iteration (NULL, FALSE);
    }
}

static void
assert_settles (BagWindow *window)
{
  BagPoolStats stats;

  bag_test_wait_until (is_settled (window));
  get_stats (window, &stats);
  g_assert_cmpuint (stats.stale + stats.doubled + stats.foreign + stats.interior + stats.illegal, ==, 0);
  g_assert_cmpuint (stats.heap_in_use, ==, 0);
}

/* A shift of an operator in short: open, scroll both ways, jump, less memory, the next bag, close. */
static void
test_story (void)
{
  BagWindow *window = open_window ();
  BagSession *session = bag_window_get_session (window);
  BagPoolStats stats;

  open_demo (window);
  assert_settles (window);
  scroll (window, 150, 1);
  scroll (window, 60, -1);
  assert_settles (window);
  bag_session_set_slice_index (session, 555);
  assert_settles (window);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.prefetch_hits, >, 0);

  bag_session_set_pool_budget (session, 16 * stats.stride);
  assert_settles (window);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.n_slots, ==, 16);
  g_assert_cmpuint (stats.in_use, ==, 14);
  scroll (window, 40, -3);
  assert_settles (window);

  open_demo (window);
  bag_test_wait_until (!bag_session_get_loading (session) && bag_session_get_bag_number (session) == 2);
  assert_settles (window);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.scans, ==, 2);

  activate (window, "win.close-scan", NULL);
  assert_settles (window);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.in_use, ==, 0);
  g_assert_cmpuint (stats.acquires, ==, stats.releases);
  close_window (window);
}

static void
test_commands (void)
{
  BagWindow *window = open_window ();
  BagPoolStats stats;

  activate (window, "win.clear-cache", NULL);
  activate (window, "win.reset-counters", NULL);
  open_demo (window);
  assert_settles (window);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.fills, >, 10);

  activate (window, "win.reset-counters", NULL);
  bag_test_wait_until (do_all_figures_agree (window));
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_FILL_TIME), ==, "none yet");
  activate (window, "win.clear-cache", NULL);
  get_stats (window, &stats);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_SHOWN] + stats.by_state[BAG_SLOT_READY], ==, 1);
  assert_settles (window);
  g_assert_cmpstr (get_figure (window, BAG_POOL_FIGURE_EVICTIONS), ==, "0");
  close_window (window);
}

static void
on_text_ready (GObject *source, GAsyncResult *result, gpointer text)
{
  *(char **) text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

/* What goes into the clipboard is what the panel says, line by line. */
static void
test_copy (void)
{
  BagWindow *window = open_window ();
  g_autofree char *text = NULL;

  open_demo (window);
  assert_settles (window);
  activate (window, "win.copy-figures", NULL);
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (window)), NULL, on_text_ready, &text);
  bag_test_wait_until (text != NULL);
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s: %s\n", bag_pool_figure_get_caption (i), get_figure (window, i));

      g_assert_nonnull (strstr (text, line));
    }
  close_window (window);
}

static void
assert_saved (BagWindow *window, const char *leaf, const char *start)
{
  g_autofree char *folder = g_dir_make_tmp ("bagscope-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, leaf, NULL);
  g_autofree char *text = NULL;

  bag_figures_save (window, path);
  bag_test_wait_until (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_str_has_prefix (text, start));
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_save (void)
{
  BagWindow *window = open_window ();

  assert_saved (window, "figures.json", "{\n  \"n_slots\": 0,\n");
  assert_saved (window, "figures.csv", "n_slots,slot_size,");
  open_demo (window);
  assert_settles (window);
  assert_saved (window, "figures", "{\n  \"n_slots\": ");
  close_window (window);
}

static void
test_save_fails (void)
{
  BagWindow *window = open_window ();
  BagBanner *banner = BAG_BANNER (bag_test_find_widget (GTK_WIDGET (window), BAG_TYPE_BANNER, "error_banner"));

  bag_figures_save (window, "/nowhere/figures.json");
  g_assert_cmpstr (bag_banner_get_text (banner), ==, NULL); /* nothing was waited for */
  bag_test_wait_until (bag_banner_get_text (banner) != NULL);
  g_assert_cmpstr (bag_banner_get_text (banner), ==, "“figures.json” was not written: its folder does not exist. Check the name of the folder and whether its drive is connected. Nothing was left behind.");
  close_window (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/pool-figures/story", test_story);
  g_test_add_func ("/pool-figures/commands", test_commands);
  g_test_add_func ("/pool-figures/copy", test_copy);
  g_test_add_func ("/pool-figures/save", test_save);
  g_test_add_func ("/pool-figures/save-fails", test_save_fails);
  g_test_add_func ("/pool-figures/agree-while-scrolling", test_agree_while_scrolling);
  g_test_add_func ("/pool-figures/slot-taken-behind-the-back", test_slot_taken_behind_the_back);
  g_test_add_func ("/pool-figures/hidden", test_hidden);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    add_tests ();

  return g_test_run ();
}
