/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/* The figures that people are told, in the order of the panel. */
typedef enum
{
  BAG_POOL_FIGURE_IN_USE,
  BAG_POOL_FIGURE_HIGH_WATER,
  BAG_POOL_FIGURE_LEAST_FREE,
  BAG_POOL_FIGURE_RESERVE,
  BAG_POOL_FIGURE_REUSES,
  BAG_POOL_FIGURE_SCANS,

  BAG_POOL_FIGURE_PREFETCH_HITS,
  BAG_POOL_FIGURE_PREFETCH_LATE,
  BAG_POOL_FIGURE_PREFETCH_WASTED,
  BAG_POOL_FIGURE_QUEUED,
  BAG_POOL_FIGURE_WAITING,
  BAG_POOL_FIGURE_FILL_TIME,

  BAG_POOL_FIGURE_HITS,
  BAG_POOL_FIGURE_MISSES,
  BAG_POOL_FIGURE_EVICTIONS,
  BAG_POOL_FIGURE_REFUSED_FULL,
  BAG_POOL_FIGURE_REFUSED_SIZE,
  BAG_POOL_FIGURE_REFUSED_CLOSED,
  BAG_POOL_FIGURE_HEAP_FALLBACKS,

  BAG_POOL_FIGURE_SLOT_SIZE,
  BAG_POOL_FIGURE_BYTES,
  BAG_POOL_FIGURE_RESIDENT,
  BAG_POOL_FIGURE_PAGE_SIZE,
  BAG_POOL_FIGURE_PREFAULT,
} BagPoolFigure;

#define BAG_N_POOL_FIGURES (BAG_POOL_FIGURE_PREFAULT + 1)

const char *bag_pool_figure_get_name (BagPoolFigure figure);
const char *bag_pool_figure_get_caption (BagPoolFigure figure);
const char *bag_pool_figure_get_help (BagPoolFigure figure);
const char *bag_pool_figure_get_heading (BagPoolFigure figure);
char *bag_pool_figure_format (BagPoolFigure figure, const BagPoolStats *stats);

G_END_DECLS
