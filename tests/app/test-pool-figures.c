/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool/bag-slice.h"
#include "session/bag-pool-figure.h"
#include "widgets/bag-pool-panel.h"
#include "window-checks.h"

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
add_tests (void)
{
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
