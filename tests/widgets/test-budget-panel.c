/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-display.h"
#include "bag-test-wait.h"
#include "session/bag-budget-scale.h"
#include "widgets/bag-budget-panel.h"

#include <string.h>

#define MIB ((guint64) 1 << 20)

typedef struct
{
  BagSession *session;
  BagBudgetPanel *panel;
  GtkWidget *scale;
} Fixture;

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL; child = gtk_widget_get_next_sibling (child))
    found = find_child (child, type);

  return found;
}

static void
set_up (Fixture *self, gconstpointer data)
{
  self->session = bag_session_new (64 * MIB);
  self->panel = g_object_ref_sink (BAG_BUDGET_PANEL (bag_budget_panel_new ()));
  g_object_set (self->panel, "session", self->session, NULL);
  self->scale = find_child (GTK_WIDGET (self->panel), GTK_TYPE_SCALE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->panel);
  g_assert_finalize_object (self->session);
}

static const char *
get_words (Fixture *self)
{
  GtkWidget *label = find_child (GTK_WIDGET (self->panel), GTK_TYPE_LABEL);

  while (label != NULL && strcmp (gtk_widget_get_name (label), "budget-in-force") != 0)
    label = gtk_widget_get_next_sibling (label);

  return gtk_label_get_text (GTK_LABEL (label));
}

static guint
step_of (guint64 bytes)
{
  return bag_budget_scale_get_step (bytes, bag_pool_get_machine_bytes ());
}

static void
test_follows (Fixture *self, gconstpointer data)
{
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (self->scale)), ==, step_of (64 * MIB));
  g_assert_true (g_str_has_prefix (get_words (self), "64.0"));

  bag_session_set_pool_budget (self->session, 8 * MIB);
  g_assert_cmpfloat (gtk_range_get_value (GTK_RANGE (self->scale)), ==, step_of (8 * MIB));
  g_assert_true (g_str_has_prefix (get_words (self), "8.0"));

  /* A budget between two steps is told as it is, and stays. */
  bag_session_set_pool_budget (self->session, 100 * MIB + 1);
  g_assert_cmpuint (bag_session_get_pool_budget (self->session), ==, 100 * MIB + 1);

  bag_session_set_pool_budget (self->session, 0);
  g_assert_true (g_str_has_suffix (get_words (self), "default"));
  g_assert_cmpuint (bag_session_get_pool_budget (self->session), ==, 0);
}

/* By keys and wheel each step counts at once. */
static void
test_sets (Fixture *self, gconstpointer data)
{
  gtk_range_set_value (GTK_RANGE (self->scale), step_of (16 * MIB));
  g_assert_cmpuint (bag_session_get_pool_budget (self->session), ==, 16 * MIB);
  g_assert_true (g_str_has_prefix (get_words (self), "16.0"));
}

static void
test_default (Fixture *self, gconstpointer data)
{
  GtkWidget *button = find_child (GTK_WIDGET (self->panel), GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (bag_session_get_pool_budget (self->session), ==, 0);
  g_assert_false (gtk_widget_is_sensitive (button));
}

static void
test_names (Fixture *self, gconstpointer data)
{
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_ROLE_SLIDER);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_LABEL, "Memory budget");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, get_words (self));
}

static void
test_without_session (Fixture *self, gconstpointer data)
{
  g_object_set (self->panel, "session", NULL, NULL);
  g_assert_false (gtk_widget_is_sensitive (self->scale));
  gtk_range_set_value (GTK_RANGE (self->scale), 3);
  g_assert_cmpuint (bag_session_get_pool_budget (self->session), ==, 64 * MIB);
}

static void
test_skip (void)
{
  g_test_skip ("no display");
}

#define ADD(path, function) g_test_add ("/budget-panel/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_test_add_func ("/budget-panel/no-display", test_skip);
      return g_test_run ();
    }

  ADD ("follows", test_follows);
  ADD ("sets", test_sets);
  ADD ("default", test_default);
  ADD ("names", test_names);
  ADD ("without-session", test_without_session);

  return g_test_run ();
}
