/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_ELEMENTS_PANEL (bag_elements_panel_get_type ())
G_DECLARE_FINAL_TYPE (BagElementsPanel, bag_elements_panel, BAG, ELEMENTS_PANEL, GtkWidget)

GtkWidget *bag_elements_panel_new (void);
BagSession *bag_elements_panel_get_session (BagElementsPanel *self);
void bag_elements_panel_set_session (BagElementsPanel *self, BagSession *session);

G_END_DECLS
