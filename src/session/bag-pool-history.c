/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-history"

#include "config.h"

#include "session/bag-pool-history.h"

#include <string.h>

/*
 * A ring of samples. Each stands for a quarter of a second by the clock, so that samples
 * do not shift against each other however often the pool is looked at: a change belongs
 * to the sample in which it was told.
 */

/* Rates are told for a second: over a single sample they would jump from one to the next. */
#define SAMPLES_PER_SECOND (G_USEC_PER_SEC / BAG_POOL_HISTORY_PERIOD)

struct _BagPoolHistory
{
  BagPoolSample samples[BAG_POOL_HISTORY_SAMPLES];
  gint64 newest;  /* which quarter of a second the last sample is */
  guint position; /* of the last sample in the ring */

  gboolean is_begun;
  gboolean is_paused;
  guint64 hits, misses, fills, acquires; /* of the snapshot before */
};

/**
 * bag_pool_history_new:
 *
 * Returns: (transfer full): a history of which nothing is known
 */
BagPoolHistory *
bag_pool_history_new (void)
{
  return g_new0 (BagPoolHistory, 1);
}

void
bag_pool_history_free (BagPoolHistory *self)
{
  g_free (self);
}

static BagPoolSample *
get_newest (BagPoolHistory *self)
{
  return &self->samples[self->position];
}

/* A slot whose writer is lost counts as quarantined and by the class that took it, but
 * which class that was is not told: it is taken from those that fill most slots in the
 * background. A slot that an older one overlaps belongs to no class. */
static void
count_bands (const BagPoolStats *stats, guint counts[BAG_N_POOL_BANDS])
{
  guint n_in_classes = 0;
  guint n_lost = 0;

  for (guint i = 0; i < BAG_POOL_N_CLASSES; i++)
    n_in_classes += stats->by_class[i];
  counts[BAG_POOL_BAND_VIEW] = stats->by_class[BAG_POOL_CLASS_VIEW];
  counts[BAG_POOL_BAND_LOAD] = stats->by_class[BAG_POOL_CLASS_LOAD];
  counts[BAG_POOL_BAND_PREFETCH] = stats->by_class[BAG_POOL_CLASS_PREFETCH];
  counts[BAG_POOL_BAND_QUARANTINED] = stats->by_state[BAG_SLOT_QUARANTINED];

  n_lost = n_in_classes + counts[BAG_POOL_BAND_QUARANTINED];
  n_lost = n_lost > stats->in_use ? n_lost - stats->in_use : 0;
  for (int band = BAG_POOL_BAND_PREFETCH; band >= BAG_POOL_BAND_VIEW; band--)
    {
      guint n = MIN (n_lost, counts[band]);

      counts[band] -= n;
      n_lost -= n;
    }
}

/* Returns whether the newest sample differs from before. */
static gboolean
set_shares (BagPoolHistory *self, const BagPoolStats *stats)
{
  guint counts[BAG_N_POOL_BANDS];
  float shares[BAG_N_POOL_BANDS] = { 0 };
  BagPoolSample *sample = get_newest (self);
  gboolean is_changed = FALSE;

  count_bands (stats, counts);
  for (guint i = 0; i < BAG_N_POOL_BANDS && stats->n_slots > 0; i++)
    shares[i] = (float) counts[i] / (float) stats->n_slots;

  is_changed = !sample->is_known || memcmp (sample->shares, shares, sizeof shares) != 0;
  sample->is_known = TRUE;
  memcpy (sample->shares, shares, sizeof shares);

  return is_changed;
}

static gboolean
has_other_shares (BagPoolHistory *self, const BagPoolStats *stats)
{
  BagPoolSample before = *get_newest (self);
  gboolean is_changed = set_shares (self, stats);

  *get_newest (self) = before;

  return is_changed;
}

static gboolean
has_other_counters (BagPoolHistory *self, const BagPoolStats *stats)
{
  return stats->hits != self->hits || stats->misses != self->misses || stats->fills != self->fills || stats->acquires != self->acquires;
}

/* @is_known: whether somebody watched the time that passed. What was in memory then was
 * still there: else the pool would have told. */
static void
advance (BagPoolHistory *self, gint64 to, gboolean is_known)
{
  BagPoolSample carried = *get_newest (self);

  carried.hits = carried.misses = carried.fills = 0;
  if (!is_known)
    carried = (BagPoolSample){ 0 };

  for (gint64 i = MAX (self->newest, to - BAG_POOL_HISTORY_SAMPLES); i < to; i++)
    {
      self->position = (self->position + 1) % BAG_POOL_HISTORY_SAMPLES;
      *get_newest (self) = carried;
    }
  self->newest = MAX (self->newest, to);
}

/* All counters only grow, unless they begin again, or it is another pool: then what was
 * counted in between is not known, and nothing is added. */
static gboolean
is_continued (BagPoolHistory *self, const BagPoolStats *stats)
{
  return stats->hits >= self->hits && stats->misses >= self->misses && stats->fills >= self->fills && stats->acquires >= self->acquires;
}

static guint
add_difference (guint count, guint64 before, guint64 now)
{
  return count + (guint) MIN (now - before, G_MAXUINT - count);
}

static void
count_changes (BagPoolHistory *self, const BagPoolStats *stats)
{
  BagPoolSample *sample = get_newest (self);

  sample->hits = add_difference (sample->hits, self->hits, stats->hits);
  sample->misses = add_difference (sample->misses, self->misses, stats->misses);
  sample->fills = add_difference (sample->fills, self->fills, stats->fills);
}

