/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-pool-history.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the strip draws: a band for each BagPoolBand, with the same number, and two rates. */
typedef enum
{
  BAG_POOL_STRIP_VIEW = BAG_POOL_BAND_VIEW,
  BAG_POOL_STRIP_LOAD = BAG_POOL_BAND_LOAD,
  BAG_POOL_STRIP_PREFETCH = BAG_POOL_BAND_PREFETCH,
  BAG_POOL_STRIP_QUARANTINED = BAG_POOL_BAND_QUARANTINED,
  BAG_POOL_STRIP_HIT_RATE,
  BAG_POOL_STRIP_FILLS,
} BagPoolStripItem;

#define BAG_N_POOL_STRIP_ITEMS (BAG_POOL_STRIP_FILLS + 1)

typedef struct
{
  GdkRGBA ink;
  GdkRGBA ground; /* what the line of the hit rate is set off with */
  GdkRGBA bands[BAG_N_POOL_BANDS];
} BagPoolStripColors;

void bag_pool_strip_colors_init (BagPoolStripColors *self, const GdkRGBA *foreground);
void bag_pool_strip_draw (cairo_t *cr, const BagPoolStripColors *colors, const BagPoolHistory *history, int width, int height, int scale);
void bag_pool_strip_draw_swatch (cairo_t *cr, const BagPoolStripColors *colors, BagPoolStripItem item, double size, int scale);
const char *bag_pool_strip_get_name (BagPoolStripItem item);
const char *bag_pool_strip_get_label (BagPoolStripItem item);
const char *bag_pool_strip_get_help (BagPoolStripItem item);

G_END_DECLS
