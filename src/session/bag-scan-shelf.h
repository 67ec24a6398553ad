/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder.h"
#include "session/bag-scan-entry.h"

G_BEGIN_DECLS

/**
 * BagScanShelf:
 *
 * The scans behind one path as a #GListModel of #BagScanEntry, and who makes their
 * small pictures: of those that somebody looks at, one at a time, and only while it is
 * told that nothing is read for the bag on screen. Main thread only.
 */
#define BAG_TYPE_SCAN_SHELF (bag_scan_shelf_get_type ())
G_DECLARE_FINAL_TYPE (BagScanShelf, bag_scan_shelf, BAG, SCAN_SHELF, GObject)

#define BAG_SCAN_SHELF_MOST_THUMBNAILS 64u /* kept: some 2.4 MB */

BagScanShelf *bag_scan_shelf_new (void);
void bag_scan_shelf_set_scans (BagScanShelf *self, const GPtrArray *scans);
void bag_scan_shelf_set_current (BagScanShelf *self, BagScan *scan);
void bag_scan_shelf_set_decoder (BagScanShelf *self, BagDecoder *decoder);
void bag_scan_shelf_set_idle (BagScanShelf *self, gboolean idle);
void bag_scan_shelf_want (BagScanShelf *self, guint first, guint n);
guint bag_scan_shelf_get_n_thumbnails (BagScanShelf *self);
void bag_scan_shelf_stop (BagScanShelf *self);

G_END_DECLS
