/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-prefetcher.h"

G_BEGIN_DECLS

/* The arithmetic of a ruler: slices spread evenly over a height. */

double bag_ruler_scale_get_y (guint n_slices, double height, guint index);
guint bag_ruler_scale_get_index (guint n_slices, double height, double y);
guint bag_ruler_scale_get_step (guint n_slices, double height, double least_distance);
BagSliceState bag_ruler_scale_get_worst (const guint8 *states, guint first, guint end);
gboolean bag_ruler_scale_is_all_seen (const guint8 *seen, guint first, guint end);

G_END_DECLS
