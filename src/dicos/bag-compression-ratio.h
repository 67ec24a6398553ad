/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "description/bag-limits.h"

G_BEGIN_DECLS

gboolean bag_compression_ratio_check (BagDescription *description, guint64 file_bytes, const BagLimits *limits, GError **error);

G_END_DECLS
