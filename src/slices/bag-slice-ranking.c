/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-slice-ranking.h"

#include "slices/bag-prefetch-plan.h"

/*
 * The plan and its inverse. Both are made anew at each step of the operator,
 * which takes less time than one row of a slice takes to draw.
 */
#define NOT_PLANNED G_MAXUINT

struct _BagSliceRanking
{
  /* Owned */
  guint *plan;  /* place to index */
  guint *ranks; /* index to place; NOT_PLANNED outside the plan */

  guint n_slices;
  guint n_planned;
  guint current; /* BAG_SLICE_CACHE_NONE before the first focus */
  BagScrollVelocity velocity;
};

/**
 * bag_slice_ranking_new:
 * @n_slices: slices of the scan, at least 1
 *
 * Returns: (transfer full): a ranking without a plan
 */
BagSliceRanking *
bag_slice_ranking_new (guint n_slices)
{
  BagSliceRanking *self = NULL;

  g_return_val_if_fail (n_slices > 0, NULL);

  self = g_new0 (BagSliceRanking, 1);
  self->plan = g_new (guint, n_slices);
  self->ranks = g_new (guint, n_slices);
  self->n_slices = n_slices;
  self->current = BAG_SLICE_CACHE_NONE;
  bag_scroll_velocity_init (&self->velocity);
  for (guint i = 0; i < n_slices; i++)
    self->ranks[i] = NOT_PLANNED;

  return self;
}

/**
 * bag_slice_ranking_free:
 * @self: (transfer full): a ranking
 */
void
bag_slice_ranking_free (BagSliceRanking *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->plan, g_free);
  g_clear_pointer (&self->ranks, g_free);
  g_free (self);
}

/**
 * bag_slice_ranking_focus:
 * @index: the slice looked at, from 0
 * @time: now, in µs of a monotonic clock
 * @load_seconds: how long it takes to get a slice, 0 when that is not known
 * @capacity: how many slices may be held
 *
 * Makes the plan anew. Where and when @index lies from the former ones tells how the
 * operator moves; the same one again leaves that as it was.
 */
void
bag_slice_ranking_focus (BagSliceRanking *self, guint index, gint64 time, double load_seconds, guint capacity)
{
  BagScrollForecast forecast;

  g_return_if_fail (self != NULL && index < self->n_slices);

  bag_scroll_velocity_step (&self->velocity, index, time);
  bag_scroll_velocity_get (&self->velocity, time, &forecast);
  self->current = index;

  for (guint i = 0; i < self->n_planned; i++)
    self->ranks[self->plan[i]] = NOT_PLANNED;
  self->n_planned = bag_prefetch_plan (self->n_slices, index, &forecast, load_seconds, capacity, self->plan);
  for (guint i = 0; i < self->n_planned; i++)
    self->ranks[self->plan[i]] = i;
}

/**
 * bag_slice_ranking_get_current:
 *
 * Returns: the slice looked at; BAG_SLICE_CACHE_NONE before the first focus
 */
guint
bag_slice_ranking_get_current (const BagSliceRanking *self)
{
  return self->current;
}

/**
 * bag_slice_ranking_get_n_planned:
 *
 * Returns: how many slices the plan holds
 */
guint
bag_slice_ranking_get_n_planned (const BagSliceRanking *self)
{
  return self->n_planned;
}

/**
 * bag_slice_ranking_get_planned:
 * @place: in the plan, from 0
 *
 * Returns: the index of the slice in that place
 */
guint
bag_slice_ranking_get_planned (const BagSliceRanking *self, guint place)
{
  g_return_val_if_fail (self != NULL && place < self->n_planned, 0);

  return self->plan[place];
}

/**
 * bag_slice_ranking_get_rank:
 * @index: a slice of the scan, from 0
 *
 * Returns: its place in the plan; G_MAXUINT outside it
 */
guint
bag_slice_ranking_get_rank (const BagSliceRanking *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_slices, NOT_PLANNED);

  return self->ranks[index];
}

/* The higher, the less the slice will be missed. */
static guint64
get_badness (const BagSliceRanking *self, guint index)
{
  guint distance = index > self->current ? index - self->current : self->current - index;

  return self->ranks[index] == NOT_PLANNED ? (guint64) self->n_slices + distance : self->ranks[index];
}

/**
 * bag_slice_ranking_is_worse:
 * @index: a slice of the scan, from 0
 * @than: another one
 *
 * Returns: whether @index may be given up to get @than
 */
gboolean
bag_slice_ranking_is_worse (const BagSliceRanking *self, guint index, guint than)
{
  g_return_val_if_fail (self != NULL && index < self->n_slices && than < self->n_slices, FALSE);

  return get_badness (self, index) > get_badness (self, than);
}

/**
 * bag_slice_ranking_find_worst:
 * @cache: what is in memory
 *
 * Never the slice on screen: that one keeps its slot anyway. Of equals, the one not used
 * for longest.
 *
 * Returns: the index of the slice in @cache that will be missed least;
 *   BAG_SLICE_CACHE_NONE when there is nothing to give up
 */
guint
bag_slice_ranking_find_worst (const BagSliceRanking *self, BagSliceCache *cache)
{
  guint worst = BAG_SLICE_CACHE_NONE;
  guint64 badness = 0;

  g_return_val_if_fail (self != NULL && cache != NULL, BAG_SLICE_CACHE_NONE);

  for (guint i = bag_slice_cache_get_oldest (cache); i != BAG_SLICE_CACHE_NONE; i = bag_slice_cache_get_newer (cache, i))
    if (get_badness (self, i) > badness && bag_slice_get_state (bag_slice_cache_peek (cache, i)) != BAG_SLOT_SHOWN)
      {
        worst = i;
        badness = get_badness (self, i);
      }

  return worst;
}
