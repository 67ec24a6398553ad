/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "slices/bag-slice-tag.h"
#include "widgets/bag-pool-map.h"

#define BAG 3
#define MAX_SLOTS 10000
#define WIDTH 288 /* pixels: 600 slots make rows of 36 */

typedef struct
{
  BagPoolMap *map;
  GtkWidget *window;
  BagSlotInfo *slots;
  GArray *activated; /* of guint: slices */
} Fixture;

static void
on_slice_activated (BagPoolMap *map, guint index, GArray *activated)
{
  g_array_append_val (activated, index);
}

/* Every second slot holds a slice, with the number of its slot; the rest is free. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->map = bag_pool_map_new ();
  self->slots = g_new0 (BagSlotInfo, MAX_SLOTS);
  self->activated = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < MAX_SLOTS; i++)
    self->slots[i] = (BagSlotInfo){
      .state = i % 2 == 0 ? BAG_SLOT_READY : BAG_SLOT_FREE,
      .tag = i % 2 == 0 ? bag_slice_tag_new (BAG, i) : BAG_POOL_NO_TAG,
      .since = g_get_monotonic_time () - 12 * G_USEC_PER_SEC - G_USEC_PER_SEC / 2,
    };
  g_object_set (self->map, "bag-number", BAG, NULL);
  g_signal_connect (self->map, "slice-activated", G_CALLBACK (on_slice_activated), self->activated);
  self->window = bag_test_show (GTK_WIDGET (self->map), WIDTH, 300);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  gpointer gone = self->map;

  g_object_add_weak_pointer (G_OBJECT (self->map), &gone);
  gtk_window_destroy (GTK_WINDOW (self->window));
  bag_test_wait_until (gone == NULL);
  g_free (self->slots);
  g_array_unref (self->activated);
}

static void
set_slots (Fixture *self, guint n_slots)
{
  bag_pool_map_set_slots (self->map, self->slots, n_slots);
}

static gboolean
press (Fixture *self, guint keyval, GdkModifierType modifiers)
{
  GtkEventController *keys = bag_test_find_controller (GTK_WIDGET (self->map), GTK_TYPE_EVENT_CONTROLLER_KEY, 0);
  gboolean is_taken = FALSE;

  g_signal_emit_by_name (keys, "key-pressed", keyval, 0, modifiers, &is_taken);

  return is_taken;
}

static void
click (Fixture *self, int n_press, double x, double y)
{
  GtkEventController *gesture = bag_test_find_controller (GTK_WIDGET (self->map), GTK_TYPE_GESTURE_CLICK, 0);

  g_signal_emit_by_name (gesture, "pressed", n_press, x, y);
}

static void
assert_described (Fixture *self, const char *text)
{
  g_assert_cmpstr (bag_pool_map_get_selection_text (self->map), ==, text);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->map), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text);
}

/* What is activated now, alone, or nothing. */
static void
assert_activated (Fixture *self, guint index)
{
  g_assert_cmpuint (self->activated->len, ==, index == G_MAXUINT ? 0 : 1);
  if (index != G_MAXUINT)
    g_assert_cmpuint (g_array_index (self->activated, guint, 0), ==, index);
  g_array_set_size (self->activated, 0);
}

static void
test_accessible (Fixture *self, gconstpointer data)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (self->map);

  gtk_test_accessible_assert_role (accessible, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_LABEL, "Slot map");
  g_assert_cmpstr (bag_pool_map_get_selection_text (self->map), ==, "");
  set_slots (self, 9);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "4 free, 0 filling, 5 ready, 0 shown, 0 quarantined");
  g_assert_cmpstr (bag_pool_map_get_selection_text (self->map), ==, "Point at a cell or click it to see what it holds");

  bag_pool_map_select_slot (self->map, 4);
  assert_described (self, "Slot 5: slice 5, ready for 12 s, asked for, not looked at yet");
  self->slots[4].n_hits = 3;
  self->slots[4].class = BAG_POOL_CLASS_PREFETCH;
  set_slots (self, 9);
  assert_described (self, "Slot 5: slice 5, ready for 12 s, read ahead, looked at 3 times");
  bag_pool_map_select_slot (self->map, 5);
  assert_described (self, "Slot 6: nothing, free for 12 s");
  bag_pool_map_select_slot (self->map, G_MAXUINT);
  gtk_test_accessible_assert_property (accessible, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "4 free, 0 filling, 5 ready, 0 shown, 0 quarantined");
}

