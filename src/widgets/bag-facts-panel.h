/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_FACTS_PANEL (bag_facts_panel_get_type ())
G_DECLARE_FINAL_TYPE (BagFactsPanel, bag_facts_panel, BAG, FACTS_PANEL, GtkWidget)

GtkWidget *bag_facts_panel_new (void);
BagSession *bag_facts_panel_get_session (BagFactsPanel *self);
void bag_facts_panel_set_session (BagFactsPanel *self, BagSession *session);

G_END_DECLS
