/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/* What others tell the pool, so that all figures stand in one place and are of one moment. */

/**
 * bag_pool_count_eviction:
 *
 * The cache let go of a slice to make room.
 */
void
bag_pool_count_eviction (BagPool *self)
{
  g_return_if_fail (self != NULL);

  bag_pool_lock (self);
  self->stats.evictions++;
  bag_pool_unlock (self);
  bag_pool_tell (self);
}

/**
 * bag_pool_count_lookup:
 * @slice: (nullable): what the cache had of what was asked for
 *
 * A hit, which counts for the slot as well, or a miss.
 */
void
bag_pool_count_lookup (BagPool *self, BagSlice *slice)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (slice == NULL || slice->slot->pool == self);

  bag_pool_lock (self);
  if (slice != NULL)
    {
      slice->slot->n_hits++;
      self->stats.hits++;
    }
  else
    {
      self->stats.misses++;
    }
  bag_pool_unlock (self);
  bag_pool_tell (self);
}

/**
 * bag_pool_count_prefetch:
 * @outcome: what became of a slice that was got in advance
 */
void
bag_pool_count_prefetch (BagPool *self, BagPoolPrefetch outcome)
{
  guint64 *counts[BAG_N_POOL_PREFETCHES] = { NULL };

  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint) outcome < BAG_N_POOL_PREFETCHES);

  counts[BAG_POOL_PREFETCH_HIT] = &self->stats.prefetch_hits;
  counts[BAG_POOL_PREFETCH_LATE] = &self->stats.prefetch_late;
  counts[BAG_POOL_PREFETCH_WASTED] = &self->stats.prefetch_wasted;

  bag_pool_lock (self);
  (*counts[outcome])++;
  bag_pool_unlock (self);
  bag_pool_tell (self);
}

/**
 * bag_pool_count_fill:
 * @elapsed_us: microseconds that reading or decoding a slice took
 */
void
bag_pool_count_fill (BagPool *self, gint64 elapsed_us)
{
  g_return_if_fail (self != NULL);

  bag_pool_lock (self);
  bag_fill_times_add (&self->fill_times, (guint64) MAX (elapsed_us, 0));
  bag_pool_unlock (self);
  bag_pool_tell (self);
}

/**
 * bag_pool_set_queue:
 * @n_waiting: slices that wait because no slot could be given
 * @n_queued: slices that are wanted and not begun, those included
 *
 * How much is still to come. Told when it changes.
 */
void
bag_pool_set_queue (BagPool *self, guint n_waiting, guint n_queued)
{
  gboolean is_change = FALSE;

  g_return_if_fail (self != NULL);

  bag_pool_lock (self);
  is_change = self->stats.n_waiting != n_waiting || self->stats.n_queued != n_queued;
  self->stats.n_waiting = n_waiting;
  self->stats.n_queued = n_queued;
  bag_pool_unlock (self);

  if (is_change)
    bag_pool_tell (self);
}

/**
 * bag_pool_count_scan:
 *
 * Another bag is served by this pool.
 */
void
bag_pool_count_scan (BagPool *self)
{
  g_return_if_fail (self != NULL);

  bag_pool_lock (self);
  self->stats.scans++;
  bag_pool_unlock (self);
  bag_pool_tell (self);
}

/* Those out now count as acquired, so that what was acquired and not released is still
 * what is out. */
static void
reset_traffic (BagPool *self)
{
  BagPoolStats *stats = &self->stats;
  guint n_out = stats->n_leaving;
  guint64 n_changes = self->n_other_changes + stats->acquires + stats->releases;

  for (guint i = 0; i < BAG_POOL_N_CLASSES; i++)
    n_out += stats->by_class[i];

  stats->slots_new = n_out;
  __atomic_store_n (&stats->acquires, n_out, __ATOMIC_RELAXED);
  __atomic_store_n (&stats->releases, 0, __ATOMIC_RELAXED);
  __atomic_store_n (&self->n_other_changes, n_changes - n_out, __ATOMIC_RELAXED);
  stats->least_free = stats->by_state[BAG_SLOT_FREE] + stats->by_state[BAG_SLOT_QUARANTINED];
  stats->high_water = stats->n_slots - stats->least_free;
}

/**
 * bag_pool_reset_counters:
 *
 * Counters start from 0, but for acquires, which start from what is out, and the two marks,
 * which start from what is in use now.
 */
void
bag_pool_reset_counters (BagPool *self)
{
  BagPoolStats *stats = NULL;

  g_return_if_fail (self != NULL);

  stats = &self->stats;
  bag_pool_lock (self);
  reset_traffic (self);
  stats->refused_too_large = stats->refused_exhausted = stats->refused_closed = 0;
  stats->heap_fallbacks = stats->evictions = stats->hits = stats->misses = 0;
  stats->prefetch_hits = stats->prefetch_late = stats->prefetch_wasted = 0;
  stats->stale = stats->doubled = stats->foreign = stats->interior = stats->illegal = 0;
  stats->divisions = stats->scans = 0;
  bag_fill_times_clear (&self->fill_times);
  bag_pool_unlock (self);
  bag_pool_tell (self);
}
