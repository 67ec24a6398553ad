/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-alarm.h"

G_BEGIN_DECLS

typedef struct
{
  guint x, y; /* between voxels: 0 is the left or upper edge of the slice */
} BagAlarmCorner;

/**
 * BagAlarmOutline:
 *
 * The edge of what the mask of an alarm marks on one slice, as closed loops of
 * straight lines along the edges of voxels. The marked voxels lie at the right of
 * each loop, that is inside by the even-odd rule.
 */
typedef struct
{
  GArray *corners; /* (element-type BagAlarmCorner) */
  GArray *ends;    /* (element-type guint): of each loop, one behind its last corner */
} BagAlarmOutline;

/* What the outlines of one slice may still cost, so that no report makes it slow. */
typedef struct
{
  guint voxels;  /* looked at */
  guint corners; /* kept and drawn */
} BagAlarmOutlineAllowance;

#define BAG_ALARM_OUTLINE_MOST_VOXELS (1u << 22)
#define BAG_ALARM_OUTLINE_MOST_CORNERS (1u << 14)

BagAlarmOutline *bag_alarm_outline_new (BagAlarm *alarm, guint frame, BagAlarmOutlineAllowance *allowance);
void bag_alarm_outline_free (BagAlarmOutline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagAlarmOutline, bag_alarm_outline_free)

G_END_DECLS
