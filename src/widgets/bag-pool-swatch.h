/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolSwatch:
 *
 * One cell of the slot map, to explain it in the legend.
 */
#define BAG_TYPE_POOL_SWATCH (bag_pool_swatch_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolSwatch, bag_pool_swatch, BAG, POOL_SWATCH, GtkWidget)

GtkWidget *bag_pool_swatch_new (BagSlotState state);

G_END_DECLS
