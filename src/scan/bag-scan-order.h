/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/**
 * BagScanOrder:
 *
 * The order in which several scans are numbered.
 */
typedef struct _BagScanOrder BagScanOrder;

BagScanOrder *bag_scan_order_new (void);
void bag_scan_order_free (BagScanOrder *self);
void bag_scan_order_take (BagScanOrder *self, BagScan *scan, guint bag);
GPtrArray *bag_scan_order_finish (BagScanOrder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagScanOrder, bag_scan_order_free)

G_END_DECLS