static void
remember_counters (BagPoolHistory *self, const BagPoolStats *stats)
{
  self->hits = stats->hits;
  self->misses = stats->misses;
  self->fills = stats->fills;
  self->acquires = stats->acquires;
}

/**
 * bag_pool_history_add:
 * @time: when @stats were taken: g_get_monotonic_time (), microseconds. Earlier than the
 *   one before counts as the same.
 * @stats: (transfer none): a snapshot
 *
 * The end of the strip moves on to @time, unless @stats tell nothing new. Between two
 * changes the slots stay as they were and nothing is looked up or filled.
 *
 * Returns: whether anything has changed
 */
gboolean
bag_pool_history_add (BagPoolHistory *self, gint64 time, const BagPoolStats *stats)
{
  gint64 at = time / BAG_POOL_HISTORY_PERIOD;
  gboolean is_watched = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (stats != NULL, FALSE);

  is_watched = self->is_begun && !self->is_paused;
  if (is_watched && !has_other_counters (self, stats) && !has_other_shares (self, stats))
    return FALSE;

  if (!self->is_begun)
    self->newest = at;
  advance (self, at, is_watched);
  set_shares (self, stats);
  if (is_watched && is_continued (self, stats))
    count_changes (self, stats);
  remember_counters (self, stats);
  self->is_begun = TRUE;
  self->is_paused = FALSE;

  return TRUE;
}

/**
 * bag_pool_history_pause:
 * @time: microseconds, as in bag_pool_history_add()
 *
 * Nobody watches from @time until the next bag_pool_history_add(), and of that time nothing
 * is known.
 */
void
bag_pool_history_pause (BagPoolHistory *self, gint64 time)
{
  g_return_if_fail (self != NULL);

  if (!self->is_begun || self->is_paused)
    return;

  advance (self, time / BAG_POOL_HISTORY_PERIOD, TRUE);
  self->is_paused = TRUE;
}

/**
 * bag_pool_history_get_sample:
 * @i: from 0, the oldest, to BAG_POOL_HISTORY_SAMPLES - 1, that of the last change
 *
 * Returns: (transfer none): valid until something is added
 */
const BagPoolSample *
bag_pool_history_get_sample (const BagPoolHistory *self, guint i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < BAG_POOL_HISTORY_SAMPLES, NULL);

  return &self->samples[(self->position + 1 + i) % BAG_POOL_HISTORY_SAMPLES];
}

/**
 * bag_pool_history_get_occupancy:
 *
 * Returns: the share of the slots in use at the last change, 0 to 1
 */
double
bag_pool_history_get_occupancy (const BagPoolHistory *self)
{
  const BagPoolSample *sample = bag_pool_history_get_sample (self, BAG_POOL_HISTORY_SAMPLES - 1);
  double sum = 0;

  for (guint i = 0; sample != NULL && i < BAG_N_POOL_BANDS; i++)
    sum += (double) sample->shares[i];

  return MIN (sum, 1);
}

/**
 * bag_pool_history_get_hit_rate_at:
 * @i: a sample, as in bag_pool_history_get_sample()
 * @rate: (out): the share of slices that were there when they were asked for, 0 to 1, in
 *   the second that ends with @i
 *
 * Returns: whether any slice was asked for in sample @i
 */
gboolean
bag_pool_history_get_hit_rate_at (const BagPoolHistory *self, guint i, double *rate)
{
  const BagPoolSample *sample = bag_pool_history_get_sample (self, i);
  guint64 hits = 0;
  guint64 misses = 0;

  g_return_val_if_fail (sample != NULL && rate != NULL, FALSE);

  *rate = 0;
  if (sample->hits == 0 && sample->misses == 0)
    return FALSE;

  for (guint k = i >= SAMPLES_PER_SECOND ? i + 1 - SAMPLES_PER_SECOND : 0; k <= i; k++)
    {
      hits += bag_pool_history_get_sample (self, k)->hits;
      misses += bag_pool_history_get_sample (self, k)->misses;
    }
  *rate = (double) hits / (double) (hits + misses);

  return TRUE;
}

/**
 * bag_pool_history_get_hit_rate:
 * @rate: (out): the hit rate when slices were asked for last, 0 to 1
 *
 * Returns: whether any slice was asked for at all
 */
gboolean
bag_pool_history_get_hit_rate (const BagPoolHistory *self, double *rate)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (rate != NULL, FALSE);

  for (guint i = BAG_POOL_HISTORY_SAMPLES; i-- > 0;)
    if (bag_pool_history_get_hit_rate_at (self, i, rate))
      return TRUE;

  return FALSE;
}

static double
count_fills (const BagPoolHistory *self, guint end)
{
  double n = 0;

  for (guint i = end - SAMPLES_PER_SECOND; i < end; i++)
    n += bag_pool_history_get_sample (self, i)->fills;

  return n;
}

/**
 * bag_pool_history_get_fills_per_second:
 *
 * Returns: slices filled in the last second up to the last change
 */
double
bag_pool_history_get_fills_per_second (const BagPoolHistory *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return count_fills (self, BAG_POOL_HISTORY_SAMPLES);
}

/**
 * bag_pool_history_get_most_fills_per_second:
 *
 * Returns: the most slices filled in one sample, as if it had gone on so for a second
 */
double
bag_pool_history_get_most_fills_per_second (const BagPoolHistory *self)
{
  guint most = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < BAG_POOL_HISTORY_SAMPLES; i++)
    most = MAX (most, bag_pool_history_get_sample (self, i)->fills);

  return (double) most * SAMPLES_PER_SECOND;
}
