/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* What tells the scans behind one path apart, in words. All (transfer full). */

char *bag_format_scan_kind (BagScan *scan);
char *bag_format_scan_slices (BagScan *scan);
char *bag_format_scan_alarms (BagScan *scan);
char *bag_format_scan_time (const char *acquired);

G_END_DECLS
