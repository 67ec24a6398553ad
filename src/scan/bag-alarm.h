/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm-box.h"

G_BEGIN_DECLS

/**
 * BagAlarm:
 *
 * One object of a threat report, at one of its places in a scan. Immutable; any thread.
 */
#define BAG_TYPE_ALARM (bag_alarm_get_type ())
G_DECLARE_FINAL_TYPE (BagAlarm, bag_alarm, BAG, ALARM, GObject)

BagAlarm *bag_alarm_new (BagReport *report, guint object, const BagReportPlace *place, const BagAlarmBox *box, gboolean is_linked);

BagReport *bag_alarm_get_report (BagAlarm *self);
const BagReportObject *bag_alarm_get_object (BagAlarm *self);
const BagReportPlace *bag_alarm_get_place (BagAlarm *self);
const BagReportAssessment *bag_alarm_get_assessment (BagAlarm *self);
const BagAlarmBox *bag_alarm_get_box (BagAlarm *self);
BagThreatFlag bag_alarm_get_flag (BagAlarm *self);
gboolean bag_alarm_is_linked (BagAlarm *self);
char *bag_alarm_format (BagAlarm *self);
int bag_alarm_compare (BagAlarm *a, BagAlarm *b);

G_END_DECLS
