/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"
#include "slices/bag-slice-cache.h"

G_BEGIN_DECLS

/**
 * BagPrefetcher:
 *
 * Keeps the cache filled around the slice the operator looks at. A request for
 * that slice goes ahead of every prefetch; work that no longer matters is
 * dropped by the identity of its request. Belongs to one scan. Main thread only.
 *
 * Signals: "slice-ready" (guint index), "slice-failed" (guint index, GError *error),
 * "state-changed" (guint first, guint last), "activity-changed" when the
 * first slice is under way and when none is any more, "stall-changed".
 */
#define BAG_TYPE_PREFETCHER (bag_prefetcher_get_type ())
G_DECLARE_FINAL_TYPE (BagPrefetcher, bag_prefetcher, BAG, PREFETCHER, GObject)

typedef enum
{
  BAG_SLICE_STATE_ABSENT,
  BAG_SLICE_STATE_LOADING,
  BAG_SLICE_STATE_READY,
  BAG_SLICE_STATE_FAILED,
} BagSliceState;

BagPrefetcher *bag_prefetcher_new (BagScan *scan, BagPool *pool, BagSliceCache *cache, BagDecoder *decoder, guint bag);
void bag_prefetcher_focus (BagPrefetcher *self, guint index);
void bag_prefetcher_pool_changed (BagPrefetcher *self);
void bag_prefetcher_clear (BagPrefetcher *self);
void bag_prefetcher_stop (BagPrefetcher *self);
BagSliceState bag_prefetcher_get_state (BagPrefetcher *self, guint index);
const GError *bag_prefetcher_get_error (BagPrefetcher *self, guint index);
guint bag_prefetcher_get_n_in_flight (BagPrefetcher *self);
gboolean bag_prefetcher_is_stalled (BagPrefetcher *self);
guint bag_prefetcher_get_n_ready (BagPrefetcher *self);

G_END_DECLS
