/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GSettings *bag_settings_new (void);
void bag_settings_bind_window (GSettings *settings, GtkWindow *window);
void bag_settings_bind_panels (GSettings *settings, GtkWidget *facts, GtkWidget *levels, GtkWidget *pool, GtkWidget *scans);
void bag_settings_bind_budget (GSettings *settings, BagSession *session);
void bag_settings_bind_limits (GSettings *settings, BagSession *session, const BagLimits *given);

G_END_DECLS
