/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* What became of the place of an object. */
typedef enum
{
  BAG_ALARM_BOX_INSIDE,
  BAG_ALARM_BOX_CUT,      /* it reached beyond the scan */
  BAG_ALARM_BOX_OUTSIDE,  /* not one voxel is in the scan */
  BAG_ALARM_BOX_UNKNOWN,  /* the report, or the scan, does not say */
  BAG_ALARM_BOX_NO_FRAME, /* it counts stored frames, and nothing says which slices those are */
} BagAlarmBoxFate;

#define BAG_N_ALARM_BOX_FATES (BAG_ALARM_BOX_NO_FRAME + 1)

/**
 * BagAlarmBox:
 *
 * Where an object lies in a scan, in whole voxels from 0. Slices are in spatial
 * order; frames in stored order, which need not be the same.
 */
typedef struct
{
  guint x, y, width, height;
  guint first_slice, last_slice, middle_slice;
  gboolean is_by_frame; /* else from first to last slice */
  guint first_frame, last_frame;
  gboolean is_by_polygon; /* in place of a region whose slices are not known */
  gboolean has_mask;      /* the mask of its place can be drawn */
  gint64 mask_base[3];    /* voxel and stored frame of its first bit; may lie outside the scan */
} BagAlarmBox;

/**
 * BagAlarmSpace:
 *
 * What a scan tells about the places of its voxels, looked up once for all
 * alarms of a report.
 */
typedef struct
{
  BagScan *scan;
  guint size[3]; /* columns, rows, frames */
  guint n_slices;
  guint *frames;         /* stored frame of each slice; NULL when the scan stands in several files */
  GHashTable *instances; /* (element-type utf8 guint): bag_alarm_series_list() */
  double *positions;     /* of each slice along the normal, in mm; NULL when they are not known */
} BagAlarmSpace;

BagAlarmSpace *bag_alarm_space_new (BagScan *scan);
void bag_alarm_space_free (BagAlarmSpace *self);

BagAlarmBoxFate bag_alarm_box_clip (const double base[3], const double extents[3], const guint size[3], guint low[3], guint high[3]);
BagAlarmBoxFate bag_alarm_box_init (BagAlarmBox *self, const BagReport *report, const BagReportPlace *place, const BagAlarmSpace *space);
gboolean bag_alarm_box_would_fit_swapped (const BagReportPlace *place, const BagAlarmSpace *space);
gboolean bag_alarm_box_covers (const BagAlarmBox *self, BagScan *scan, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagAlarmSpace, bag_alarm_space_free)

G_END_DECLS
