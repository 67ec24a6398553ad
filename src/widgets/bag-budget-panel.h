/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagBudgetPanel:
 *
 * How much memory slices may take: a slider that ends at the memory of the machine. While
 * it is dragged only the words change; the pool follows when it is let go of.
 *
 * Properties: session (rw, BagSession, nullable).
 */
#define BAG_TYPE_BUDGET_PANEL (bag_budget_panel_get_type ())
G_DECLARE_FINAL_TYPE (BagBudgetPanel, bag_budget_panel, BAG, BUDGET_PANEL, GtkWidget)

GtkWidget *bag_budget_panel_new (void);
void bag_budget_panel_set_session (BagBudgetPanel *self, BagSession *session);

G_END_DECLS
