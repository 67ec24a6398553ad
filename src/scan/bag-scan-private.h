/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* Shared by the files of BagScan alone: bag-scan.c holds the type, -read.c how
 * slices are read, -range.c what the samples of wide scans become, -sample.c one
 * sample, -window.c a window from the data, -geometry.c places. */

/* What is found out once, when it is first needed; guarded by the scan. */
gboolean bag_scan_peek_range (BagScan *self, BagScanRange *range);
void bag_scan_publish_range (BagScan *self, const BagScanRange *range);

const BagScanSource *bag_scan_get_source (BagScan *self);
gconstpointer bag_scan_get_source_data (BagScan *self);

gboolean bag_scan_check_readable (BagScan *self, guint index, BagDecoderChild *child, GCancellable *cancellable, GError **error);
gboolean bag_scan_read_samples (BagScan *self,
                                guint index,
                                gsize first,
                                gsize n,
                                BagDecoderChild *child,
                                BagSampleSink sink,
                                gpointer sink_data,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
