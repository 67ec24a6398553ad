/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-pressure"

#include "config.h"

#include "session/bag-pool-pressure.h"

#include <glib/gi18n.h>

/*
 * The pool has as many slots as the bag needs, so that all of them in use means nothing:
 * what counts is the memory budget. The numbers in the words are chosen so that they
 * stand still while somebody scrolls.
 */

#define MIB (G_GUINT64_CONSTANT (1) << 20)

/* Free below the limit, in twentieths of the budget: on at 90 %, off below 85 %. */
#define ON_TWENTIETHS 2
#define OFF_TWENTIETHS 3

/* A scan may ask for no more than three quarters of the machine's memory: the rest is for
 * the system and whatever else runs. */
#define MACHINE_QUARTERS 3

/* Set aside for less than a tenth of the slots, a few lost ones do not explain anything. */
#define QUARANTINED_PART 10

/* What prefetch may fill. */
static guint
get_capacity (const BagPoolStats *stats)
{
  return stats->n_slots > stats->reserve ? stats->n_slots - stats->reserve : MIN (stats->n_slots, 1);
}

static gboolean
is_in_parts (const BagPoolStats *stats, const BagPoolDemand *demand)
{
  return stats->n_slots > 0 && demand->n_slices > get_capacity (stats);
}

/* Of a bag that is shown in parts, the reserve counts as in use: a slice comes and goes
 * there with each step, and nothing else may have it. */
static guint64
get_used_bytes (const BagPoolStats *stats, const BagPoolDemand *demand)
{
  guint n_used = stats->in_use;

  if (is_in_parts (stats, demand))
    n_used = (guint) MIN ((guint64) n_used + stats->reserve, MAX (stats->n_slots, stats->in_use));

  return (guint64) n_used * stats->stride + stats->heap_bytes;
}

/* The budget less @n twentieths, rounded up, without an overflow. */
static guint64
get_limit (guint64 budget, guint n)
{
  return budget - (budget / 20 * n + budget % 20 * n / 20);
}

static gboolean
is_on (const BagPoolPressure *before, const BagPoolStats *stats, const BagPoolDemand *demand)
{
  guint n_twentieths = before->cause != BAG_POOL_PRESSURE_NONE ? OFF_TWENTIETHS : ON_TWENTIETHS;
  guint64 used = get_used_bytes (stats, demand);

  return demand->budget > 0 && used > 0 && used >= get_limit (demand->budget, n_twentieths);
}

/* A slice that is still being written may hold slots of a former division for a moment;
 * once it was said that they do not come back, only their return changes that. */
static gboolean
is_quarantined (const BagPoolPressure *before, const BagPoolStats *stats)
{
  guint n = stats->by_state[BAG_SLOT_QUARANTINED];
  gboolean is_explained = stats->by_state[BAG_SLOT_FILLING] > 0 || stats->n_leaving > 0;

  if (n == 0 || n < stats->n_slots / QUARANTINED_PART + (stats->n_slots % QUARANTINED_PART > 0))
    return FALSE;

  return !is_explained || before->cause == BAG_POOL_PRESSURE_QUARANTINED;
}

static BagPoolPressureCause
find_cause (const BagPoolPressure *before, const BagPoolStats *stats, const BagPoolDemand *demand)
{
  if (stats->heap_in_use > 0)
    return BAG_POOL_PRESSURE_HEAP;
  if (is_quarantined (before, stats))
    return BAG_POOL_PRESSURE_QUARANTINED;
  if (is_in_parts (stats, demand))
    return BAG_POOL_PRESSURE_PARTS;

  return BAG_POOL_PRESSURE_TIGHT;
}

/* In whole MiB, for that is how a budget is set; 0 when this machine cannot give as much. */
static guint64
get_bytes_needed (const BagPoolStats *stats, const BagPoolDemand *demand)
{
  guint64 n_slots = (guint64) demand->n_slices + stats->reserve;
  guint64 bytes = 0;

  if (!g_uint64_checked_mul (&bytes, n_slots, stats->stride) || bytes > G_MAXUINT64 - MIB)
    return 0;
  bytes = (bytes + MIB - 1) / MIB * MIB;

  return bytes <= demand->machine_bytes / 4 * MACHINE_QUARTERS ? bytes : 0;
}