static void
test_merged (Fixture *self, gconstpointer data)
{
  set_slots (self, 2000);
  g_assert_cmpuint (bag_pool_map_get_slot_at (self->map, 10, 1), ==, 4);
  bag_pool_map_select_slot (self->map, 6);
  assert_described (self, "Slots 5 to 8: 2 free, 2 ready; 2 of slices 5 to 7");
  g_assert_true (press (self, GDK_KEY_Right, 0));
  assert_described (self, "Slots 9 to 12: 2 free, 2 ready; 2 of slices 9 to 11");
  g_assert_true (press (self, GDK_KEY_End, GDK_CONTROL_MASK));
  assert_described (self, "Slots 1997 to 2000: 2 free, 2 ready; 2 of slices 1997 to 1999");
  set_slots (self, 1999);
  assert_described (self, "Slots 1997 to 1999: 1 free, 2 ready; 2 of slices 1997 to 1999");
  set_slots (self, 1997);
  assert_described (self, "Slot 1997: slice 1997, ready for 12 s, asked for, not looked at yet");
}

static void
test_keys (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    guint slot;
  } rows[] = {
    { GDK_KEY_Down, 0, 0 }, /* nothing was selected: the slice on screen, or the first */
    { GDK_KEY_Left, 0, 0 },
    { GDK_KEY_Up, 0, 0 },
    { GDK_KEY_Right, 0, 1 },
    { GDK_KEY_Down, 0, 37 },
    { GDK_KEY_KP_Down, 0, 73 },
    { GDK_KEY_Home, 0, 72 },
    { GDK_KEY_End, 0, 107 },
    { GDK_KEY_Right, 0, 108 },
    { GDK_KEY_Page_Down, 0, 252 },
    { GDK_KEY_Page_Up, 0, 108 },
    { GDK_KEY_End, GDK_CONTROL_MASK, 599 },
    { GDK_KEY_Right, 0, 599 },
    { GDK_KEY_Down, 0, 599 },
    { GDK_KEY_Up, 0, 563 },
    { GDK_KEY_Home, GDK_CONTROL_MASK, 0 },
  };

  set_slots (self, 600);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (press (self, rows[i].keyval, rows[i].modifiers));
      g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, rows[i].slot);
    }
}

/* Those of the window and of the program stay theirs. */
static void
test_other_keys (Fixture *self, gconstpointer data)
{
  set_slots (self, 600);
  g_assert_false (press (self, GDK_KEY_Page_Down, GDK_CONTROL_MASK));
  g_assert_false (press (self, GDK_KEY_Down, GDK_ALT_MASK));
  g_assert_false (press (self, GDK_KEY_Escape, 0));
  g_assert_false (press (self, GDK_KEY_Tab, 0));
  g_assert_false (press (self, GDK_KEY_Return, GDK_SHIFT_MASK));
  g_assert_false (press (self, GDK_KEY_a, 0));
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, G_MAXUINT);
  set_slots (self, 0);
  g_assert_true (press (self, GDK_KEY_Down, 0));
  g_assert_true (press (self, GDK_KEY_Return, 0));
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, G_MAXUINT);
}

static void
test_starts_at_shown (Fixture *self, gconstpointer data)
{
  self->slots[40].state = BAG_SLOT_SHOWN;
  set_slots (self, 600);
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (self->map)));
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 40);
  gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
  bag_pool_map_select_slot (self->map, 7);
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 7);
}

static void
test_pointer (Fixture *self, gconstpointer data)
{
  int pitch = 0;

  set_slots (self, 8);
  while (bag_pool_map_get_slot_at (self->map, pitch, 1) == 0)
    pitch++;
  click (self, 1, 4 * pitch + 2, 2);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (self->map)));
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 4);
  assert_activated (self, G_MAXUINT);
  click (self, 2, 4 * pitch + 2, 2);
  assert_activated (self, 4);
  click (self, 3, 4 * pitch + 2, 2);
  assert_activated (self, G_MAXUINT);

  click (self, 1, 8 * pitch + 2, 2);
  click (self, 2, 8 * pitch + 2, 2);
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 4);
  assert_activated (self, G_MAXUINT);
}

