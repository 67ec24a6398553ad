/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-window.h"

G_BEGIN_DECLS

void bag_window_actions_add (BagWindow *window);
void bag_window_actions_add_panels (BagWindow *window, GtkWidget *facts, GtkWidget *levels, GtkWidget *pool, GtkWidget *scans);
void bag_window_actions_let_go (GActionMap *map);
void bag_window_actions_set_has_scan (GActionMap *map, gboolean has_scan);

G_END_DECLS
