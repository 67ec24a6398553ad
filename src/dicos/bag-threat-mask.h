/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "dicos/bag-element-parser.h"

G_BEGIN_DECLS

gboolean bag_threat_mask_count (BagByteReader *reader, const BagElement *mask, const double extents[3], guint64 *n_masked);

G_END_DECLS
