/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

#define BAG_POOL_HISTORY_SAMPLES 240
#define BAG_POOL_HISTORY_PERIOD 250000 /* microseconds of one sample: 60 s together */

/* What a slot in use is counted as: the class that took it, or set aside. Every slot
 * counts once. */
typedef enum
{
  BAG_POOL_BAND_VIEW,
  BAG_POOL_BAND_LOAD,
  BAG_POOL_BAND_PREFETCH,
  BAG_POOL_BAND_QUARANTINED,
} BagPoolBand;

#define BAG_N_POOL_BANDS (BAG_POOL_BAND_QUARANTINED + 1)

typedef struct
{
  gboolean is_known;              /* FALSE: nobody watched; the rest is 0 */
  float shares[BAG_N_POOL_BANDS]; /* of all slots, 0 to 1; at most 1 together */
  guint hits, misses, fills;      /* in this sample */
} BagPoolSample;

/**
 * BagPoolHistory:
 *
 * What the pool did in the 60 s up to its last change. It has no clock: who adds a
 * snapshot says when that was. Not thread-safe.
 */
typedef struct _BagPoolHistory BagPoolHistory;

BagPoolHistory *bag_pool_history_new (void);
void bag_pool_history_free (BagPoolHistory *self);
gboolean bag_pool_history_add (BagPoolHistory *self, gint64 time, const BagPoolStats *stats);
void bag_pool_history_pause (BagPoolHistory *self, gint64 time);
const BagPoolSample *bag_pool_history_get_sample (const BagPoolHistory *self, guint i);
double bag_pool_history_get_occupancy (const BagPoolHistory *self);
gboolean bag_pool_history_get_hit_rate_at (const BagPoolHistory *self, guint i, double *rate);
gboolean bag_pool_history_get_hit_rate (const BagPoolHistory *self, double *rate);
double bag_pool_history_get_fills_per_second (const BagPoolHistory *self);
double bag_pool_history_get_most_fills_per_second (const BagPoolHistory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagPoolHistory, bag_pool_history_free)

G_END_DECLS
