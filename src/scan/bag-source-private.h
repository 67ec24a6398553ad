/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-file-list.h"
#include "scan/bag-scan-gatherer.h"
#include "scan/bag-slice-group.h"
#include "scan/bag-source.h"

#include <sys/stat.h>

G_BEGIN_DECLS

/**
 * BagSource:
 * @detect: whether what stands at a path is of this kind
 * @open: (transfer full) (element-type BagScan): the scans there, at least one
 *
 * One kind of place that scans come from.
 */
typedef struct
{
  const char *name;
  gboolean (*detect) (const struct stat *info);
  GPtrArray *(*open) (const char *path, const BagSourceContext *context, GError **error);
} BagSource;

extern const BagSource bag_source_file;
extern const BagSource bag_source_folder;

gboolean bag_source_gather (BagScanGatherer *gatherer,
                            BagFileList *files,
                            const BagSourceContext *context,
                            GError **error);
GPtrArray *bag_source_open_list (const char *path,
                                 BagFileList *files,
                                 const BagSourceContext *context,
                                 GError **error);
gboolean bag_source_check_present (const BagSliceGroup *group, GError **error);
void bag_source_describe_files (const char *const *paths,
                                guint n_files,
                                BagDecoderChild *child,
                                GCancellable *cancellable,
                                BagSliceGroup **groups,
                                GError **errors);
BagSliceGroup *bag_source_describe_file (const char *path,
                                         gboolean keep_open,
                                         BagDecoderChild *child,
                                         GCancellable *cancellable,
                                         GError **error);
gboolean bag_source_check_cancelled (GCancellable *cancellable, GError **error);

G_END_DECLS
