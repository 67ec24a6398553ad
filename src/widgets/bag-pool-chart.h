/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * BagPoolChart:
 *
 * What the pool did in the 60 s up to its last change: a strip, what it is drawn with, and
 * the latest values in words. It has no timer: it draws when it is given something new.
 */
#define BAG_TYPE_POOL_CHART (bag_pool_chart_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolChart, bag_pool_chart, BAG, POOL_CHART, GtkWidget)

BagPoolChart *bag_pool_chart_new (void);
void bag_pool_chart_add (BagPoolChart *self, gint64 time, const BagPoolStats *stats);
void bag_pool_chart_pause (BagPoolChart *self, gint64 time);

G_END_DECLS
