/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-pool-map.h"
#include "window-checks.h"

#include <string.h>

/* Plain keys are taken from nobody who types. */

static GtkPropagationPhase
get_phase (BagWindow *window, const char *name)
{
  return gtk_event_controller_get_propagation_phase (g_object_get_data (G_OBJECT (window), name));
}

static void
test_entry_keeps_keys (void)
{
  BagWindow *window = open_window ();
  GtkWidget *spin = bag_test_find_widget (GTK_WIDGET (window), GTK_TYPE_SPIN_BUTTON, NULL);

  open_demo (window);
  g_assert_cmpint (get_phase (window, "bag-plain-keys"), ==, GTK_PHASE_CAPTURE);
  g_assert_cmpint (get_phase (window, "bag-move-keys"), ==, GTK_PHASE_CAPTURE);
  g_assert_nonnull (spin);
  gtk_widget_grab_focus (spin);
  g_assert_cmpint (get_phase (window, "bag-plain-keys"), ==, GTK_PHASE_NONE);
  g_assert_cmpint (get_phase (window, "bag-move-keys"), ==, GTK_PHASE_NONE);
  gtk_widget_grab_focus (bag_window_get_view (window));
  g_assert_cmpint (get_phase (window, "bag-plain-keys"), ==, GTK_PHASE_CAPTURE);
  g_assert_cmpint (get_phase (window, "bag-move-keys"), ==, GTK_PHASE_CAPTURE);
  close_window (window);
}

/* The slot map moves in itself while it has the focus; Escape leads back to the picture. */
static void
test_slot_map_keeps_move_keys (void)
{
  BagWindow *window = open_window ();
  GtkWidget *map = bag_test_find_widget (GTK_WIDGET (window), BAG_TYPE_POOL_MAP, NULL);

  open_demo (window);
  g_assert_nonnull (map);
  gtk_widget_grab_focus (map);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == map);
  g_assert_cmpint (get_phase (window, "bag-plain-keys"), ==, GTK_PHASE_CAPTURE);
  g_assert_cmpint (get_phase (window, "bag-move-keys"), ==, GTK_PHASE_NONE);
  activate (window, "win.dismiss-message", NULL);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == bag_window_get_view (window));
  g_assert_cmpint (get_phase (window, "bag-move-keys"), ==, GTK_PHASE_CAPTURE);
  close_window (window);
}

/* Selects once: a frame for each slot would keep the panel from looking at the pool. */
static gboolean
select_slice (BagPoolMap *map, guint number)
{
  g_autofree char *wanted = g_strdup_printf (": slice %u, ", number);

  for (guint slot = 0; slot < bag_pool_map_get_n_slots (map); slot++)
    {
      g_autofree char *text = bag_pool_map_describe_slot (map, slot);

      if (strstr (text, wanted) != NULL)
        {
          bag_pool_map_select_slot (map, slot);
          return TRUE;
        }
    }

  return FALSE;
}

/* What is chosen in the map is shown, of the bag on screen. */
static void
test_slot_map_shows_slice (void)
{
  BagWindow *window = open_window ();
  BagSession *session = bag_window_get_session (window);
  BagPoolMap *map = BAG_POOL_MAP (bag_test_find_widget (GTK_WIDGET (window), BAG_TYPE_POOL_MAP, NULL));
  guint bag_number = 0;

  open_demo (window);
  g_object_get (map, "bag-number", &bag_number, NULL);
  g_assert_cmpuint (bag_number, ==, 1);
  bag_test_wait_until (select_slice (map, 3));
  g_assert_true (bag_pool_map_activate_selected (map));
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 2);
  activate (window, "win.open-demo", NULL);
  bag_test_wait_until (bag_session_get_bag_number (session) == 2);
  g_object_get (map, "bag-number", &bag_number, NULL);
  g_assert_cmpuint (bag_number, ==, 2);

  activate (window, "win.show-slice", g_variant_new_uint32 (5));
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 4);
  activate (window, "win.show-slice", g_variant_new_uint32 (0));
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, 4);
  activate (window, "win.show-slice", g_variant_new_uint32 (G_MAXUINT));
  g_assert_cmpuint (bag_session_get_slice_index (session), ==, bag_session_get_n_slices (session) - 1);
  close_window (window);
}

static gboolean
entry_has_focus (gpointer window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  return focus != NULL && GTK_IS_TEXT (focus);
}

static void
test_go_to (void)
{
  BagWindow *window = open_window ();
  GtkWidget *focus;

  open_demo (window);
  activate (window, "win.go-to-slice", NULL);
  bag_test_wait_until (entry_has_focus (window));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_cmpint (get_phase (window, "bag-plain-keys"), ==, GTK_PHASE_NONE);
  gtk_editable_set_text (GTK_EDITABLE (focus), "77");
  g_signal_emit_by_name (focus, "activate");
  g_assert_cmpuint (bag_session_get_slice_index (bag_window_get_session (window)), ==, 76);
  close_window (window);
}

static void
test_go_to_nowhere (void)
{
  BagWindow *window = open_window ();
  BagSession *session = bag_window_get_session (window);
  const char *const texts[] = { "0", "601000", "-1", "x", "" };
  GtkWidget *focus;
  guint before;

  open_demo (window);
  before = bag_session_get_slice_index (session);
  activate (window, "win.go-to-slice", NULL);
  bag_test_wait_until (entry_has_focus (window));
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      gtk_editable_set_text (GTK_EDITABLE (focus), texts[i]);
      g_signal_emit_by_name (focus, "activate");
      g_assert_cmpuint (bag_session_get_slice_index (session), ==, before);
      g_assert_true (entry_has_focus (window));
    }
  close_window (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/keys/entry-keeps-keys", test_entry_keeps_keys);
  g_test_add_func ("/keys/slot-map-keeps-move-keys", test_slot_map_keeps_move_keys);
  g_test_add_func ("/keys/slot-map-shows-slice", test_slot_map_shows_slice);
  g_test_add_func ("/keys/go-to", test_go_to);
  g_test_add_func ("/keys/go-to-nowhere", test_go_to_nowhere);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    add_tests ();

  return g_test_run ();
}
