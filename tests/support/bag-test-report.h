/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-report-attach.h"

G_BEGIN_DECLS

/* Scans and threat reports without files. */

#define BAG_TEST_INSTANCE "1.2.3"

typedef struct
{
  guint columns, rows, n_slices;
  double row_spacing, column_spacing, slice_step; /* mm; a negative step stores the slices the other way round */
} BagTestVolume;

BagScan *bag_test_scan_new (const BagTestVolume *volume, const char *bag_id);
BagReport *bag_test_report_new (const char *bag_id);
BagReportObject *bag_test_report_add (BagReport *report, BagThreatFlag flag, const char *category, double probability);
BagReportPlace *bag_test_report_place (BagReportObject *object, const double base[3], const double extents[3]);

G_END_DECLS
