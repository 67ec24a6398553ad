/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-source.h"

G_BEGIN_DECLS

#define BAG_KIN_MAX_FOLDER 4096u   /* entries of a folder that are listed */
#define BAG_KIN_MAX_NEIGHBOURS 64u /* files of a folder that are looked at */

void bag_kin_search_among (const GPtrArray *scans);
gboolean bag_kin_search_beside (BagScan *scan, const char *path, const BagSourceContext *context, GError **error);

G_END_DECLS
