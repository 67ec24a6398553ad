/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-header.h"

G_BEGIN_DECLS

/**
 * BagScanGatherer:
 *
 * Puts what many files turned out to be together into scans. What is nothing to
 * show is passed over with a note, as long as there is something to show.
 */
typedef struct _BagScanGatherer BagScanGatherer;

BagScanGatherer *bag_scan_gatherer_new (void);
void bag_scan_gatherer_free (BagScanGatherer *self);
gboolean bag_scan_gatherer_take (BagScanGatherer *self, const char *path, guint bag, BagHeader *header, GError **error);
void bag_scan_gatherer_note_missing (BagScanGatherer *self, const char *name);
void bag_scan_gatherer_note_outside (BagScanGatherer *self, const char *name);
GPtrArray *bag_scan_gatherer_finish (BagScanGatherer *self, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagScanGatherer, bag_scan_gatherer_free)

G_END_DECLS
