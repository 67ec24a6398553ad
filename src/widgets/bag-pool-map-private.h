/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/bag-pool-map-layout.h"
#include "widgets/bag-pool-map.h"
#include "widgets/bag-pool-range.h"

G_BEGIN_DECLS

/* What the files of the map share: the widget itself, how it looks, its input. */

struct _BagPoolMap
{
  GtkWidget parent_instance;

  /* Owned */
  GArray *slots;        /* of BagSlotInfo */
  char *selection_text; /* never NULL */
  char *description;    /* as assistive technology was told last, or NULL */

  guint bag_number;
  guint selected; /* a slot of the selected cell; G_MAXUINT: none is */
};

void bag_pool_map_get_layout (BagPoolMap *self, BagPoolMapLayout *layout);
void bag_pool_map_sum_up (BagPoolMap *self, const BagPoolMapLayout *layout, guint cell, BagPoolRange *range);

void bag_pool_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

gboolean bag_pool_map_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard_tooltip, GtkTooltip *tooltip);
void bag_pool_map_add_input (BagPoolMap *self);

G_END_DECLS
