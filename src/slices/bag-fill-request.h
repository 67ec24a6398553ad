/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-prefetcher.h"

G_BEGIN_DECLS

/**
 * BagFillRequest:
 *
 * One slice under way. Its identity tells whether a result is still wanted: the
 * prefetcher keeps a pointer to the request that counts for a slice, and
 * compares. The prefetcher may be gone when the result comes.
 */
typedef struct
{
  GWeakRef prefetcher;

  /* Owned */
  BagSlice *slice;
  GCancellable *cancellable;

  gint64 begin_time; /* of the clock */
  guint index;
  BagPoolClass class;
  gboolean is_awaited; /* the operator has asked for it meanwhile */
} BagFillRequest;

BagFillRequest *bag_fill_request_new (BagPrefetcher *prefetcher, guint index, BagPoolClass class, BagSlice *slice);
void bag_fill_request_free (BagFillRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagFillRequest, bag_fill_request_free)

G_END_DECLS
