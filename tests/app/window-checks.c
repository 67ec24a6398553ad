/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-checks.h"

#define PATIENCE_SECONDS 30

static gboolean
on_timeout (gpointer data)
{
  g_error ("what the test waits for did not happen");

  return G_SOURCE_REMOVE;
}

void
wait_until (Condition condition, gpointer data)
{
  guint timeout = g_timeout_add_seconds (PATIENCE_SECONDS, on_timeout, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);
}

static gboolean
has_surface (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

BagWindow *
open_window (void)
{
  g_autoptr (BagSession) session = bag_session_new (64u << 20);
  BagWindow *window = BAG_WINDOW (bag_window_new (NULL, session));

  gtk_window_present (GTK_WINDOW (window));
  wait_until (has_surface, window);

  return window;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* A window that somebody still holds would never be gone. */
void
close_window (BagWindow *window)
{
  gpointer gone = window;
  gpointer session_gone = bag_window_get_session (window);

  g_object_add_weak_pointer (G_OBJECT (window), &gone);
  g_object_add_weak_pointer (G_OBJECT (session_gone), &session_gone);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_null, &gone);
  wait_until (is_null, &session_gone);
}

static gboolean
is_exact (gpointer data)
{
  BagSession *session = bag_window_get_session (data);

  return bag_session_get_scan (session) != NULL && bag_session_is_exact (session);
}

void
open_demo (BagWindow *window)
{
  activate (window, "win.open-demo", NULL);
  wait_until (is_exact, window);
}

void
activate (BagWindow *window, const char *name, GVariant *parameter)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (window), name, parameter));
}

GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_no_display (void)
{
  g_test_skip ("no display");
}

/* Without a display no widget can be made. */
void
add_display_tests (void (*add) (void))
{
  if (gtk_init_check ())
    add ();
  else
    g_test_add_func ("/window/no-display", test_no_display);
}
