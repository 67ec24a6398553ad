/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-pool-private.h"

/*
 * The complaints of the pool. A mistake of a caller is refused, counted, and logged the first
 * time as a warning, which G_DEBUG=fatal-warnings makes fatal; a debug build
 * (BAG_POOL_FATAL) stops at every one.
 */

#ifdef BAG_POOL_FATAL
#define LEVEL G_LOG_LEVEL_ERROR
#else
#define LEVEL G_LOG_LEVEL_WARNING
#endif

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
      return "an address belongs to no slice";
    case BAG_POOL_MISTAKE_INTERIOR:
      stats->interior++;
      return "an address is inside of a slice, not its start";
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

  bag_pool_lock (self);
  if (slice != NULL)
    {
      index = slice->slot->index;
      generation = slice->generation / 2 + 1;
      if (mistake == BAG_POOL_MISTAKE_DOUBLED && slice->generation + 1 != slice->slot->generation)
        mistake = BAG_POOL_MISTAKE_STALE;
    }
  text = count_mistake (&self->stats, mistake);
  is_first = (self->logged & (1u << mistake)) == 0;
  self->logged |= 1u << mistake;
  bag_pool_unlock (self);

  if (is_first || LEVEL == G_LOG_LEVEL_ERROR)
    g_log (G_LOG_DOMAIN, LEVEL, "Slot %u, generation %u: %s (logged once, counted always)", index, generation, text);
  bag_pool_tell (self);
}
