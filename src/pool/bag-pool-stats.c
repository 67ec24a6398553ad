/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/*
 * The figures of the pool, and its complaints. A mistake of a caller is refused,
 * counted, and logged the first time as a warning, which G_DEBUG=fatal-warnings makes
 * fatal; a build with -Dc_args=-DBAG_POOL_FATAL stops at every one.
 */

static const char *const state_names[BAG_N_SLOT_STATES] = {
  [BAG_SLOT_FREE] = "free",
  [BAG_SLOT_FILLING] = "filling",
  [BAG_SLOT_READY] = "ready",
  [BAG_SLOT_SHOWN] = "shown",
  [BAG_SLOT_QUARANTINED] = "quarantined",
};

/**
 * bag_slot_state_get_name:
 *
 * Returns: (transfer none): the name of @state, not translated
 */
const char *
bag_slot_state_get_name (BagSlotState state)
{
  g_return_val_if_fail ((guint) state < BAG_N_SLOT_STATES, "free");

  return state_names[state];
}

/**
 * bag_pool_get_default_budget:
 *
 * Returns: bytes: the smaller of 1 GiB and a quarter of the memory available now
 */
guint64
bag_pool_get_default_budget (void)
{
  return MIN (G_GUINT64_CONSTANT (1) << 30, bag_pool_memory_get_available () / 4);
}

static const char *
count_mistake (BagPoolStats *stats, BagPoolMistake mistake)
{
  switch (mistake)
    {
    case BAG_POOL_MISTAKE_STALE:
      stats->stale++;
      return "a handle is used whose slot has been given back";
    case BAG_POOL_MISTAKE_DOUBLED:
      stats->doubled++;
      return "a slot is given back twice";
    case BAG_POOL_MISTAKE_FOREIGN:
      stats->foreign++;
      return "an address is not the start of a slot that is out";
    case BAG_POOL_MISTAKE_ILLEGAL:
      stats->illegal++;
      return "a slot cannot change to that state";
    default:
      g_assert_not_reached ();
    }
}

void
bag_pool_report_mistake (BagPool *self, BagPoolMistake mistake, const BagSlice *slice)
{
  const char *text = NULL;
  gboolean is_first = FALSE;
  guint index = G_MAXUINT;
  guint32 generation = 0;

  pthread_mutex_lock (&self->lock);
  if (slice != NULL)
    {
      index = slice->slot->index;
      generation = slice->generation;
      if (mistake == BAG_POOL_MISTAKE_DOUBLED && generation != slice->slot->generation)
        mistake = BAG_POOL_MISTAKE_STALE;
    }
  text = count_mistake (&self->stats, mistake);
  is_first = (self->logged & (1u << mistake)) == 0;
  self->logged |= 1u << mistake;
  pthread_mutex_unlock (&self->lock);

#ifdef BAG_POOL_FATAL
  g_error ("Slot %u, generation %u: %s", index, generation, text);
#else
  if (is_first)
    g_warning ("Slot %u, generation %u: %s (logged once, counted always)", index, generation, text);
#endif
  bag_pool_tell (self);
}

/**
 * bag_pool_count_eviction:
 *
 * The cache let go of a slice to make room.
 */
void
bag_pool_count_eviction (BagPool *self)
{
  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->lock);
  self->stats.evictions++;
  pthread_mutex_unlock (&self->lock);
  bag_pool_tell (self);
}

/**
 * bag_pool_count_lookup:
 * @hit: whether the cache had the slice that was asked for
 */
void
bag_pool_count_lookup (BagPool *self, gboolean hit)
{
  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->lock);
  if (hit)
    self->stats.hits++;
  else
    self->stats.misses++;
  pthread_mutex_unlock (&self->lock);
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

  pthread_mutex_lock (&self->lock);
  self->stats.scans++;
  pthread_mutex_unlock (&self->lock);
  bag_pool_tell (self);
}

/**
 * bag_pool_reset_counters:
 *
 * Counters start from 0, and the two marks from what is in use now.
 */
