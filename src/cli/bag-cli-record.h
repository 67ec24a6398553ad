/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/bag-cli-json.h"
#include "description/bag-element-list.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* All that `info` tells about one scan. Borrows everything. */
typedef struct
{
  const char *path;
  BagScan *scan;
  guint number;              /* among the scans of the path, from 1 */
  const char *window_origin; /* (nullable): "file", "data", or no window */
  double center, width;
  const char *isolation;
  gboolean has_elements;          /* whether they were asked for */
  const BagElementList *elements; /* (nullable): when they cannot be had */
} BagCliRecord;

void bag_cli_record_add_json (const BagCliRecord *self, JsonBuilder *builder);
void bag_cli_record_print (const BagCliRecord *self);

G_END_DECLS
