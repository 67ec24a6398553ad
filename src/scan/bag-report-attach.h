/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm.h"
#include "scan/bag-report-match.h"

G_BEGIN_DECLS

/* Only while a scan is made: before any other thread or any widget knows it. */

void bag_report_attach (BagReport *report, BagScan *scan);
void bag_report_attach_all (const GPtrArray *reports, const GPtrArray *scans);
void bag_report_warn (BagScan *scan, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

G_END_DECLS
