/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-fill-request.h"

/**
 * bag_fill_request_new:
 * @prefetcher: (transfer none): who asks; held weakly
 * @index: the slice of the scan, from 0
 * @class: how urgent it is
 * @slice: (transfer full): where its values go
 *
 * Main thread.
 *
 * Returns: (transfer full): a request with a cancellable of its own
 */
BagFillRequest *
bag_fill_request_new (BagPrefetcher *prefetcher, guint index, BagPoolClass class, BagSlice *slice)
{
  BagFillRequest *self = NULL;

  g_return_val_if_fail (BAG_IS_PREFETCHER (prefetcher), NULL);
  g_return_val_if_fail (slice != NULL, NULL);

  self = g_new0 (BagFillRequest, 1);
  g_weak_ref_init (&self->prefetcher, prefetcher);
  self->slice = slice;
  self->cancellable = g_cancellable_new ();
  self->begin_time = g_get_monotonic_time ();
  self->index = index;
  self->class = class;

  return self;
}

/**
 * bag_fill_request_free:
 * @self: (transfer full): a request whose result has come
 *
 * Main thread.
 */
void
bag_fill_request_free (BagFillRequest *self)
{
  g_return_if_fail (self != NULL);

  g_weak_ref_clear (&self->prefetcher);
  g_clear_pointer (&self->slice, bag_slice_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}
