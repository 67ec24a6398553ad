/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/* The figures the panel shows, in its order. */
typedef enum
{
  BAG_POOL_FIGURE_IN_USE,
  BAG_POOL_FIGURE_HIGH_WATER,
  BAG_POOL_FIGURE_LEAST_FREE,
  BAG_POOL_FIGURE_REUSES,
  BAG_POOL_FIGURE_HITS,
  BAG_POOL_FIGURE_MISSES,
  BAG_POOL_FIGURE_EVICTIONS,
  BAG_POOL_FIGURE_REFUSED,
  BAG_POOL_FIGURE_HEAP_FALLBACKS,
  BAG_POOL_FIGURE_SLOT_SIZE,
  BAG_POOL_FIGURE_BYTES,
  BAG_POOL_FIGURE_SCANS,
} BagPoolFigure;

#define BAG_N_POOL_FIGURES (BAG_POOL_FIGURE_SCANS + 1)

const char *bag_pool_figure_get_name (BagPoolFigure figure);
const char *bag_pool_figure_get_caption (BagPoolFigure figure);
const char *bag_pool_figure_get_help (BagPoolFigure figure);
char *bag_pool_figure_format (BagPoolFigure figure, const BagPoolStats *stats);

G_END_DECLS
