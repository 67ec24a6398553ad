/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "render/bag-window-preset.h"
#include "widgets/bag-level-panel.h"

static GtkSpinButton *
find_number (GtkWidget *panel,
             const char *id)
{
  return GTK_SPIN_BUTTON (bag_test_find_widget (panel, GTK_TYPE_SPIN_BUTTON, id));
}

static void
test_without_scan (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *panel = g_object_ref_sink (bag_level_panel_new ());

  bag_level_panel_set_session (BAG_LEVEL_PANEL (panel), session);
  g_assert_true (bag_level_panel_get_session (BAG_LEVEL_PANEL (panel)) == session);
  g_assert_false (gtk_widget_get_sensitive (bag_test_find_widget (panel, GTK_TYPE_BOX, "content")));
  bag_level_panel_set_session (BAG_LEVEL_PANEL (panel), NULL);
  g_assert_finalize_object (panel);
  g_assert_finalize_object (session);
}

/* Both ways: what is typed reaches the session, what the session has is shown. */
static void
test_both_ways (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *panel = g_object_ref_sink (bag_level_panel_new ());
  BagWindowLevel window;

  bag_level_panel_set_session (BAG_LEVEL_PANEL (panel), session);
  bag_session_open_demo (session, 1);
  bag_test_wait_until (bag_session_is_exact (session));
  g_assert_true (gtk_widget_get_sensitive (bag_test_find_widget (panel, GTK_TYPE_BOX, "content")));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (bag_test_find_widget (panel, GTK_TYPE_LABEL, "units"))), ==, "MHU");

  bag_session_set_window (session, 1234, 567);
  g_assert_cmpfloat (gtk_spin_button_get_value (find_number (panel, "center")), ==, 1234);
  g_assert_cmpfloat (gtk_spin_button_get_value (find_number (panel, "width")), ==, 567);

  gtk_spin_button_set_value (find_number (panel, "center"), -20);
  gtk_spin_button_set_value (find_number (panel, "width"), 0);
  bag_session_get_window (session, &window);
  g_assert_cmpfloat (window.center, ==, -20);
  g_assert_cmpfloat (window.width, ==, 1);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (bag_test_find_widget (panel, GTK_TYPE_TOGGLE_BUTTON, "invert")), TRUE);
  g_assert_true (bag_session_get_inverted (session));

  bag_session_close (session);
  g_assert_finalize_object (panel);
  g_object_unref (session);
}

/* As narrow as the function lets it be. */
static void
test_narrow_window (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *panel = g_object_ref_sink (bag_level_panel_new ());
  BagWindowLevel window = { 1000, 0.5, BAG_VOI_FUNCTION_LINEAR_EXACT };

  bag_level_panel_set_session (BAG_LEVEL_PANEL (panel), session);
  bag_session_open_demo (session, 1);
  bag_test_wait_until (bag_session_is_exact (session));
  bag_session_use_window (session, &window);
  g_assert_cmpfloat (gtk_spin_button_get_value (find_number (panel, "width")), ==, 0.5);
  bag_session_get_window (session, &window);
  g_assert_cmpfloat (window.width, ==, 0.5);

  gtk_spin_button_set_value (find_number (panel, "width"), 0.25);
  bag_session_get_window (session, &window);
  g_assert_cmpfloat (window.width, ==, 0.25);
  bag_session_auto_window (session);
  gtk_spin_button_set_value (find_number (panel, "width"), 0.25);
  g_assert_cmpfloat (gtk_spin_button_get_value (find_number (panel, "width")), ==, 1);

  bag_session_close (session);
  g_assert_finalize_object (panel);
  g_object_unref (session);
}

static void
on_preset (GSimpleAction *action,
           GVariant *target,
           int *number)
{
  *number = g_variant_get_int32 (target);
}

static GtkWidget *
find_preset (GtkWidget *panel,
             int index)
{
  GtkWidget *box = bag_test_find_widget (panel, GTK_TYPE_FLOW_BOX, "presets");

  return gtk_flow_box_child_get_child (gtk_flow_box_get_child_at_index (GTK_FLOW_BOX (box), index));
}

/* Each preset activates the window's action with its number. */
static void
test_presets (void)
{
  GtkWidget *panel = bag_level_panel_new ();
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("window-preset", G_VARIANT_TYPE_INT32);
  GtkWidget *window;
  int number = 0;

  g_signal_connect (action, "activate", G_CALLBACK (on_preset), &number);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  window = bag_test_show (panel, 300, 400);
  gtk_widget_insert_action_group (window, "win", G_ACTION_GROUP (group));
  gtk_widget_set_sensitive (bag_test_find_widget (panel, GTK_TYPE_BOX, "content"), TRUE);

  for (int i = 0; i < (int) BAG_N_WINDOW_PRESETS; i++)
    {
      GtkWidget *button = find_preset (panel, i);

      g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, bag_window_preset_get_name ((guint) i + 1));
      number = 0;
      gtk_widget_activate (button);
      bag_test_wait_until (number != 0);
      g_assert_cmpint (number, ==, i + 1);
    }

  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkEventControllerKey *
find_entry_keys (GtkWidget *entry)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (entry);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (g_strcmp0 (gtk_event_controller_get_name (controller), "bag-entry-keys") == 0)
        return GTK_EVENT_CONTROLLER_KEY (controller);
    }

  return NULL;
}

static void
type_and_press (GtkWidget *entry,
                const char *text,
                guint keyval)
{
  gboolean is_taken = FALSE;

  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (find_entry_keys (entry), "key-pressed", keyval, 0, 0, &is_taken);
  g_assert_true (is_taken);
}

/* Enter takes what was typed, Escape does not; either way the keys are the window's again. */
static void
test_leaving_an_entry (void)
{
  BagSession *session = bag_session_new (0);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel = bag_level_panel_new ();
  GtkWidget *entry = GTK_WIDGET (find_number (panel, "center"));
  BagWindowLevel level;

  bag_level_panel_set_session (BAG_LEVEL_PANEL (panel), session);
  gtk_window_set_child (GTK_WINDOW (window), panel);
  bag_session_open_demo (session, 1);
  bag_test_wait_until (bag_session_is_exact (session));

  type_and_press (entry, "512", GDK_KEY_Return);
  bag_session_get_window (session, &level);
  g_assert_cmpfloat (level.center, ==, 512);
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));

  type_and_press (entry, "77", GDK_KEY_Escape);
  bag_session_get_window (session, &level);
  g_assert_cmpfloat (level.center, ==, 512);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "512");
  g_assert_null (gtk_window_get_focus (GTK_WINDOW (window)));

  gtk_window_destroy (GTK_WINDOW (window));
  g_object_unref (session);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      g_test_add_func ("/level-panel/without-scan", test_without_scan);
      g_test_add_func ("/level-panel/both-ways", test_both_ways);
      g_test_add_func ("/level-panel/leaving-an-entry", test_leaving_an_entry);
      g_test_add_func ("/level-panel/narrow-window", test_narrow_window);
      g_test_add_func ("/level-panel/presets", test_presets);
    }

  return g_test_run ();
}
