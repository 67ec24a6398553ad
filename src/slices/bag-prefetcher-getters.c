/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetcher-private.h"

/* What the prefetcher knows of slices. */

/**
 * bag_prefetcher_get_state:
 * @index: a slice of the scan, from 0
 *
 * Returns: its state; absent after bag_prefetcher_stop()
 */
BagSliceState
bag_prefetcher_get_state (BagPrefetcher *self, guint index)
{
  g_return_val_if_fail (BAG_IS_PREFETCHER (self), BAG_SLICE_STATE_ABSENT);
  g_return_val_if_fail (index < self->n_slices, BAG_SLICE_STATE_ABSENT);

  if (self->cache == NULL)
    return BAG_SLICE_STATE_ABSENT;
  if (bag_slice_cache_peek (self->cache, index) != NULL)
    return BAG_SLICE_STATE_READY;
  if (self->entries[index].request != NULL)
    return BAG_SLICE_STATE_LOADING;

  return self->entries[index].error != NULL ? BAG_SLICE_STATE_FAILED : BAG_SLICE_STATE_ABSENT;
}

/**
 * bag_prefetcher_get_error:
 * @index: a slice of the scan, from 0
 *
 * Returns: (transfer none) (nullable): why it failed, while its state is failed
 */
const GError *
bag_prefetcher_get_error (BagPrefetcher *self, guint index)
{
  g_return_val_if_fail (BAG_IS_PREFETCHER (self), NULL);
  g_return_val_if_fail (index < self->n_slices, NULL);

  return self->entries[index].error;
}

/**
 * bag_prefetcher_get_n_in_flight:
 *
 * Returns: how many slices are being filled, those included whose result counts no more
 */
guint
bag_prefetcher_get_n_in_flight (BagPrefetcher *self)
{
  g_return_val_if_fail (BAG_IS_PREFETCHER (self), 0);

  return self->n_in_flight;
}

/**
 * bag_prefetcher_get_n_ready:
 *
 * Returns: how many slices are in memory
 */
guint
bag_prefetcher_get_n_ready (BagPrefetcher *self)
{
  g_return_val_if_fail (BAG_IS_PREFETCHER (self), 0);

  return self->cache != NULL ? bag_slice_cache_get_n_slices (self->cache) : 0;
}
