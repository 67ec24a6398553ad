/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_STATUS_BAR (bag_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (BagStatusBar, bag_status_bar, BAG, STATUS_BAR, GtkWidget)

GtkWidget *bag_status_bar_new (void);
BagSession *bag_status_bar_get_session (BagStatusBar *self);
void bag_status_bar_set_session (BagStatusBar *self, BagSession *session);
void bag_status_bar_ask_for_slice (BagStatusBar *self);

G_END_DECLS
