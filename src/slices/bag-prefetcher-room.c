/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetcher-private.h"

/* How the prefetcher gives slots up: for a slice that is worth more, or because the pool
 * has become smaller. */
#define MAX_EVICTIONS 4 /* for one slice */

static void
evict (BagPrefetcher *self, guint index)
{
  bag_slice_cache_evict (self->cache, index);
  bag_prefetcher_note_evicted (self, index);
  self->next_planned = MIN (self->next_planned, bag_slice_ranking_get_rank (self->ranking, index));
  bag_prefetcher_mark_changed (self, index);
}

/* Gives up slices that are worse than @index, so that a slot is free for it. Somebody else
 * may hold them still, so this has an end. */
void
bag_prefetcher_make_room (BagPrefetcher *self, guint index, BagPoolClass class)
{
  for (guint i = 0; i < MAX_EVICTIONS && !bag_slot_claim_has_room (&self->claim, class); i++)
    {
      guint worst = bag_slice_ranking_find_worst (self->ranking, self->cache);

      if (worst == BAG_SLICE_CACHE_NONE || !bag_slice_ranking_is_worse (self->ranking, worst, index))
        return;
      evict (self, worst);
    }
}

/* What stands in a slot that the pool gives back is held no longer. */
static void
leave_slots (BagPrefetcher *self)
{
  guint index = bag_slice_cache_get_oldest (self->cache);

  while (index != BAG_SLICE_CACHE_NONE)
    {
      guint newer = bag_slice_cache_get_newer (self->cache, index);

      if (bag_slice_get_slot (bag_slice_cache_peek (self->cache, index)) >= self->claim.n_slots)
        evict (self, index);
      index = newer;
    }

  for (guint i = self->requests->len; i-- > 0;)
    {
      BagFillRequest *request = g_ptr_array_index (self->requests, i);

      if (bag_slice_get_slot (request->slice) >= self->claim.n_slots)
        bag_prefetcher_cancel_request (self, request);
    }
}

/* A smaller pool has to have its reserve as well. */
static void
trim_to_plan (BagPrefetcher *self)
{
  while (bag_slice_cache_get_n_slices (self->cache) > bag_slice_ranking_get_n_planned (self->ranking))
    {
      guint worst = bag_slice_ranking_find_worst (self->ranking, self->cache);

      if (worst == BAG_SLICE_CACHE_NONE)
        return;
      evict (self, worst);
    }
}

void
bag_prefetcher_fit_to_division (BagPrefetcher *self)
{
  leave_slots (self);
  trim_to_plan (self);
}

void
bag_prefetcher_empty_cache (BagPrefetcher *self)
{
  guint index = bag_slice_cache_get_oldest (self->cache);

  while (index != BAG_SLICE_CACHE_NONE)
    {
      guint newer = bag_slice_cache_get_newer (self->cache, index);

      if (bag_slice_get_state (bag_slice_cache_peek (self->cache, index)) != BAG_SLOT_SHOWN)
        {
          bag_slice_cache_drop (self->cache, index);
          self->entries[index].is_unseen = FALSE;
          bag_prefetcher_mark_changed (self, index);
        }
      index = newer;
    }
}
