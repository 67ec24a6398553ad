/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/* Snapshots: what the pool knows of itself, all of one moment. */

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

/**
 * bag_pool_get_available_bytes:
 *
 * Returns: bytes that programs can still take now; G_MAXUINT64 when that is not known
 */
guint64
bag_pool_get_available_bytes (void)
{
  return bag_pool_memory_get_available ();
}

/**
 * bag_pool_get_machine_bytes:
 *
 * Returns: bytes of memory that the machine has; G_MAXUINT64 when that is not known
 */
guint64
bag_pool_get_machine_bytes (void)
{
  return bag_pool_memory_get_total ();
}

static void
copy_stats (BagPool *self, BagPoolStats *stats)
{
  *stats = self->stats;
  stats->in_use = stats->n_slots - stats->by_state[BAG_SLOT_FREE];
  stats->reuses = stats->acquires - stats->slots_new;
  stats->bytes_prefaulted = self->memory.n_populated * BAG_POOL_BLOCK_SIZE;
  stats->fills = self->fill_times.n_times;
  stats->fill_p50_us = bag_fill_times_get_percentile (&self->fill_times, 50);
  stats->fill_p95_us = bag_fill_times_get_percentile (&self->fill_times, 95);
}

static guint
copy_slots (BagPool *self, BagSlotInfo *slots, guint n_slots)
{
  guint n = MIN (n_slots, self->stats.n_slots);
  gint64 now = bag_pool_get_coarse_time ();

  for (guint i = 0; i < n; i++)
    {
      BagSlot *slot = self->slots[i];

      bag_pool_note_time (slot, now);
      slots[i] = (BagSlotInfo){
        .state = slot->state,
        .class = slot->class,
        .generation = (slot->generation - slot->first_generation + 1) / 2,
        .tag = slot->tag,
        .since = slot->since,
        .n_hits = slot->n_hits,
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

  bag_pool_lock (self);
  copy_stats (self, stats);
  bag_pool_unlock (self);
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

  bag_pool_lock (self);
  n = copy_slots (self, slots, n_slots);
  bag_pool_unlock (self);

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

  bag_pool_lock (self);
  copy_stats (self, stats);
  n = copy_slots (self, slots, n_slots);
  bag_pool_unlock (self);

  return n;
}
