/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolWarning:
 *
 * Says why the memory budget is nearly used up and what helps; hidden while it is not.
 */
#define BAG_TYPE_POOL_WARNING (bag_pool_warning_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolWarning, bag_pool_warning, BAG, POOL_WARNING, GtkWidget)

BagPoolWarning *bag_pool_warning_new (void);
void bag_pool_warning_update (BagPoolWarning *self, const BagPoolStats *stats, guint n_slices, guint64 budget);

G_END_DECLS
