/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-pool-cell.h"
#include "session/bag-pool-figure.h"
#include "widgets/bag-pool-map.h"
#include "widgets/bag-pool-panel.h"

#include "pool/bag-slice.h"

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
test_names (Fixture *self, gconstpointer data)
{
  show (self);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (get_map (self)), GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_map (self)), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "12 free, 0 filling, 0 ready, 0 shown, 0 quarantined");
  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      GtkWidget *label = find_child (GTK_WIDGET (self->panel), bag_pool_figure_get_name (i), G_TYPE_NONE);

      gtk_test_accessible_assert_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_LABEL, bag_pool_figure_get_caption (i));
      g_assert_cmpstr (gtk_widget_get_tooltip_text (label), ==, bag_pool_figure_get_help (i));
    }
}

/* From a handful to thousands of slots: all inside, each found where it is drawn. */
static void
test_map (Fixture *self, gconstpointer data)
{
  const guint counts[] = { 1, 8, 64, 600, 2000 };
  BagPoolMap *map = NULL;
  g_autofree BagSlotInfo *slots = g_new0 (BagSlotInfo, 2000);

  for (guint i = 0; i < 2000; i++)
    slots[i].tag = i % 2 == 0 ? BAG_POOL_NO_TAG : 212;
  slots[1].state = BAG_SLOT_READY;

  show (self);
  map = get_map (self);
  for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
    {
      int height = 0;

      bag_pool_map_set_slots (map, slots, counts[k]);
      gtk_widget_measure (GTK_WIDGET (map), GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (map)), &height, NULL, NULL, NULL);
      g_assert_cmpint (height, <=, 170);
      g_assert_cmpuint (bag_pool_map_get_slot_at (map, 1, 1), ==, 0);
      g_assert_cmpuint (bag_pool_map_get_slot_at (map, 1, height), ==, G_MAXUINT);
      g_assert_cmpuint (bag_pool_map_get_slot_at (map, -1, 1), ==, G_MAXUINT);
      for (guint slot = 0, x = 0; x < (guint) gtk_widget_get_width (GTK_WIDGET (map)); x++)
        {
          guint at = bag_pool_map_get_slot_at (map, x, 1);

          g_assert_true (at == slot || at == slot + 1 || at == G_MAXUINT);
          slot = at != G_MAXUINT ? at : slot;
        }
    }
}

static void
test_describe (Fixture *self, gconstpointer data)
{
  g_autoptr (BagPoolMap) map = g_object_ref_sink (bag_pool_map_new ());
  BagSlotInfo slots[17] = { { 0 } };
  g_autofree char *free_text = NULL;
  g_autofree char *ready_text = NULL;

  slots[0].tag = BAG_POOL_NO_TAG;
  slots[16] = (BagSlotInfo){ .state = BAG_SLOT_READY, .tag = 212 };
  bag_pool_map_set_slots (map, slots, 17);
  free_text = bag_pool_map_describe_slot (map, 0);
  ready_text = bag_pool_map_describe_slot (map, 16);
  g_assert_cmpstr (free_text, ==, "Slot 1: free");
  g_assert_cmpstr (ready_text, ==, "Slot 17: slice 213, ready");
}

/* Told apart without colour, large and small, in both themes: each pair of states differs
 * when everything is grey. */
static void
test_cells (void)
{
  const GdkRGBA foregrounds[] = { { 0.18f, 0.2f, 0.21f, 1 }, { 0.93f, 0.93f, 0.92f, 1 } };
  const int sizes[] = { 3, 5, 8, 18 };

  for (guint k = 0; k < G_N_ELEMENTS (foregrounds) * G_N_ELEMENTS (sizes); k++)
    {
      int size = sizes[k / 2];
      BagPoolCellColors colors;
      cairo_surface_t *surfaces[BAG_N_SLOT_STATES];

      bag_pool_cell_colors_init (&colors, &foregrounds[k % 2]);
      colors.ready = colors.shown = colors.quarantined = (GdkRGBA){ 0.3f, 0.3f, 0.3f, 1 };
      for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
        {
          cairo_t *cr = NULL;

          surfaces[i] = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 20, 20);
          cr = cairo_create (surfaces[i]);
          cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
          cairo_paint (cr);
          bag_pool_cell_draw (cr, &colors, i, 1, 1, size);
          cairo_destroy (cr);
          cairo_surface_flush (surfaces[i]);
        }
      for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
        for (guint j = 0; j < i; j++)
          g_assert_true (memcmp (cairo_image_surface_get_data (surfaces[i]), cairo_image_surface_get_data (surfaces[j]), 20 * 80) != 0);
      for (guint i = 0; i < BAG_N_SLOT_STATES; i++)
        cairo_surface_destroy (surfaces[i]);
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
  g_test_add ("/pool-panel/names", Fixture, NULL, set_up, test_names, tear_down);
  g_test_add ("/pool-panel/map", Fixture, NULL, set_up, test_map, tear_down);
  g_test_add_func ("/pool-panel/cells", test_cells);
  g_test_add ("/pool-panel/describe", Fixture, NULL, set_up, test_describe, tear_down);

  return g_test_run ();
}
