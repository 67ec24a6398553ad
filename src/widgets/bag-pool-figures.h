/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolFigures:
 *
 * All figures of the pool in words and numbers, in groups. Each value is a label that is
 * named like its figure.
 */
#define BAG_TYPE_POOL_FIGURES (bag_pool_figures_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolFigures, bag_pool_figures, BAG, POOL_FIGURES, GtkWidget)

GtkWidget *bag_pool_figures_new (void);
void bag_pool_figures_set_stats (BagPoolFigures *self, const BagPoolStats *stats);

G_END_DECLS
