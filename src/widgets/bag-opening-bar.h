/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_OPENING_BAR (bag_opening_bar_get_type ())
G_DECLARE_FINAL_TYPE (BagOpeningBar, bag_opening_bar, BAG, OPENING_BAR, GtkWidget)

GtkWidget *bag_opening_bar_new (void);
BagSession *bag_opening_bar_get_session (BagOpeningBar *self);
void bag_opening_bar_set_session (BagOpeningBar *self, BagSession *session);

G_END_DECLS
