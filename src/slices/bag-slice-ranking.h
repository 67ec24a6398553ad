/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-slice-cache.h"

G_BEGIN_DECLS

/**
 * BagSliceRanking:
 *
 * The one order that decides both what to get next and what to give up: the
 * rank of a slice in the plan around the slice looked at. A slice outside the
 * plan ranks behind all that are in it, the farther the worse. Main thread only.
 */
typedef struct _BagSliceRanking BagSliceRanking;

BagSliceRanking *bag_slice_ranking_new (guint n_slices);
void bag_slice_ranking_free (BagSliceRanking *self);
void bag_slice_ranking_focus (BagSliceRanking *self, guint index, gint64 time, double load_seconds, guint capacity);
guint bag_slice_ranking_get_current (const BagSliceRanking *self);
guint bag_slice_ranking_get_n_planned (const BagSliceRanking *self);
guint bag_slice_ranking_get_planned (const BagSliceRanking *self, guint place);
guint bag_slice_ranking_get_rank (const BagSliceRanking *self, guint index);
gboolean bag_slice_ranking_is_worse (const BagSliceRanking *self, guint index, guint than);
guint bag_slice_ranking_find_worst (const BagSliceRanking *self, BagSliceCache *cache);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagSliceRanking, bag_slice_ranking_free)

G_END_DECLS
