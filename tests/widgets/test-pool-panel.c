/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-pool-figure.h"
#include "widgets/bag-pool-map.h"
#include "widgets/bag-pool-panel.h"

#include "pool/bag-slice.h"
#include "slices/bag-slice-tag.h"

#include <string.h>

typedef struct
{
  BagPool *pool;
  BagPoolMonitor *monitor;
  BagPoolPanel *panel;
  GtkWidget *window;
} Fixture;

static gboolean
on_timeout (gpointer user_data)
{
  g_assert_not_reached ();

  return G_SOURCE_REMOVE;
}

/* Turns the main loop until the widget is on screen with a size, or is not. */
static void
wait_for_mapped (GtkWidget *widget, gboolean wanted)
{
  guint id = g_timeout_add_seconds (10, on_timeout, NULL);

  while (gtk_widget_get_mapped (widget) != wanted || (wanted && gtk_widget_get_width (widget) == 0))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->pool = bag_pool_new_with_reservation (2 << 20, 1000, 12, NULL);
  self->monitor = bag_pool_monitor_new ();
  bag_pool_monitor_set_interval (self->monitor, 0);
  bag_pool_monitor_set_pool (self->monitor, self->pool);
  self->panel = bag_pool_panel_new ();
  bag_pool_panel_set_monitor (self->panel, self->monitor);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->panel));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 300, 600);
}

static void
show (Fixture *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
  wait_for_mapped (GTK_WIDGET (self->panel), TRUE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer panel = self->panel;

  g_object_add_weak_pointer (G_OBJECT (self->panel), &panel);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (panel != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (self->monitor);
  bag_pool_unref (self->pool);
}

static GtkWidget *
find_child (GtkWidget *widget, const char *name, GType type)
{
  if (name != NULL ? strcmp (gtk_widget_get_name (widget), name) == 0 : G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, name, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static const char *
get_text (Fixture *self, const char *name)
{
  GtkWidget *label = find_child (GTK_WIDGET (self->panel), name, G_TYPE_NONE);

  g_assert_true (GTK_IS_LABEL (label));

  return gtk_label_get_text (GTK_LABEL (label));
}

static BagPoolMap *
get_map (Fixture *self)
{
  return BAG_POOL_MAP (find_child (GTK_WIDGET (self->panel), NULL, BAG_TYPE_POOL_MAP));
}

static void
assert_equals_pool (Fixture *self)
{
  BagPoolStats stats;
  BagSlotInfo slots[64];
  guint n_slots = bag_pool_get_slots (self->pool, slots, G_N_ELEMENTS (slots));

  bag_pool_get_stats (self->pool, &stats);
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_autofree char *text = bag_pool_figure_format (i, &stats);

      g_assert_cmpstr (get_text (self, bag_pool_figure_get_name (i)), ==, text);
    }
  for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", stats.by_state[i]);

      g_assert_cmpstr (get_text (self, bag_slot_state_get_name (i)), ==, text);
    }
  g_assert_cmpuint (bag_pool_map_get_n_slots (get_map (self)), ==, n_slots);
  for (guint i = 0; i < n_slots; i++)
    g_assert_cmpint (bag_pool_map_get_state (get_map (self), i), ==, slots[i].state);
}

static void
test_figures (Fixture *self, gconstpointer data)
{
  g_autoptr (BagSlice) filling = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1000, NULL);
  g_autoptr (BagSlice) shown = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1000, NULL);
  g_autoptr (BagSlice) lost = NULL;

  show (self);
  assert_equals_pool (self);
  g_assert_cmpstr (get_text (self, "slots-in-use"), ==, "2 / 12");

  bag_slice_set_ready (shown);
  bag_slice_set_shown (shown, TRUE);
  lost = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1000, NULL);
  bag_slice_quarantine (lost);
  g_assert_null (bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1001, NULL));
  bag_pool_count_lookup (self->pool, NULL);
  bag_pool_count_lookup (self->pool, shown);
  bag_pool_count_eviction (self->pool);
  bag_pool_count_scan (self->pool);
  run_pending ();
  assert_equals_pool (self);
  g_assert_cmpstr (get_text (self, "slots-in-use"), ==, "3 / 12");
  g_assert_cmpstr (get_text (self, "high-water"), ==, "3");
  g_assert_cmpstr (get_text (self, "least-free"), ==, "9");
  g_assert_cmpstr (get_text (self, "refused-size"), ==, "1");
  g_assert_cmpstr (get_text (self, "slot-size"), ==, "1000 bytes");
  g_assert_cmpint (bag_pool_map_get_state (get_map (self), 1), ==, BAG_SLOT_SHOWN);

  bag_pool_divide (self->pool, 500, 40, NULL);
  run_pending ();
  assert_equals_pool (self);
}

