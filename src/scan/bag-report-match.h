/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* How well a threat report fits a scan; the greater, the better. */
typedef enum
{
  BAG_REPORT_MATCH_NONE,     /* it is about something else */
  BAG_REPORT_MATCH_BAG,      /* the same bag, but nothing says that it is this scan of it */
  BAG_REPORT_MATCH_SERIES,   /* the same series and frame of reference */
  BAG_REPORT_MATCH_INSTANCE, /* it names this very object */
} BagReportMatch;

BagReportMatch bag_report_match (const BagReport *report, const BagDescription *scan);
BagReportMatch bag_report_match_scan (const BagReport *report, BagScan *scan);
gboolean bag_report_match_is_linked (BagReportMatch match);
gboolean bag_report_place_is_in (const BagReportPlace *place, const BagDescription *scan, BagReportMatch match);
gboolean bag_report_is_same (const BagReport *a, const BagReport *b);
char *bag_report_tell_subject (const BagReport *report);

G_END_DECLS