void
bag_pool_reset_counters (BagPool *self)
{
  BagPoolStats *stats = NULL;

  g_return_if_fail (self != NULL);

  stats = &self->stats;
  pthread_mutex_lock (&self->lock);
  stats->high_water = stats->in_use;
  stats->least_free = stats->by_state[BAG_SLOT_FREE];
  stats->acquires = stats->releases = stats->reuses = stats->slots_new = 0;
  stats->refused_too_large = stats->refused_exhausted = stats->refused_closed = 0;
  stats->heap_fallbacks = stats->evictions = stats->hits = stats->misses = 0;
  stats->stale = stats->doubled = stats->foreign = stats->illegal = 0;
  stats->divisions = stats->scans = 0;
  pthread_mutex_unlock (&self->lock);
  bag_pool_tell (self);
}

static void
copy_stats (BagPool *self, BagPoolStats *stats)
{
  *stats = self->stats;
  stats->reserve = bag_pool_get_reserve (self);
  stats->bytes_prefaulted = self->memory.n_populated * BAG_POOL_BLOCK_SIZE;
}

static guint
copy_slots (BagPool *self, BagSlotInfo *slots, guint n_slots)
{
  guint n = MIN (n_slots, self->stats.n_slots);

  for (guint i = 0; i < n; i++)
    {
      const BagSlot *slot = self->slots[i];

      slots[i] = (BagSlotInfo){
        .state = slot->state,
        .class = slot->class,
        .generation = slot->n_uses,
        .tag = slot->tag,
        .since = slot->since,
      };
    }

  return n;
}

/**
 * bag_pool_get_stats:
 * @stats: (out caller-allocates): where to put them
 *
 * All figures of one moment. Any thread.
 */
void
bag_pool_get_stats (BagPool *self, BagPoolStats *stats)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (stats != NULL);

  pthread_mutex_lock (&self->lock);
  copy_stats (self, stats);
  pthread_mutex_unlock (&self->lock);
}

/**
 * bag_pool_get_slots:
 * @slots: (array length=n_slots): where to put them
 * @n_slots: room in @slots
 *
 * Returns: how many were written: the slots of the pool, as far as there was room
 */
guint
bag_pool_get_slots (BagPool *self, BagSlotInfo *slots, guint n_slots)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (slots != NULL || n_slots == 0, 0);

  pthread_mutex_lock (&self->lock);
  n = copy_slots (self, slots, n_slots);
  pthread_mutex_unlock (&self->lock);

  return n;
}

/**
 * bag_pool_get_snapshot:
 * @stats: (out caller-allocates): figures
 * @slots: (array length=n_slots): slots
 * @n_slots: room in @slots
 *
 * Figures and slots of the same moment. When stats->n_slots is more than there was
 * room, the caller makes room and asks again.
 *
 * Returns: how many slots were written
 */
guint
bag_pool_get_snapshot (BagPool *self, BagPoolStats *stats, BagSlotInfo *slots, guint n_slots)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (stats != NULL, 0);

  pthread_mutex_lock (&self->lock);
  copy_stats (self, stats);
  n = copy_slots (self, slots, n_slots);
  pthread_mutex_unlock (&self->lock);

  return n;
}

/**
 * bag_pool_find_slice:
 * @data: an address
 *
 * Which slice stands at @data: for callers that kept only the address. Anything
 * but the start of a slot that is out is counted as foreign. Any thread.
 *
 * Returns: (transfer none) (nullable): the handle, valid while the caller knows that
 *   somebody holds it
 */
BagSlice *
bag_pool_find_slice (BagPool *self, gconstpointer data)
{
  BagSlice *slice = NULL;
  gsize offset = 0;

  g_return_val_if_fail (self != NULL, NULL);

  pthread_mutex_lock (&self->lock);
  offset = (gsize) data - (gsize) self->memory.base;
  if ((gsize) data >= (gsize) self->memory.base && offset < self->stats.bytes && offset % self->stats.stride == 0)
    {
      BagSlot *slot = self->slots[offset / self->stats.stride];

      if (slot->is_out)
        slice = &slot->handles[slot->generation % BAG_SLOT_N_HANDLES];
    }
  pthread_mutex_unlock (&self->lock);

  if (slice == NULL)
    bag_pool_report_mistake (self, BAG_POOL_MISTAKE_FOREIGN, NULL);

  return slice;
}
