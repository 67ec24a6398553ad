/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window-actions"

#include "config.h"

#include "app/bag-window-actions.h"

#include "app/bag-open-dialog.h"
#include "app/bag-paths.h"
#include "app/bag-window-pool-actions.h"
#include "render/bag-window-preset.h"
#include "widgets/bag-scan-chooser.h"
#include "widgets/bag-slice-view.h"

#include <glib/gi18n.h>

/* Every command of the window as an action "win.NAME". Buttons, menus, keys and
 * scripts all go through these. */

#define BIG_STEP 10

static BagSession *
get_session (gpointer window)
{
  return bag_window_get_session (BAG_WINDOW (window));
}

static BagSliceView *
get_view (gpointer window)
{
  return BAG_SLICE_VIEW (bag_window_get_view (BAG_WINDOW (window)));
}

static void
on_next_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step (get_session (window), 1);
}

static void
on_previous_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step (get_session (window), -1);
}

static void
on_next_10_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step (get_session (window), BIG_STEP);
}

static void
on_previous_10_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step (get_session (window), -BIG_STEP);
}

static void
on_first_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_set_slice_index (get_session (window), 0);
}

static void
on_last_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  guint n_slices = bag_session_get_n_slices (get_session (window));

  bag_session_set_slice_index (get_session (window), n_slices > 0 ? n_slices - 1 : 0);
}

/* Unlike bag_window_show_slice() it never means a bag that is still being opened: the number
 * comes from what is on screen. */
static void
on_show_slice_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  guint number = g_variant_get_uint32 (parameter);

  if (number > 0)
    bag_session_set_slice_index (get_session (window), number - 1);
}

static void
on_go_to_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_window_ask_for_slice (BAG_WINDOW (window));
}

static void
on_choose_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  BagWindow *window = BAG_WINDOW (source);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = bag_open_dialog_choose_finish (result, &error);

  if (paths != NULL)
    bag_window_open (window, (const char *const *) paths);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bag_window_show_message (window, error->message);
}

/* The dialog starts where the last bag came from, or the report whose bag is looked for. */
static void
choose (BagWindow *window, BagOpenDialogKind kind)
{
  bag_open_dialog_choose_async (GTK_WINDOW (window),
                                kind,
                                bag_window_get_folder (window),
                                bag_window_get_cancellable (window),
                                on_choose_ready,
                                NULL);
}

static void
on_open_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose (BAG_WINDOW (window), BAG_OPEN_DIALOG_FILES);
}

static void
on_open_folder_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose (BAG_WINDOW (window), BAG_OPEN_DIALOG_FOLDER);
}

/* From the last scan of several it goes on with the first. */
static void
choose_neighbour (BagSession *session, int step)
{
  GListModel *scans = bag_session_get_scans (session);
  guint n_scans = g_list_model_get_n_items (scans);
  guint position = 0;

  if (n_scans > 1 && g_list_store_find (G_LIST_STORE (scans), bag_session_get_scan (session), &position))
    bag_session_choose_scan (session, step > 0 ? (position + 1) % n_scans : (position + n_scans - 1) % n_scans);
}

static void
on_next_scan_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose_neighbour (get_session (window), 1);
}

static void
on_previous_scan_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  choose_neighbour (get_session (window), -1);
}

static void
on_next_alarm_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step_alarm (get_session (window), 1);
}

static void
on_previous_alarm_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_step_alarm (get_session (window), -1);
}

static void
on_open_demo_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_window_open_demo (BAG_WINDOW (window));
}

static void
on_close_scan_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_window_dismiss_messages (BAG_WINDOW (window));
  bag_session_close (get_session (window));
}

static void
on_read_clipboard_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BagWindow) window = BAG_WINDOW (user_data);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) paths = bag_paths_read_clipboard_finish (result, &error);

  if (paths != NULL)
    bag_window_open (window, (const char *const *) paths);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    bag_window_show_message (window, error->message);
}

static void
on_paste_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_paths_read_clipboard_async (gtk_widget_get_clipboard (GTK_WIDGET (window)),
                                  bag_window_get_cancellable (BAG_WINDOW (window)),
                                  on_read_clipboard_ready,
                                  g_object_ref (window));
}

static void
on_zoom_in_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_slice_view_zoom_in (get_view (window));
}

static void
on_zoom_out_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_slice_view_zoom_out (get_view (window));
}

static void
on_fit_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_slice_view_fit (get_view (window));
}

static void
on_one_to_one_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_slice_view_one_to_one (get_view (window));
}

static void
on_window_mode_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BagSliceView *view = get_view (window);
  gboolean is_window = bag_slice_view_get_mode (view) == BAG_SLICE_VIEW_MODE_WINDOW;

  bag_slice_view_set_mode (view, is_window ? BAG_SLICE_VIEW_MODE_SCROLL : BAG_SLICE_VIEW_MODE_WINDOW);
}

static void
on_auto_window_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_auto_window (get_session (window));
}

static void
on_reset_window_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_reset_window (get_session (window));
}

/* In units without a scale a preset is a part of the window the scan started with. */
static void
on_window_preset_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  BagSession *session = get_session (window);
  BagScan *scan = bag_session_get_scan (session);
  BagWindowLevel whole, preset;

  if (scan == NULL)
    return;

  bag_session_get_scan_window (session, &whole);
  if (bag_window_preset_get ((guint) g_variant_get_int32 (parameter), bag_scan_get_units (scan), &whole, &preset))
    bag_session_use_window (session, &preset);
}

/* Not an action on the property: that would hold the window, which holds the action. */
static void
on_fullscreen_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (window)))
    gtk_window_unfullscreen (GTK_WINDOW (window));
  else
    gtk_window_fullscreen (GTK_WINDOW (window));
}

