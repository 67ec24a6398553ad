/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-checks.h"

BagWindow *
open_window (void)
{
  g_autoptr (BagSession) session = bag_session_new (64u << 20);
  BagWindow *window = BAG_WINDOW (bag_window_new (NULL, session));

  gtk_window_present (GTK_WINDOW (window));
  bag_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (window)));

  return window;
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
  bag_test_wait_until (gone == NULL);
  bag_test_wait_until (session_gone == NULL);
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
  bag_test_wait_until (is_exact (window));
}

void
activate (BagWindow *window, const char *name, GVariant *parameter)
{
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (window), name, parameter));
}
