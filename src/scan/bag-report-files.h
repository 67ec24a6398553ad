/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

#define BAG_REPORT_MAX_NEIGHBOURS 1000u       /* files of a folder that are looked at */
#define BAG_REPORT_MAX_FILE_BYTES (64u << 20) /* of a report that nobody named */

BagReport *bag_report_files_read (const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error);
gboolean bag_report_files_attach_beside (BagScan *scan, const char *path, BagDecoderChild *child, GCancellable *cancellable, GError **error);
GPtrArray *bag_report_files_find_scans (const char *path, const BagReport *report, BagDecoderChild *child, GCancellable *cancellable, GError **error);

G_END_DECLS
