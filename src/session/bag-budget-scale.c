/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-budget-scale.h"

#include <math.h>

/*
 * The places of a slider for the memory budget. It ends at the memory of the machine, and
 * each step multiplies: what is little on a large machine is much for a small bag, and both
 * have to be set with one hand.
 */

#define LARGEST_MACHINE ((guint64) 1 << 44) /* 16 TiB, also where the machine does not say */

static guint64
get_end (guint64 machine_bytes)
{
  return CLAMP (machine_bytes, 2 * BAG_BUDGET_SCALE_LEAST, LARGEST_MACHINE);
}

static double
get_place (guint64 bytes)
{
  return log2 ((double) bytes / (double) BAG_BUDGET_SCALE_LEAST) * BAG_BUDGET_SCALE_STEPS;
}

/**
 * bag_budget_scale_get_n_steps:
 * @machine_bytes: memory of the machine, G_MAXUINT64 when it is not known
 *
 * Returns: the last step; the first one is 0
 */
guint
bag_budget_scale_get_n_steps (guint64 machine_bytes)
{
  return (guint) ceil (get_place (get_end (machine_bytes)));
}

/**
 * bag_budget_scale_get_bytes:
 * @step: a place on the slider
 * @machine_bytes: memory of the machine
 *
 * Returns: the budget at that place, in whole MiB, and at most what the machine has
 */
guint64
bag_budget_scale_get_bytes (guint step, guint64 machine_bytes)
{
  double mib = exp2 ((double) step / BAG_BUDGET_SCALE_STEPS) * (double) (BAG_BUDGET_SCALE_LEAST >> 20);
  guint64 bytes = (guint64) MIN (round (mib), (double) (LARGEST_MACHINE >> 20)) << 20;

  return MIN (bytes, get_end (machine_bytes) >> 20 << 20);
}

/**
 * bag_budget_scale_get_step:
 * @bytes: a budget
 * @machine_bytes: memory of the machine
 *
 * Returns: the place nearest to it
 */
guint
bag_budget_scale_get_step (guint64 bytes, guint64 machine_bytes)
{
  guint64 end = get_end (machine_bytes) >> 20 << 20;

  if (bytes >= end)
    return bag_budget_scale_get_n_steps (machine_bytes);

  return (guint) round (get_place (MAX (bytes, BAG_BUDGET_SCALE_LEAST)));
}