static void
test_activate (Fixture *self, gconstpointer data)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter, GDK_KEY_ISO_Enter, GDK_KEY_space, GDK_KEY_KP_Space };

  set_slots (self, 8);
  bag_pool_map_select_slot (self->map, 6);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_assert_true (press (self, keys[i], 0));
      assert_activated (self, 6);
    }
  self->slots[6].state = BAG_SLOT_FILLING;
  set_slots (self, 8);
  g_assert_true (bag_pool_map_activate_selected (self->map));
  assert_activated (self, 6);
}

static void
check_not_activated (Fixture *self, BagSlotState state, guint64 tag)
{
  self->slots[6].state = state;
  self->slots[6].tag = tag;
  set_slots (self, 8);
  g_assert_false (bag_pool_map_activate_selected (self->map));
  assert_activated (self, G_MAXUINT);
}

/* A slice of one bag is never taken for one of another. */
static void
test_nothing_to_activate (Fixture *self, gconstpointer data)
{
  set_slots (self, 8);
  g_assert_false (bag_pool_map_activate_selected (self->map));
  bag_pool_map_select_slot (self->map, 6);
  check_not_activated (self, BAG_SLOT_FREE, BAG_POOL_NO_TAG);
  check_not_activated (self, BAG_SLOT_FILLING, BAG_POOL_NO_TAG);
  check_not_activated (self, BAG_SLOT_READY, bag_slice_tag_new (BAG - 1, 6));
  check_not_activated (self, BAG_SLOT_SHOWN, bag_slice_tag_new (BAG - 1, 6));
  check_not_activated (self, BAG_SLOT_QUARANTINED, bag_slice_tag_new (BAG, 6));
}

/* Of several the lowest, wherever it is; none when none is of this bag. */
static void
test_activate_merged (Fixture *self, gconstpointer data)
{
  self->slots[4].tag = bag_slice_tag_new (BAG, 70);
  self->slots[6].tag = bag_slice_tag_new (BAG, 3);
  set_slots (self, 2000);
  bag_pool_map_select_slot (self->map, 4);
  g_assert_true (bag_pool_map_activate_selected (self->map));
  assert_activated (self, 3);

  self->slots[4].tag = bag_slice_tag_new (BAG + 1, 70);
  self->slots[6].tag = bag_slice_tag_new (BAG - 1, 3);
  set_slots (self, 2000);
  assert_described (self, "Slots 5 to 8: 2 free, 2 ready; 2 of an earlier bag");
  g_assert_false (bag_pool_map_activate_selected (self->map));
  assert_activated (self, G_MAXUINT);
}

static void
test_survives (Fixture *self, gconstpointer data)
{
  set_slots (self, 64);
  bag_pool_map_select_slot (self->map, 40);
  g_object_set (self->map, "bag-number", BAG + 1, NULL);
  assert_described (self, "Slot 41: a slice of an earlier bag, ready for 12 s, asked for, not looked at yet");
  g_assert_false (bag_pool_map_activate_selected (self->map));

  set_slots (self, 600);
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 40);
  set_slots (self, 16);
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 15);
  assert_described (self, "Slot 16: nothing, free for 12 s");
  set_slots (self, 0);
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, G_MAXUINT);
  g_assert_cmpstr (bag_pool_map_get_selection_text (self->map), ==, "");
  set_slots (self, 64);
  g_assert_cmpuint (bag_pool_map_get_selected_slot (self->map), ==, 15);
}

