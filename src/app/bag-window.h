/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_WINDOW (bag_window_get_type ())
G_DECLARE_FINAL_TYPE (BagWindow, bag_window, BAG, WINDOW, GtkApplicationWindow)

GtkWidget *bag_window_new (GtkApplication *application, BagSession *session);
BagSession *bag_window_get_session (BagWindow *self);
GtkWidget *bag_window_get_view (BagWindow *self);
GCancellable *bag_window_get_cancellable (BagWindow *self);
const char *bag_window_get_folder (BagWindow *self);

void bag_window_open (BagWindow *self, const char *const *paths);
void bag_window_open_demo (BagWindow *self);
void bag_window_show_slice (BagWindow *self, guint number);
void bag_window_ask_for_slice (BagWindow *self);
void bag_window_show_message (BagWindow *self, const char *text);
void bag_window_dismiss_messages (BagWindow *self);
void bag_window_bind_settings (BagWindow *self, GSettings *settings);

G_END_DECLS