/* Of the whole bag, also while it is being loaded: the number stands still. */
static guint
get_percent (const BagPoolStats *stats, const BagPoolDemand *demand)
{
  double bytes = (double) MAX (stats->in_use, demand->n_slices) * (double) stats->stride;
  double percent = bytes / (double) demand->budget * 100;

  return (guint) MIN (percent, G_MAXINT);
}

/**
 * bag_pool_pressure_next:
 * @before: (transfer none): what it returned the last time; at first all 0
 * @stats: (transfer none): a snapshot
 * @demand: (transfer none): whom the pool has to serve
 *
 * With hysteresis: begins when slices take 90 % of the budget, ends when they take less
 * than 85 %. Slices take what the slots in use and the heap slices take.
 *
 * Returns: what there is to say now
 */
BagPoolPressure
bag_pool_pressure_next (const BagPoolPressure *before, const BagPoolStats *stats, const BagPoolDemand *demand)
{
  BagPoolPressure next = { 0 };

  g_return_val_if_fail (before != NULL && stats != NULL && demand != NULL, next);

  if (!is_on (before, stats, demand))
    return next;

  next.cause = find_cause (before, stats, demand);
  if (next.cause == BAG_POOL_PRESSURE_HEAP)
    next.n = stats->heap_in_use;
  else if (next.cause == BAG_POOL_PRESSURE_QUARANTINED)
    next.n = stats->by_state[BAG_SLOT_QUARANTINED];
  else if (next.cause == BAG_POOL_PRESSURE_PARTS)
    next = (BagPoolPressure){ next.cause, get_capacity (stats), demand->n_slices, get_bytes_needed (stats, demand) };
  else
    next.n = get_percent (stats, demand);

  return next;
}

/**
 * bag_pool_pressure_equal:
 *
 * Returns: whether both say the same
 */
gboolean
bag_pool_pressure_equal (const BagPoolPressure *a, const BagPoolPressure *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->cause == b->cause && a->n == b->n && a->n_slices == b->n_slices && a->bytes_needed == b->bytes_needed;
}

/**
 * bag_pool_pressure_format_cause:
 *
 * Returns: (transfer full) (nullable): what is the matter, in a line; NULL for nothing
 */
char *
bag_pool_pressure_format_cause (const BagPoolPressure *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->cause)
    {
    case BAG_POOL_PRESSURE_HEAP:
      return g_strdup_printf (ngettext ("%u slice stands outside of the pool: all slots are held", "%u slices stand outside of the pool: all slots are held", self->n), self->n);
    case BAG_POOL_PRESSURE_QUARANTINED:
      return g_strdup_printf (ngettext ("%u slot waits for a reader that does not come back", "%u slots wait for a reader that does not come back", self->n), self->n);
    case BAG_POOL_PRESSURE_PARTS:
      return g_strdup_printf (_ ("This bag has %1$u slices, and memory holds %2$u of them at a time"), self->n_slices, self->n);
    case BAG_POOL_PRESSURE_TIGHT:
      return g_strdup_printf (_ ("The bag takes %u %% of the memory budget"), self->n);
    case BAG_POOL_PRESSURE_NONE:
    default:
      return NULL;
    }
}

/**
 * bag_pool_pressure_format_remedy:
 *
 * Returns: (transfer full) (nullable): what the operator can do, in a line; NULL for nothing
 */
char *
bag_pool_pressure_format_remedy (const BagPoolPressure *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->cause)
    {
    case BAG_POOL_PRESSURE_HEAP:
      return g_strdup (_ ("Raise the budget to give them a slot"));
    case BAG_POOL_PRESSURE_QUARANTINED:
      return g_strdup (_ ("Open the bag again; if it stays so, start Bagscope again"));
    case BAG_POOL_PRESSURE_PARTS:
      if (self->bytes_needed == 0)
        return g_strdup (_ ("This machine cannot hold all: slices are read as you come to them"));
      return g_strdup_printf (_ ("A budget of %" G_GUINT64_FORMAT " MiB would hold all"), self->bytes_needed / MIB);
    case BAG_POOL_PRESSURE_TIGHT:
      return g_strdup (_ ("A larger bag will be shown in parts; raise the budget to avoid that"));
    case BAG_POOL_PRESSURE_NONE:
    default:
      return NULL;
    }
}
