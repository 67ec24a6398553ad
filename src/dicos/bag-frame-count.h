/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-image-header.h"

G_BEGIN_DECLS

guint bag_frame_count_get_claimed (const BagImageHeader *header);
gboolean bag_frame_count_is_certain (const BagImageHeader *header);
gboolean bag_frame_count_settle (const BagImageHeader *header, guint64 n_stored, const BagLimits *limits, BagDescription *description, GError **error);
void bag_frame_count_warn_missing (BagDescription *description);

G_END_DECLS
