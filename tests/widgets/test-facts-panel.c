/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "bag-test-report.h"
#include "small-file.h"
#include "widgets/bag-element-cell.h"
#include "widgets/bag-elements-panel.h"
#include "widgets/bag-facts-panel.h"
#include "widgets/bag-slice-notes.h"

#include <string.h>

/* Facts and data elements of a small file, as an operator sees them. */

#define PERSON "Doe^Jane"

typedef struct
{
  BagSession *session;
  char *folder;
  GtkWidget *window;
  GtkWidget *panel;
  GtkListView *view;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = bag_session_new (0);
  fixture->folder = g_dir_make_tmp ("bag-facts-XXXXXX", NULL);
  fixture->panel = bag_facts_panel_new ();
  bag_facts_panel_set_session (BAG_FACTS_PANEL (fixture->panel), fixture->session);
  fixture->window = bag_test_show (fixture->panel, 320, 900);
  fixture->view = GTK_LIST_VIEW (bag_test_find_widget (fixture->panel, GTK_TYPE_LIST_VIEW, "view"));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->session);
  small_file_remove_all (fixture->folder);
  g_free (fixture->folder);
}

static void
open_file (Fixture *fixture)
{
  const SmallFile file = { .series = "2.25.7", .value = 100, .bits_allocated = 16, .person = PERSON };
  g_autofree char *path = small_file_write (fixture->folder, "one.dcs", &file);
  const char *const paths[] = { path, NULL };

  bag_session_open (fixture->session, paths);
  bag_test_wait_until (bag_session_get_scan (fixture->session) != NULL && !bag_session_get_loading (fixture->session));
}

static void
show_elements (Fixture *fixture)
{
  gtk_stack_set_visible_child_name (GTK_STACK (bag_test_find_widget (fixture->panel, GTK_TYPE_STACK, "stack")), "elements");
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
}

static guint
count_rows (Fixture *fixture)
{
  GtkSelectionModel *rows = gtk_list_view_get_model (fixture->view);

  return rows != NULL ? g_list_model_get_n_items (G_LIST_MODEL (rows)) : 0;
}

static char *
get_line (Fixture *fixture, guint position)
{
  g_autoptr (GtkTreeListRow) row = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (fixture->view)), position);
  g_autoptr (BagElementNode) node = gtk_tree_list_row_get_item (row);

  return bag_element_node_format_line (node);
}

static void
search (Fixture *fixture, const char *text)
{
  GtkWidget *entry = bag_test_find_widget (fixture->panel, GTK_TYPE_SEARCH_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
}

static GtkWidget *
find_button (GtkWidget *root, const char *label)
{
  if (GTK_IS_BUTTON (root) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (root)), label) == 0)
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, label);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
press (Fixture *fixture, const char *label)
{
  GtkWidget *button = find_button (fixture->panel, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_mapped (button));
  g_signal_emit_by_name (button, "clicked");
}

/* Read only while they are seen. */
static void
test_only_when_seen (Fixture *fixture, gconstpointer data)
{
  open_file (fixture);
  bag_test_drain ();
  g_assert_null (bag_session_get_element_list (fixture->session));
  show_elements (fixture);
  g_assert_cmpuint (count_rows (fixture), >, 15);

  gtk_widget_set_visible (fixture->panel, FALSE);
  g_assert_null (bag_session_get_element_list (fixture->session));
  g_assert_cmpuint (count_rows (fixture), ==, 0);
  gtk_widget_set_visible (fixture->panel, TRUE);
  bag_test_wait_until (count_rows (fixture) > 15);
}

static void
test_search (Fixture *fixture, gconstpointer data)
{
  g_autofree char *line = NULL;
  g_autofree char *inner = NULL;

  open_file (fixture);
  show_elements (fixture);
  search (fixture, "patient id");
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  line = get_line (fixture, 0);
  g_assert_cmpstr (line, ==, "(0010,0020) Patient ID: BAG");

  /* What lies in a sequence is found with what leads to it, opened. */
  search (fixture, "0040,1102");
  g_assert_cmpuint (count_rows (fixture), ==, 3);
  inner = get_line (fixture, 2);
  g_assert_cmpstr (inner, ==, "(0040,1102) Person's Address: hidden: personal data");
  search (fixture, "Doe");
  g_assert_cmpuint (count_rows (fixture), ==, 0);
}

static gboolean
is_shown (GtkWidget *root, const char *text)
{
  if (GTK_IS_LABEL (root) && gtk_widget_get_mapped (root) && strstr (gtk_label_get_text (GTK_LABEL (root)), text) != NULL)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    if (is_shown (child, text))
      return TRUE;

  return FALSE;
}

