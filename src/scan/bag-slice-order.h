/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* What the positions of the slices tell about a scan. */
typedef struct
{
  gboolean is_by_position; /* else the order is that of the file */
  double spacing;          /* mm from slice to slice, 0 when unknown */
  double tilt;             /* degrees by which the slices are shifted against each other, 0 for none */
  GArray *marks;           /* (owned) (nullable) (element-type guint8): BagSliceMarks of each slice; NULL when none has any */
} BagSliceOrder;

const BagSliceOrder *bag_scan_get_order (BagScan *scan);
gboolean bag_slice_order_get_normal (const BagFrame *frame, double normal[3]);
void bag_slice_order_sort (GArray *slices);
void bag_slice_order_clear (BagSliceOrder *self);
BagSliceOrder bag_slice_order_measure (const GArray *slices, BagDescription *description);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagSliceOrder, bag_slice_order_clear)

G_END_DECLS
