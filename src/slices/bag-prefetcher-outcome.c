/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetcher-private.h"

/*
 * Whether getting slices in advance was worth it, told to the pool, where all figures
 * stand. A slice got in advance is a hit when it is there at the first look at it, late
 * when it was still under way then, wasted when it had to make room before.
 */

static gboolean
is_planned (BagPrefetcher *self, guint index)
{
  return bag_slice_ranking_get_rank (self->ranking, index) != G_MAXUINT;
}

/* Counted once a plan, which takes as long as making it; from then on kept. */
void
bag_prefetcher_note_plan (BagPrefetcher *self)
{
  self->n_absent = 0;
  for (guint i = 0; i < bag_slice_ranking_get_n_planned (self->ranking); i++)
    if (bag_prefetcher_get_state (self, bag_slice_ranking_get_planned (self->ranking, i)) == BAG_SLICE_STATE_ABSENT)
      self->n_absent++;
}

/* Before the slice is looked up. */
void
bag_prefetcher_note_focus (BagPrefetcher *self, guint index)
{
  BagPrefetchEntry *entry = &self->entries[index];

  if (entry->is_unseen)
    bag_pool_count_prefetch (self->claim.pool, BAG_POOL_PREFETCH_HIT);
  else if (entry->request != NULL && entry->request->class != BAG_POOL_CLASS_VIEW && !entry->request->is_awaited)
    bag_pool_count_prefetch (self->claim.pool, BAG_POOL_PREFETCH_LATE);

  entry->is_unseen = FALSE;
  if (entry->request != NULL)
    entry->request->is_awaited = TRUE;
}

void
bag_prefetcher_note_begun (BagPrefetcher *self, guint index)
{
  if (is_planned (self, index) && self->n_absent > 0)
    self->n_absent--;
}

void
bag_prefetcher_note_ready (BagPrefetcher *self, const BagFillRequest *request)
{
  self->entries[request->index].is_unseen = request->class != BAG_POOL_CLASS_VIEW && !request->is_awaited;
}

/* It was here or under way, and is no more. */
void
bag_prefetcher_note_absent (BagPrefetcher *self, guint index)
{
  if (is_planned (self, index))
    self->n_absent++;
}

void
bag_prefetcher_note_evicted (BagPrefetcher *self, guint index)
{
  if (self->entries[index].is_unseen)
    bag_pool_count_prefetch (self->claim.pool, BAG_POOL_PREFETCH_WASTED);
  self->entries[index].is_unseen = FALSE;
  bag_prefetcher_note_absent (self, index);
}

void
bag_prefetcher_tell_queue (BagPrefetcher *self)
{
  guint n_queued = self->cache != NULL ? self->n_absent : 0;

  bag_pool_set_queue (self->claim.pool, self->claim.is_refused ? n_queued : 0, n_queued);
}
