/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_ALARM_LIST (bag_alarm_list_get_type ())
G_DECLARE_FINAL_TYPE (BagAlarmList, bag_alarm_list, BAG, ALARM_LIST, GtkWidget)

GtkWidget *bag_alarm_list_new (void);
BagSession *bag_alarm_list_get_session (BagAlarmList *self);
void bag_alarm_list_set_session (BagAlarmList *self, BagSession *session);

G_END_DECLS
