/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm.h"

G_BEGIN_DECLS

char *bag_format_alarm (BagAlarm *alarm, guint index, guint n_alarms, guint n_others_here);
char *bag_format_report (const BagReport *report);
char *bag_format_reports (const GPtrArray *reports);

G_END_DECLS
