/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window-actions"

#include "config.h"

#include "app/bag-window-pool-actions.h"

#include "app/bag-figures.h"

/* What can be done with the pool, as actions "win.NAME". */

static BagSession *
get_session (gpointer window)
{
  return bag_window_get_session (BAG_WINDOW (window));
}

static void
on_clear_cache_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_clear_cache (get_session (window));
}

static void
on_reset_counters_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_reset_counters (get_session (window));
}

static void
on_copy_figures_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_figures_copy (BAG_WINDOW (window));
}

static const GActionEntry entries[] = {
  { .name = "clear-cache", .activate = on_clear_cache_activated },
  { .name = "reset-counters", .activate = on_reset_counters_activated },
  { .name = "copy-figures", .activate = on_copy_figures_activated },
};

/**
 * bag_window_pool_actions_add:
 * @window: a window with a session
 *
 * Adds the commands of the pool panel to it. They do nothing before the first bag.
 */
void
bag_window_pool_actions_add (BagWindow *window)
{
  g_return_if_fail (BAG_IS_WINDOW (window));

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
}