static void
test_unmapped (Fixture *self, gconstpointer data)
{
  g_autoptr (BagSlice) slice = NULL;
  gboolean active = TRUE;

  g_object_get (self->monitor, "active", &active, NULL);
  g_assert_false (active);
  show (self);
  g_object_get (self->monitor, "active", &active, NULL);
  g_assert_true (active);
  g_assert_cmpstr (get_text (self, "slots-in-use"), ==, "0 / 12");

  gtk_widget_set_visible (GTK_WIDGET (self->panel), FALSE);
  wait_for_mapped (GTK_WIDGET (self->panel), FALSE);
  g_object_get (self->monitor, "active", &active, NULL);
  g_assert_false (active);
  slice = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1, NULL);
  run_pending ();
  g_assert_cmpstr (get_text (self, "slots-in-use"), ==, "0 / 12");

  gtk_widget_set_visible (GTK_WIDGET (self->panel), TRUE);
  wait_for_mapped (GTK_WIDGET (self->panel), TRUE);
  g_assert_cmpstr (get_text (self, "slots-in-use"), ==, "1 / 12");
}

static void
on_notify (GObject *object, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_properties (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (BagPoolMonitor) monitor = NULL;
  g_autoptr (BagSlice) slice = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1, NULL);
  guint n_slices = 1;

  bag_slice_set_tag (slice, 0);
  bag_slice_set_ready (slice);
  show (self);
  g_signal_connect (self->panel, "notify::monitor", G_CALLBACK (on_notify), names);
  g_signal_connect (self->panel, "notify::n-slices", G_CALLBACK (on_notify), names);
  g_object_get (self->panel, "monitor", &monitor, "n-slices", &n_slices, NULL);
  g_assert_true (monitor == self->monitor);
  g_assert_cmpuint (n_slices, ==, 0);
  g_object_set (self->panel, "monitor", monitor, "n-slices", 0, NULL);
  g_assert_cmpstr (names->str, ==, "");

  g_object_set (self->panel, "n-slices", 600, NULL);
  g_assert_cmpstr (names->str, ==, "n-slices ");
  g_assert_cmpstr (get_text (self, "summary"), ==, "1 of 600 slices in memory");
  g_object_set (self->panel, "monitor", NULL, NULL);
  g_assert_cmpstr (names->str, ==, "n-slices monitor ");
}

static void
on_show_slice (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  *(guint *) user_data = g_variant_get_uint32 (parameter);
}

/* Slices of an earlier bag are neither counted nor gone to. What is chosen in the map is
 * told to the window, from 1. */
static void
test_bag_on_screen (Fixture *self, gconstpointer data)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("show-slice", G_VARIANT_TYPE_UINT32);
  g_autoptr (BagSlice) old_slice = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1, NULL);
  g_autoptr (BagSlice) slice = bag_pool_acquire (self->pool, BAG_POOL_CLASS_VIEW, 1, NULL);
  guint number = 0;

  bag_slice_set_tag (old_slice, bag_slice_tag_new (1, 30));
  bag_slice_set_ready (old_slice);
  bag_slice_set_tag (slice, bag_slice_tag_new (2, 212));
  bag_slice_set_ready (slice);
  g_signal_connect (action, "activate", G_CALLBACK (on_show_slice), &number);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  show (self);
  g_object_set (self->panel, "n-slices", 600, "bag-number", 2, NULL);
  g_assert_cmpstr (get_text (self, "summary"), ==, "1 of 600 slices in memory");

  bag_pool_map_select_slot (get_map (self), 0);
  g_assert_cmpstr (get_text (self, "selection"), ==, "Slot 1: a slice of an earlier bag, ready just now, asked for, not looked at yet");
  bag_pool_map_activate_selected (get_map (self));
  g_assert_cmpuint (number, ==, 0);
  bag_pool_map_select_slot (get_map (self), 1);
  g_assert_cmpstr (get_text (self, "selection"), ==, "Slot 2: slice 213, ready just now, asked for, not looked at yet");
  bag_pool_map_activate_selected (get_map (self));
  g_assert_cmpuint (number, ==, 213);
}

static void
test_names (Fixture *self, gconstpointer data)
{
  show (self);
  bag_pool_map_select_slot (get_map (self), G_MAXUINT); /* the focus came to it first */
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_map (self)), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_map (self)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "12 free, 0 filling, 0 ready, 0 shown, 0 quarantined");
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      GtkWidget *label = find_child (GTK_WIDGET (self->panel), bag_pool_figure_get_name (i), G_TYPE_NONE);

      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, bag_pool_figure_get_caption (i));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, bag_pool_figure_get_help (i));
    }
}

static void
test_skip (void)
{
  g_test_skip ("no display");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_add_func ("/pool-panel/no-display", test_skip);
      return g_test_run ();
    }

  g_test_add ("/pool-panel/figures", Fixture, NULL, set_up, test_figures, tear_down);
  g_test_add ("/pool-panel/unmapped", Fixture, NULL, set_up, test_unmapped, tear_down);
  g_test_add ("/pool-panel/properties", Fixture, NULL, set_up, test_properties, tear_down);
  g_test_add ("/pool-panel/bag-on-screen", Fixture, NULL, set_up, test_bag_on_screen, tear_down);
  g_test_add ("/pool-panel/names", Fixture, NULL, set_up, test_names, tear_down);

  return g_test_run ();
}
