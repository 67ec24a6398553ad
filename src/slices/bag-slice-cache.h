/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-slice.h"

G_BEGIN_DECLS

/**
 * BagSliceCache:
 *
 * Which slices of the scan are in memory: integer keys, least recently used
 * order, a reference on each. What others still hold stays valid when the cache
 * lets go of it. Main thread only.
 */
typedef struct _BagSliceCache BagSliceCache;

/* In place of an index: there is none. */
#define BAG_SLICE_CACHE_NONE G_MAXUINT

BagSliceCache *bag_slice_cache_new (BagPool *pool, guint n_slices);
void bag_slice_cache_free (BagSliceCache *self);
BagSlice *bag_slice_cache_lookup (BagSliceCache *self, guint index);
BagSlice *bag_slice_cache_peek (BagSliceCache *self, guint index);
void bag_slice_cache_insert (BagSliceCache *self, guint index, BagSlice *slice);
gboolean bag_slice_cache_drop (BagSliceCache *self, guint index);
gboolean bag_slice_cache_evict (BagSliceCache *self, guint index);
guint bag_slice_cache_get_n_slices (BagSliceCache *self);
guint bag_slice_cache_get_oldest (BagSliceCache *self);
guint bag_slice_cache_get_newer (BagSliceCache *self, guint index);
void bag_slice_cache_clear (BagSliceCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagSliceCache, bag_slice_cache_free)

G_END_DECLS
