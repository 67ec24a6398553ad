/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolPanel:
 *
 * The memory behind the slices, live: a map of the slots, what its cells mean, the
 * budget, and the figures. It looks at the pool only while it is mapped.
 *
 * Properties: monitor (rw, BagPoolMonitor, nullable), session (rw, BagSession, nullable):
 * whose budget is set, n-slices (rw, guint): slices of the bag on screen, 0 for none,
 * bag-number (rw, guint): that bag, as in the slots' tags, budget (rw, guint64): bytes
 * that slices may take.
 *
 * A slice that is chosen in the map is shown by the action win.show-slice of the window.
 */
#define BAG_TYPE_POOL_PANEL (bag_pool_panel_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolPanel, bag_pool_panel, BAG, POOL_PANEL, GtkWidget)

BagPoolPanel *bag_pool_panel_new (void);
void bag_pool_panel_set_monitor (BagPoolPanel *self, BagPoolMonitor *monitor);
void bag_pool_panel_set_n_slices (BagPoolPanel *self, guint n_slices);
void bag_pool_panel_set_bag_number (BagPoolPanel *self, guint bag_number);
void bag_pool_panel_set_budget (BagPoolPanel *self, guint64 budget);

G_END_DECLS
