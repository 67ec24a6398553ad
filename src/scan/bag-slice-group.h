/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-input-file.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

/**
 * BagSliceGroup:
 *
 * Files on their way to become one scan: either one file of many frames, or
 * files of one frame each that belong together.
 */
typedef struct
{
  BagDescription *description; /* of the first file, with the frames and warnings of all */
  GPtrArray *files;            /* (element-type BagInputFile) */
  GArray *slices;              /* (element-type BagScanSlice) in stored order */
  char *name;                  /* of the first file, fit to be shown */
  guint bag;                   /* which of several paths it was found behind first */
} BagSliceGroup;

BagSliceGroup *bag_slice_group_new (BagInputFile *file, BagDescription *description);
void bag_slice_group_free (BagSliceGroup *self);
gboolean bag_slice_group_accepts (const BagSliceGroup *self, const BagDescription *description);
void bag_slice_group_add (BagSliceGroup *self, BagInputFile *file, BagDescription *description);
const char *bag_slice_group_get_name (const BagSliceGroup *self);
BagScan *bag_slice_group_to_scan (BagSliceGroup *self, gboolean is_folder, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagSliceGroup, bag_slice_group_free)

G_END_DECLS
