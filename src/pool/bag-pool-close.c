/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/* The end of a pool: what has not come home by then is named. */

static guint
count_out (BagPool *self)
{
  guint n_out = self->stats.n_leaving + self->stats.heap_in_use;

  for (guint i = 0; i < self->stats.n_slots; i++)
    n_out += bag_slot_is_out (self->slots[i]) ? 1 : 0;

  return n_out;
}

static void
append (GArray *outstanding, guint room, BagSlot *slot, gint64 now)
{
  BagPoolOutstanding entry = {
    .slot = slot->index,
    .size = bag_slot_get_handle (slot)->size,
    .state = slot->state,
    .class = slot->class,
    .tag = slot->tag,
    .age = slot->noted_generation == slot->generation ? MAX (now - slot->since, 0) : 0,
  };

  if (outstanding->len < room)
    g_array_append_val (outstanding, entry);
}

static void
append_list (GArray *outstanding, guint room, BagSlot *first, gint64 now)
{
  for (BagSlot *slot = first; slot != NULL; slot = slot->next)
    append (outstanding, room, slot, now);
}

/* Room was made before, for nothing is allocated while the lock is held. */
static void
fill_report (BagPool *self, GArray *outstanding, guint room)
{
  gint64 now = g_get_monotonic_time ();

  bag_pool_lock (self);
  for (guint i = 0; i < self->stats.n_slots; i++)
    if (bag_slot_is_out (self->slots[i]))
      append (outstanding, room, self->slots[i], now);
  append_list (outstanding, room, self->leaving, now);
  append_list (outstanding, room, self->heap, now);
  bag_pool_unlock (self);
}

static void
log_report (const GArray *outstanding)
{
  for (guint i = 0; i < outstanding->len; i++)
    {
      const BagPoolOutstanding *entry = &g_array_index (outstanding, BagPoolOutstanding, i);

      g_debug ("Still out: slot %u, %s, tag %" G_GUINT64_FORMAT ", for %.3f s",
               entry->slot,
               bag_slot_state_get_name (entry->state),
               entry->tag,
               (double) entry->age / G_USEC_PER_SEC);
    }
}

static GArray *
make_report (BagPool *self, guint n_out)
{
  GArray *outstanding = g_array_sized_new (FALSE, FALSE, sizeof (BagPoolOutstanding), n_out);

  fill_report (self, outstanding, n_out);

  return outstanding;
}

/**
 * bag_pool_close:
 * @outstanding: (nullable) (element-type BagPoolOutstanding): gets what is still out
 *
 * Ends the handing out. What is out stays valid and comes home as usual. Who has it, by tag
 * and age, is appended to @outstanding and goes to the log (G_MESSAGES_DEBUG=bag-pool).
 *
 * Returns: how many slices are still out, in slots and on the heap
 */
guint
bag_pool_close (BagPool *self, GArray *outstanding)
{
  g_autoptr (GArray) report = NULL;
  guint n_out = 0;

  g_return_val_if_fail (self != NULL, 0);

  bag_pool_lock (self);
  self->stats.is_closed = TRUE;
  bag_pool_update_reserve (self);
  bag_pool_touch (self);
  n_out = count_out (self);
  bag_pool_unlock (self);

  if (n_out > 0)
    {
      /* Nothing is handed out any more, so there can only be fewer by now. */
      report = make_report (self, n_out);
      log_report (report);
      if (outstanding != NULL)
        g_array_append_vals (outstanding, report->data, report->len);
      n_out = report->len;
    }
  bag_pool_tell (self);

  return n_out;
}
