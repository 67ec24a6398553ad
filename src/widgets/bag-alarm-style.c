/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-alarm-style.h"

/* Light enough for black words on them, and for lines on a black picture. */
static const BagAlarmStyle styles[BAG_N_THREAT_FLAGS] = {
  [BAG_THREAT_FLAG_HIGH_THREAT] = { { 1.0f, 0.40f, 0.36f, 1 }, 4, 0, { 0, 0 } },
  [BAG_THREAT_FLAG_THREAT] = { { 1.0f, 0.63f, 0.20f, 1 }, 2, 0, { 0, 0 } },
  [BAG_THREAT_FLAG_UNKNOWN] = { { 0.98f, 0.90f, 0.36f, 1 }, 2, 2, { 9, 5 } },
  [BAG_THREAT_FLAG_NO_THREAT] = { { 0.55f, 0.80f, 1.0f, 1 }, 2, 2, { 2, 4 } },
};

/**
 * bag_alarm_style_get:
 * @flag: the flag of an alarm
 *
 * Returns: (transfer none): how it is drawn
 */
const BagAlarmStyle *
bag_alarm_style_get (BagThreatFlag flag)
{
  g_return_val_if_fail ((guint) flag < BAG_N_THREAT_FLAGS, &styles[BAG_THREAT_FLAG_UNKNOWN]);

  return &styles[flag];
}
