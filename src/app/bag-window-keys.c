/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window-keys"

#include "config.h"

#include "app/bag-window-keys.h"

#include "widgets/bag-pool-map.h"
#include "widgets/bag-scan-chooser.h"

/* Keys. Those with Ctrl and the function keys belong to the application and
 * work everywhere. Plain keys are caught on their way down from the window, so
 * that they work wherever the focus is, but for two cases: an entry that has
 * the focus keeps all of them, and an open menu too; a slider, the slot map and
 * the lists of data elements and of scans keep the keys that move in them. */

/* @action as GAction writes it in full; several triggers are parted by '|'. */
typedef struct
{
  const char *trigger;
  const char *action;
} BagWindowKey;

static const BagWindowKey move_keys[] = {
  { "Down", "win.next-slice" },
  { "KP_Down", "win.next-slice" },
  { "Up", "win.previous-slice" },
  { "KP_Up", "win.previous-slice" },
  { "Page_Down", "win.next-10" },
  { "KP_Page_Down", "win.next-10" },
  { "Page_Up", "win.previous-10" },
  { "KP_Page_Up", "win.previous-10" },
  { "Home", "win.first-slice" },
  { "KP_Home", "win.first-slice" },
  { "End", "win.last-slice" },
  { "KP_End", "win.last-slice" },
};

static const BagWindowKey plain_keys[] = {
  { "1", "win.window-preset(1)" },
  { "2", "win.window-preset(2)" },
  { "3", "win.window-preset(3)" },
  { "4", "win.window-preset(4)" },
  { "5", "win.window-preset(5)" },
  { "a", "win.auto-window" },
  { "f", "win.fit" },
  { "i", "win.invert" },
  { "n", "win.next-alarm" },
  { "p", "win.previous-alarm" },
  { "r", "win.reset-window" },
  { "w", "win.window-mode" },
  { "plus", "win.zoom-in" },
  { "equal", "win.zoom-in" },
  { "KP_Add", "win.zoom-in" },
  { "minus", "win.zoom-out" },
  { "KP_Subtract", "win.zoom-out" },
  { "<Control>v", "win.paste" },
  { "Escape", "win.dismiss-message" },
};

static const BagWindowKey accels[] = {
  { "<Control>o", "win.open" },
  { "<Control><Shift>o", "win.open-folder" },
  { "<Control>d", "win.open-demo" },
  { "<Control><Shift>w", "win.close-scan" },
  { "<Control>w", "window.close" },
  { "<Control>g", "win.go-to-slice" },
  { "<Control>plus|<Control>equal|<Control>KP_Add", "win.zoom-in" },
  { "<Control>minus|<Control>KP_Subtract", "win.zoom-out" },
  { "<Control>0|<Control>KP_0", "win.fit" },
  { "<Control>1|<Control>KP_1", "win.one-to-one" },
  { "<Control>Page_Down", "win.next-scan" },
  { "<Control>Page_Up", "win.previous-scan" },
  { "F6", "win.go-to-scans" },
  { "F7", "win.show-facts" },
  { "F8", "win.show-levels" },
  { "F9", "win.show-pool" },
  { "F11", "win.fullscreen" },
  { "<Control>s", "app.save-figures" },
  { "<Control>question|F1", "app.shortcuts" },
  { "<Control>q", "app.quit" },
};

static GtkEventController *
add_controller (GtkWindow *window, const BagWindowKey *keys, gsize n_keys)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (gsize i = 0; i < n_keys; i++)
    {
      g_autofree char *name = NULL;
      g_autoptr (GVariant) target = NULL;
      GtkShortcut *shortcut;

      if (!g_action_parse_detailed_name (keys[i].action, &name, &target, NULL))
        g_assert_not_reached ();
      shortcut = gtk_shortcut_new (gtk_shortcut_trigger_parse_string (keys[i].trigger), gtk_named_action_new (name));
      gtk_shortcut_set_arguments (shortcut, target);
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (window), controller);

  return controller;
}

static gboolean
is_in_popover (GtkWindow *window, GtkWidget *focus)
{
  return GTK_WIDGET (gtk_widget_get_native (focus)) != GTK_WIDGET (window);
}

static gboolean
wants_all_keys (GtkWindow *window, GtkWidget *focus)
{
  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus) || is_in_popover (window, focus);
}

static gboolean
wants_move_keys (GtkWidget *focus)
{
  return focus != NULL && (GTK_IS_RANGE (focus) || BAG_IS_POOL_MAP (focus) || gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL || gtk_widget_get_ancestor (focus, BAG_TYPE_SCAN_CHOOSER) != NULL);
}

static void
set_on (GtkEventController *controller, gboolean on)
{
  gtk_event_controller_set_propagation_phase (controller, on ? GTK_PHASE_CAPTURE : GTK_PHASE_NONE);
}

static void
on_focus_changed (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  gboolean plain = focus == NULL || !wants_all_keys (window, focus);

  set_on (g_object_get_data (G_OBJECT (window), "bag-plain-keys"), plain);
  set_on (g_object_get_data (G_OBJECT (window), "bag-move-keys"), plain && !wants_move_keys (focus));
}

static void
on_destroy_idle (gpointer window)
{
  gtk_window_destroy (window);
  g_object_unref (window);
}

/* A key that closes the window is still on its way through it. GTK holds the widgets on that way,
 * which would then outlive the window that their bindings watch: the window goes a moment later. */
static gboolean
on_close_request (GtkWindow *window)
{
  g_idle_add_once (on_destroy_idle, g_object_ref (window));

  return GDK_EVENT_STOP;
}

/**
 * bag_window_keys_add:
 * @window: a window that has the actions
 *
 * Adds the plain keys to @window, and lets keys close it.
 */
void
bag_window_keys_add (GtkWindow *window)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_data (G_OBJECT (window), "bag-plain-keys", add_controller (window, plain_keys, G_N_ELEMENTS (plain_keys)));
  g_object_set_data (G_OBJECT (window), "bag-move-keys", add_controller (window, move_keys, G_N_ELEMENTS (move_keys)));
  g_signal_connect (window, "notify::focus-widget", G_CALLBACK (on_focus_changed), NULL);
  g_signal_connect (window, "close-request", G_CALLBACK (on_close_request), NULL);
}

/**
 * bag_window_keys_set_accels:
 * @application: the application
 *
 * Sets the keys with Ctrl and the function keys.
 */
void
bag_window_keys_set_accels (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (gsize i = 0; i < G_N_ELEMENTS (accels); i++)
    {
      g_auto (GStrv) triggers = g_strsplit (accels[i].trigger, "|", -1);

      gtk_application_set_accels_for_action (application, accels[i].action, (const char *const *) triggers);
    }
}
