/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm-box.h"

G_BEGIN_DECLS

typedef enum
{
  BAG_ALARM_SERIES_NONE,  /* nothing says which slices are meant */
  BAG_ALARM_SERIES_ONE,   /* one slice */
  BAG_ALARM_SERIES_WHOLE, /* all slices, in whatever order they count */
} BagAlarmSeries;

GHashTable *bag_alarm_series_list (BagScan *scan);
gboolean bag_alarm_series_names_slice (const BagAlarmSpace *space, const BagReportPlace *place);
BagAlarmSeries bag_alarm_series_find (const BagAlarmSpace *space, const BagReport *report, const BagReportPlace *place, guint *slice);

G_END_DECLS
