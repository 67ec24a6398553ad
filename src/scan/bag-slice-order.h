/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* What the positions of the slices tell about a scan. */
typedef struct
{
  gboolean is_by_position; /* else the order is that of the file */
  double spacing;          /* mm from slice to slice, 0 when unknown */
} BagSliceOrder;

gboolean bag_slice_order_get_normal (const BagFrame *frame, double normal[3]);
void bag_slice_order_sort (GArray *slices);
BagSliceOrder bag_slice_order_measure (const GArray *slices, BagDescription *description);

G_END_DECLS
