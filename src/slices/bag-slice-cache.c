/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-slice-cache.h"

/*
 * One record a slice of the scan, found by its index. The records that hold a
 * slice are linked in the order of their last use, by index too: nothing is
 * allocated and nothing is hashed when a slice comes or goes.
 */
typedef struct
{
  BagSlice *slice; /* Owned; NULL when the slice is not in memory */
  guint older, newer;
} BagCacheRecord;

struct _BagSliceCache
{
  /* Owned */
  BagPool *pool;
  BagCacheRecord *records;

  guint n_records;
  guint n_held;
  guint oldest, newest;
};

static void
link_newest (BagSliceCache *self, guint index)
{
  BagCacheRecord *record = &self->records[index];

  record->older = self->newest;
  record->newer = BAG_SLICE_CACHE_NONE;
  if (self->newest != BAG_SLICE_CACHE_NONE)
    self->records[self->newest].newer = index;
  else
    self->oldest = index;
  self->newest = index;
}

static void
unlink_record (BagSliceCache *self, guint index)
{
  BagCacheRecord *record = &self->records[index];

  if (record->older != BAG_SLICE_CACHE_NONE)
    self->records[record->older].newer = record->newer;
  else
    self->oldest = record->newer;

  if (record->newer != BAG_SLICE_CACHE_NONE)
    self->records[record->newer].older = record->older;
  else
    self->newest = record->older;
}

static void
drop_record (BagSliceCache *self, guint index)
{
  unlink_record (self, index);
  self->n_held--;
  g_clear_pointer (&self->records[index].slice, bag_slice_unref);
}

/**
 * bag_slice_cache_new:
 * @pool: told about hits, misses and evictions
 * @n_slices: slices of the scan
 *
 * Returns: (transfer full): an empty cache
 */
BagSliceCache *
bag_slice_cache_new (BagPool *pool, guint n_slices)
{
  BagSliceCache *self = NULL;

  g_return_val_if_fail (pool != NULL, NULL);
  g_return_val_if_fail (n_slices > 0 && n_slices < BAG_SLICE_CACHE_NONE, NULL);

  self = g_new0 (BagSliceCache, 1);
  self->pool = bag_pool_ref (pool);
  self->records = g_new0 (BagCacheRecord, n_slices);
  self->n_records = n_slices;
  self->oldest = BAG_SLICE_CACHE_NONE;
  self->newest = BAG_SLICE_CACHE_NONE;

  return self;
}

/**
 * bag_slice_cache_free:
 * @self: (transfer full): a cache
 *
 * Lets go of all slices.
 */
void
bag_slice_cache_free (BagSliceCache *self)
{
  g_return_if_fail (self != NULL);

  bag_slice_cache_clear (self);
  g_clear_pointer (&self->records, g_free);
  g_clear_pointer (&self->pool, bag_pool_unref);
  g_free (self);
}

/**
 * bag_slice_cache_lookup:
 * @index: a slice of the scan, from 0
 *
 * For what the operator asks for: counts a hit or a miss, and makes the slice the
 * most recently used one.
 *
 * Returns: (transfer none) (nullable): the slice, valid until it is evicted
 */
BagSlice *
bag_slice_cache_lookup (BagSliceCache *self, guint index)
{
  BagSlice *slice = NULL;

  g_return_val_if_fail (self != NULL && index < self->n_records, NULL);

  slice = self->records[index].slice;
  bag_pool_count_lookup (self->pool, slice);
  if (slice != NULL)
    {
      unlink_record (self, index);
      link_newest (self, index);
    }

  return slice;
}

/**
 * bag_slice_cache_peek:
 * @index: a slice of the scan, from 0
 *
 * As bag_slice_cache_lookup(), but nothing is counted and the order stays.
 *
 * Returns: (transfer none) (nullable): the slice, valid until it is evicted
 */
BagSlice *
bag_slice_cache_peek (BagSliceCache *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_records, NULL);

  return self->records[index].slice;
}

/**
 * bag_slice_cache_insert:
 * @index: a slice of the scan, from 0
 * @slice: (transfer none): its data, ready
 *
 * Takes a reference on @slice, in place of what was there before, and makes it the
 * most recently used one.
 */
void
bag_slice_cache_insert (BagSliceCache *self, guint index, BagSlice *slice)
{
  g_return_if_fail (self != NULL && index < self->n_records);
  g_return_if_fail (slice != NULL);

  bag_slice_ref (slice);
  if (self->records[index].slice != NULL)
    drop_record (self, index);
  self->records[index].slice = slice;
  self->n_held++;
  link_newest (self, index);
}

/**
 * bag_slice_cache_drop:
 * @index: a slice of the scan, from 0
 *
 * Lets go of the slice. Its slot comes home when nobody else holds it.
 *
 * Returns: FALSE when it was not there
 */
gboolean
bag_slice_cache_drop (BagSliceCache *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_records, FALSE);

  if (self->records[index].slice == NULL)
    return FALSE;

  drop_record (self, index);

  return TRUE;
}

/**
 * bag_slice_cache_evict:
 * @index: a slice of the scan, from 0
 *
 * As bag_slice_cache_drop(), to make room, and counts that.
 *
 * Returns: FALSE when it was not there
 */
gboolean
bag_slice_cache_evict (BagSliceCache *self, guint index)
{
  gboolean is_dropped = bag_slice_cache_drop (self, index);

  if (is_dropped)
    bag_pool_count_eviction (self->pool);

  return is_dropped;
}

/**
 * bag_slice_cache_get_n_slices:
 *
 * Returns: how many slices it holds
 */
guint
bag_slice_cache_get_n_slices (BagSliceCache *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_held;
}

/**
 * bag_slice_cache_get_oldest:
 *
 * Returns: the index of the slice not used for longest; BAG_SLICE_CACHE_NONE when empty
 */
guint
bag_slice_cache_get_oldest (BagSliceCache *self)
{
  g_return_val_if_fail (self != NULL, BAG_SLICE_CACHE_NONE);

  return self->oldest;
}

/**
 * bag_slice_cache_get_newer:
 * @index: a slice that it holds
 *
 * Returns: the index of the slice used next after it; BAG_SLICE_CACHE_NONE when that is
 *   the newest
 */
guint
bag_slice_cache_get_newer (BagSliceCache *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->n_records, BAG_SLICE_CACHE_NONE);
  g_return_val_if_fail (self->records[index].slice != NULL, BAG_SLICE_CACHE_NONE);

  return self->records[index].newer;
}

/**
 * bag_slice_cache_clear:
 *
 * Lets go of all slices. That is the end of a scan, not want of room: no evictions
 * are counted.
 */
void
bag_slice_cache_clear (BagSliceCache *self)
{
  g_return_if_fail (self != NULL);

  while (self->oldest != BAG_SLICE_CACHE_NONE)
    drop_record (self, self->oldest);
}
