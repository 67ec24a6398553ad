/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-thumbnail.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

#define BAG_SCAN_THUMBNAIL_SIZE 96u /* pixels along the longer side */

void bag_scan_thumbnail_make_async (BagScan *scan, BagDecoder *decoder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
BagThumbnail *bag_scan_thumbnail_make_finish (BagScan *scan, GAsyncResult *result, GError **error);

G_END_DECLS
