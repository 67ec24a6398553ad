/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

BagScan *bag_frame_source_new_scan (gboolean is_folder,
                                    const char *path,
                                    GPtrArray *files,
                                    BagDescription *description,
                                    GArray *slices,
                                    GError **error);

G_END_DECLS
