/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "description/bag-report.h"

G_BEGIN_DECLS

/* How alarms of one flag look. No two flags have the same line, so that nobody
 * needs the colour to tell them apart. */
typedef struct
{
  GdkRGBA color;
  double line_width;
  guint n_dashes;
  double dashes[2];
} BagAlarmStyle;

const BagAlarmStyle *bag_alarm_style_get (BagThreatFlag flag);

G_END_DECLS
