/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-session.h"

G_BEGIN_DECLS

/**
 * BagLevelPanel:
 *
 * Centre and width of the window in numbers, and the ways to a good one. Its
 * presets activate "win.window-preset" with their number. Property: session
 * (rw BagSession or NULL).
 */
#define BAG_TYPE_LEVEL_PANEL (bag_level_panel_get_type ())
G_DECLARE_FINAL_TYPE (BagLevelPanel, bag_level_panel, BAG, LEVEL_PANEL, GtkWidget)

GtkWidget *bag_level_panel_new (void);
BagSession *bag_level_panel_get_session (BagLevelPanel *self);
void bag_level_panel_set_session (BagLevelPanel *self, BagSession *session);

G_END_DECLS
