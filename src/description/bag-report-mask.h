/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"

G_BEGIN_DECLS

/* ThreatROIBitmap (4010,1006): one bit a voxel of the region, X fastest, then Y
 * and Z, the least significant bit of each byte first. */

gboolean bag_report_mask_measure (const double extents[3], guint64 *n_bytes);
guint64 bag_report_mask_count (const guint8 *bits, gsize n_bytes);
guint8 bag_report_mask_get_last_bits (const double extents[3]);
gboolean bag_report_mask_check (GBytes *mask, const double extents[3], guint64 n_masked);

gsize bag_report_get_mask_bytes (const BagReport *self);
guint bag_report_drop_masks (BagReport *self);

G_END_DECLS