static void
on_notify (GObject *object, GParamSpec *pspec, GString *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

/* Told when it changes, and not before. */
static void
test_properties (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = NULL;
  guint bag_number = 0;

  set_slots (self, 8);
  bag_pool_map_select_slot (self->map, 2);
  g_signal_connect (self->map, "notify", G_CALLBACK (on_notify), names);
  set_slots (self, 8);
  bag_pool_map_select_slot (self->map, 2);
  g_object_set (self->map, "bag-number", BAG, NULL);
  g_assert_cmpstr (names->str, ==, "");
  self->slots[2].n_hits++;
  set_slots (self, 8);
  g_assert_cmpstr (names->str, ==, "selection-text ");
  bag_pool_map_set_bag_number (self->map, BAG + 1);
  g_assert_cmpstr (names->str, ==, "selection-text selection-text bag-number ");
  g_object_get (self->map, "bag-number", &bag_number, "selection-text", &text, NULL);
  g_assert_cmpuint (bag_number, ==, BAG + 1);
  g_assert_cmpstr (text, ==, bag_pool_map_get_selection_text (self->map));
  g_signal_handlers_disconnect_by_data (self->map, names);
}

static guint
count_different (GdkTexture *one, GdkTexture *other)
{
  gsize n_bytes = (gsize) gdk_texture_get_width (one) * (gsize) gdk_texture_get_height (one) * 4;
  g_autofree guchar *first = g_malloc (n_bytes);
  g_autofree guchar *second = g_malloc (n_bytes);
  guint n = 0;

  gdk_texture_download (one, first, (gsize) gdk_texture_get_width (one) * 4);
  gdk_texture_download (other, second, (gsize) gdk_texture_get_width (one) * 4);
  for (gsize i = 0; i < n_bytes; i += 4)
    n += first[i] != second[i];

  return n;
}

static void
assert_same_inside (GdkTexture *one, GdkTexture *other, int x, int y, int size)
{
  gsize stride = (gsize) gdk_texture_get_width (one) * 4;
  g_autofree guchar *first = g_malloc (stride * (gsize) gdk_texture_get_height (one));
  g_autofree guchar *second = g_malloc (stride * (gsize) gdk_texture_get_height (one));

  gdk_texture_download (one, first, stride);
  gdk_texture_download (other, second, stride);
  for (int row = y; row < y + size; row++)
    g_assert_cmpmem (first + (gsize) row * stride + x * 4, (gsize) size * 4, second + (gsize) row * stride + x * 4, (gsize) size * 4);
}

/* The ring is drawn around the cell: focus shows, and what the cell shows stays. The cell of
 * slot 41 is the fifth of the second row. */
static void
test_ring (Fixture *self, gconstpointer data)
{
  g_autoptr (GdkTexture) plain = NULL;
  g_autoptr (GdkTexture) selected = NULL;
  g_autoptr (GdkTexture) focused = NULL;

  set_slots (self, 600);
  plain = bag_test_take_picture (GTK_WIDGET (self->map));
  bag_pool_map_select_slot (self->map, 40);
  selected = bag_test_take_picture (GTK_WIDGET (self->map));
  gtk_widget_grab_focus (GTK_WIDGET (self->map));
  focused = bag_test_take_picture (GTK_WIDGET (self->map));
  g_assert_cmpuint (count_different (plain, selected), >, 10);
  g_assert_cmpuint (count_different (selected, focused), >, 10);
  assert_same_inside (plain, selected, 4 * 8, 8, 7);
  assert_same_inside (plain, focused, 4 * 8, 8, 7);
}

static void
add_tests (void)
{
  g_test_add ("/pool-map/accessible", Fixture, NULL, set_up, test_accessible, tear_down);
  g_test_add ("/pool-map/merged", Fixture, NULL, set_up, test_merged, tear_down);
  g_test_add ("/pool-map/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/pool-map/other-keys", Fixture, NULL, set_up, test_other_keys, tear_down);
  g_test_add ("/pool-map/starts-at-shown", Fixture, NULL, set_up, test_starts_at_shown, tear_down);
  g_test_add ("/pool-map/pointer", Fixture, NULL, set_up, test_pointer, tear_down);
  g_test_add ("/pool-map/activate", Fixture, NULL, set_up, test_activate, tear_down);
  g_test_add ("/pool-map/nothing-to-activate", Fixture, NULL, set_up, test_nothing_to_activate, tear_down);
  g_test_add ("/pool-map/activate-merged", Fixture, NULL, set_up, test_activate_merged, tear_down);
  g_test_add ("/pool-map/survives", Fixture, NULL, set_up, test_survives, tear_down);
  g_test_add ("/pool-map/properties", Fixture, NULL, set_up, test_properties, tear_down);
  g_test_add ("/pool-map/ring", Fixture, NULL, set_up, test_ring, tear_down);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    add_tests ();

  return g_test_run ();
}
