/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-thumbnail.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_THUMBNAIL_ABSENT,
  BAG_THUMBNAIL_READY,
  BAG_THUMBNAIL_FAILED,
} BagThumbnailState;

/**
 * BagScanEntry:
 *
 * One of the scans behind a path, as a list of them shows it: its texts, whether it is
 * the one on screen, and a small picture of it once there is one. Main thread only.
 *
 * Properties, which notify only on change:
 *   current    r  gboolean  it is on screen
 *   thumbnail  r  guint     a BagThumbnailState
 */
#define BAG_TYPE_SCAN_ENTRY (bag_scan_entry_get_type ())
G_DECLARE_FINAL_TYPE (BagScanEntry, bag_scan_entry, BAG, SCAN_ENTRY, GObject)

BagScanEntry *bag_scan_entry_new (BagScan *scan, guint number, guint n_scans);

BagScan *bag_scan_entry_get_scan (BagScanEntry *self);
const char *bag_scan_entry_get_bag_id (BagScanEntry *self);
const char *bag_scan_entry_get_extent (BagScanEntry *self);
const char *bag_scan_entry_get_alarms (BagScanEntry *self);
const char *bag_scan_entry_get_time (BagScanEntry *self);
char *bag_scan_entry_format_name (BagScanEntry *self);

gboolean bag_scan_entry_is_current (BagScanEntry *self);
void bag_scan_entry_set_current (BagScanEntry *self, gboolean current);

BagThumbnailState bag_scan_entry_get_thumbnail_state (BagScanEntry *self);
BagThumbnail *bag_scan_entry_get_thumbnail (BagScanEntry *self);
const char *bag_scan_entry_get_problem (BagScanEntry *self);
void bag_scan_entry_take_thumbnail (BagScanEntry *self, BagThumbnail *thumbnail);
void bag_scan_entry_set_problem (BagScanEntry *self, const char *problem);
void bag_scan_entry_drop_thumbnail (BagScanEntry *self);

G_END_DECLS