/* Two presses, and for this scan alone. */
static void
test_reveal (Fixture *fixture, gconstpointer data)
{
  open_file (fixture);
  show_elements (fixture);
  search (fixture, "patient's name");
  bag_test_wait_until (is_shown (fixture->panel, "hidden: personal data"));

  press (fixture, "Reveal Personal Data…");
  g_assert_false (bag_session_get_elements_revealed (fixture->session));
  press (fixture, "Keep Hidden");
  g_assert_false (bag_session_get_elements_revealed (fixture->session));
  press (fixture, "Reveal Personal Data…");
  press (fixture, "Reveal");
  g_assert_true (bag_session_get_elements_revealed (fixture->session));
  bag_test_wait_until (is_shown (fixture->panel, PERSON));

  press (fixture, "Hide Personal Data");
  bag_test_wait_until (is_shown (fixture->panel, "hidden: personal data"));
  g_assert_false (is_shown (fixture->panel, PERSON));

  press (fixture, "Reveal Personal Data…");
  press (fixture, "Reveal");
  bag_test_wait_until (is_shown (fixture->panel, PERSON));
  open_file (fixture);
  g_assert_false (is_shown (fixture->panel, PERSON));
  bag_test_wait_until (is_shown (fixture->panel, "hidden: personal data"));
  g_assert_nonnull (find_button (fixture->panel, "Reveal Personal Data…"));
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer user_data)
{
  char **text = user_data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
copy (Fixture *fixture, guint position)
{
  GtkWidget *panel = gtk_widget_get_ancestor (GTK_WIDGET (fixture->view), BAG_TYPE_ELEMENTS_PANEL);
  char *text = NULL;

  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (fixture->view)), position);
  g_assert_true (gtk_widget_activate_action (panel, "elements.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (panel), NULL, on_text, &text);
  bag_test_wait_until (text != NULL);

  return text;
}

/* What is hidden is not copied either. */
static void
test_copy (Fixture *fixture, gconstpointer data)
{
  g_autofree char *masked = NULL;
  g_autofree char *clear = NULL;

  open_file (fixture);
  show_elements (fixture);
  search (fixture, "PatientName");
  masked = copy (fixture, 0);
  g_assert_cmpstr (masked, ==, "(0010,0010) Patient's Name: hidden: personal data");

  bag_session_reveal_elements (fixture->session, TRUE);
  bag_test_wait_until (bag_session_get_element_list (fixture->session)->is_revealed);
  clear = copy (fixture, 0);
  g_assert_cmpstr (clear, ==, "(0010,0010) Patient's Name: " PERSON);
}

static void
test_expand (Fixture *fixture, gconstpointer data)
{
  GtkWidget *panel = gtk_widget_get_ancestor (GTK_WIDGET (fixture->view), BAG_TYPE_ELEMENTS_PANEL);
  guint n_rows = 0;

  open_file (fixture);
  show_elements (fixture);
  search (fixture, "OOIOwnerSequence");
  n_rows = count_rows (fixture);
  g_assert_cmpuint (n_rows, ==, 1);
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_list_view_get_model (fixture->view)), 0);
  gtk_widget_activate_action (panel, "elements.expand", NULL);
  g_assert_cmpuint (count_rows (fixture), ==, 2);
  gtk_widget_activate_action (panel, "elements.collapse", NULL);
  g_assert_cmpuint (count_rows (fixture), ==, 1);
  g_signal_emit_by_name (fixture->view, "activate", 0);
  g_assert_cmpuint (count_rows (fixture), ==, 2);
}

static void
open_scan (Fixture *fixture, const char *name, const char *text)
{
  const BagTestVolume volume = { 16, 12, 3, 1, 1, 1 };
  g_autoptr (GPtrArray) scans = g_ptr_array_new_with_free_func (g_object_unref);
  BagScan *scan = bag_test_scan_new (&volume, "BAG");

  if (name != NULL)
    bag_scan_add_warning (scan, name, text);
  g_ptr_array_add (scans, scan);
  bag_session_open_scans (fixture->session, scans);
  bag_test_wait_until (bag_session_get_scan (fixture->session) == scan);
}

/* It stays when the notice is closed, and goes with the scan. */
static void
test_warning (Fixture *fixture, gconstpointer data)
{
  open_scan (fixture, "acquisition-not-successful", "The machine reports the acquisition as JAM");
  bag_test_wait_until (is_shown (fixture->panel, "reports the acquisition as JAM"));
  open_scan (fixture, "other", "nothing of that kind");
  g_assert_false (is_shown (fixture->panel, "JAM"));
  g_assert_false (gtk_widget_get_visible (bag_test_find_widget (fixture->panel, GTK_TYPE_BOX, "warning_box")));
  open_scan (fixture, "training-image", "This is a training image (FTI)");
  bag_test_wait_until (is_shown (fixture->panel, "This is a training image (FTI)"));
}

static void
test_training_mark (Fixture *fixture, gconstpointer data)
{
  GtkWidget *notes = g_object_ref_sink (bag_slice_notes_new ());
  GtkWidget *mark = bag_test_find_widget (notes, GTK_TYPE_LABEL, "training");

  bag_slice_notes_set_session (BAG_SLICE_NOTES (notes), fixture->session);
  open_scan (fixture, "training-image", "This is a training image (FTI)");
  g_assert_true (gtk_widget_get_visible (mark));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (mark)), ==, "Training image");
  open_scan (fixture, NULL, NULL);
  g_assert_false (gtk_widget_get_visible (mark));
  g_assert_finalize_object (notes);
}

static void
test_sections (Fixture *fixture, gconstpointer data)
{
  static const char *const wanted[] = { "Bag", "Bag ID", "BAG", "Scan", "File", "one.dcs", "Geometry", "Matrix", "6 × 4, 16 bit" };

  open_file (fixture);
  bag_test_wait_until (is_shown (fixture->panel, "one.dcs"));
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (is_shown (fixture->panel, wanted[i]));
  g_assert_false (is_shown (fixture->panel, "Doe"));
}

#define ADD(name, func) g_test_add ("/facts-panel/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    {
      ADD ("sections", test_sections);
      ADD ("warning", test_warning);
      ADD ("training-mark", test_training_mark);
      ADD ("only-when-seen", test_only_when_seen);
      ADD ("search", test_search);
      ADD ("reveal", test_reveal);
      ADD ("copy", test_copy);
      ADD ("expand", test_expand);
    }

  return g_test_run ();
}