static void
on_cancel_opening_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  bag_session_cancel_opening (get_session (window));
}

/* The way back to the picture as well, from whatever keeps the keys that move. */
static void
on_dismiss_activated (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  GtkWidget *view = bag_window_get_view (BAG_WINDOW (window));

  bag_session_cancel_opening (get_session (window));
  bag_window_dismiss_messages (BAG_WINDOW (window));
  if (gtk_widget_get_mapped (view))
    gtk_widget_grab_focus (view);
}

/* Into the list, which comes when it is away; from there it goes, and the way is back. */
static void
on_go_to_scans_activated (GSimpleAction *action, GVariant *parameter, gpointer scans)
{
  BagScanChooser *chooser = BAG_SCAN_CHOOSER (scans);
  BagWindow *window = BAG_WINDOW (gtk_widget_get_root (scans));

  if (!bag_scan_chooser_get_several (chooser))
    return;

  if (bag_scan_chooser_has_focus (chooser))
    {
      bag_scan_chooser_set_shown (chooser, FALSE);
      gtk_widget_grab_focus (bag_window_get_view (window));
      return;
    }
  bag_scan_chooser_set_shown (chooser, TRUE);
  bag_scan_chooser_take_focus (chooser);
}

static const GActionEntry scan_entries[] = {
  { .name = "next-slice", .activate = on_next_activated },
  { .name = "previous-slice", .activate = on_previous_activated },
  { .name = "next-10", .activate = on_next_10_activated },
  { .name = "previous-10", .activate = on_previous_10_activated },
  { .name = "first-slice", .activate = on_first_activated },
  { .name = "last-slice", .activate = on_last_activated },
  { .name = "next-scan", .activate = on_next_scan_activated },
  { .name = "previous-scan", .activate = on_previous_scan_activated },
  { .name = "next-alarm", .activate = on_next_alarm_activated },
  { .name = "previous-alarm", .activate = on_previous_alarm_activated },
  { .name = "show-slice", .activate = on_show_slice_activated, .parameter_type = "u" },
  { .name = "go-to-slice", .activate = on_go_to_activated },
  { .name = "close-scan", .activate = on_close_scan_activated },
  { .name = "zoom-in", .activate = on_zoom_in_activated },
  { .name = "zoom-out", .activate = on_zoom_out_activated },
  { .name = "fit", .activate = on_fit_activated },
  { .name = "one-to-one", .activate = on_one_to_one_activated },
  { .name = "window-mode", .activate = on_window_mode_activated },
  { .name = "auto-window", .activate = on_auto_window_activated },
  { .name = "reset-window", .activate = on_reset_window_activated },
  { .name = "window-preset", .activate = on_window_preset_activated, .parameter_type = "i" },
};

static const GActionEntry window_entries[] = {
  { .name = "open", .activate = on_open_activated },
  { .name = "open-folder", .activate = on_open_folder_activated },
  { .name = "open-demo", .activate = on_open_demo_activated },
  { .name = "paste", .activate = on_paste_activated },
  { .name = "fullscreen", .activate = on_fullscreen_activated },
  { .name = "cancel-opening", .activate = on_cancel_opening_activated },
  { .name = "dismiss-message", .activate = on_dismiss_activated },
};

static void
add_property_action (BagWindow *window, const char *name, gpointer object, const char *property)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, object, property);

  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}

/**
 * bag_window_actions_add:
 * @window: a window with a session
 *
 * Adds the commands of the window to it.
 */
void
bag_window_actions_add (BagWindow *window)
{
  GActionMap *map = G_ACTION_MAP (window);

  g_return_if_fail (BAG_IS_WINDOW (window));

  g_action_map_add_action_entries (map, scan_entries, G_N_ELEMENTS (scan_entries), window);
  g_action_map_add_action_entries (map, window_entries, G_N_ELEMENTS (window_entries), window);
  bag_window_pool_actions_add (window);
  add_property_action (window, "invert", bag_window_get_session (window), "inverted");
}

/**
 * bag_window_actions_add_panels:
 * @window: a window
 *
 * Adds a switch for each of the three panels at the side and for the list of @scans, and
 * the way into that list.
 */
void
bag_window_actions_add_panels (BagWindow *window, GtkWidget *facts, GtkWidget *levels, GtkWidget *pool, GtkWidget *scans)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new ("go-to-scans", NULL);

  g_return_if_fail (BAG_IS_WINDOW (window));

  add_property_action (window, "show-facts", facts, "visible");
  add_property_action (window, "show-levels", levels, "visible");
  add_property_action (window, "show-pool", pool, "visible");
  add_property_action (window, "show-scans", scans, "shown");
  g_signal_connect_object (action, "activate", G_CALLBACK (on_go_to_scans_activated), scans, 0);
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (action));
}

/**
 * bag_window_actions_let_go:
 * @map: the window
 *
 * Removes the actions that hold on to a widget or the session, so that these
 * can go before the last who looks at the actions does.
 */
void
bag_window_actions_let_go (GActionMap *map)
{
  const char *const names[] = { "invert", "show-facts", "show-levels", "show-pool", "show-scans" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_action_map_remove_action (map, names[i]);
}

/**
 * bag_window_actions_set_has_scan:
 * @map: the window
 * @has_scan: whether there is a bag on screen
 *
 * Commands that need a bag are off without one.
 */
void
bag_window_actions_set_has_scan (GActionMap *map, gboolean has_scan)
{
  for (gsize i = 0; i < G_N_ELEMENTS (scan_entries); i++)
    {
      GAction *action = g_action_map_lookup_action (map, scan_entries[i].name);

      g_simple_action_set_enabled (G_SIMPLE_ACTION (action), has_scan);
    }
}
