/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetch-plan.h"

/*
 * Which slices to hold around the one looked at. Operators turn round all the
 * time to look at a thing again, so a part of the window stays behind the
 * movement; what one side cannot use at an end of the scan, the other gets.
 */
#define PART_BEHIND 4 /* a quarter */

typedef struct
{
  guint n_ahead, n_behind;
} BagPlanWindow;

static BagPlanWindow
divide_window (guint n_neighbours, guint available_ahead, guint available_behind, int direction)
{
  BagPlanWindow window = { 0, n_neighbours / (direction == 0 ? 2 : PART_BEHIND) };

  window.n_behind = MIN (window.n_behind, available_behind);
  window.n_ahead = MIN (n_neighbours - window.n_behind, available_ahead);
  window.n_behind = MIN (n_neighbours - window.n_ahead, available_behind);

  return window;
}

/**
 * bag_prefetch_plan:
 * @n_slices: slices of the scan
 * @current: the slice looked at, from 0
 * @direction: 1 while the operator moves towards higher indices, -1 towards lower, 0 when
 *   that is not known
 * @budget: how many slices may be held, @current included
 * @indices: (out caller-allocates): room for MIN (@budget, @n_slices) indices
 *
 * A pure function: the slices to hold, in the order in which to get them: @current,
 * then the nearest first, of two as near the one ahead of the movement. A quarter of the
 * neighbours lie behind it; half of them when @direction is 0.
 *
 * Returns: how many: MIN (@budget, @n_slices)
 */
guint
bag_prefetch_plan (guint n_slices, guint current, int direction, guint budget, guint *indices)
{
  guint n = 0;
  guint n_wanted = MIN (budget, n_slices);
  guint n_above = 0;
  BagPlanWindow window;

  g_return_val_if_fail (n_wanted == 0 || indices != NULL, 0);
  g_return_val_if_fail (n_wanted == 0 || current < n_slices, 0);

  if (n_wanted == 0)
    return 0;

  n_above = n_slices - 1 - current;
  window = direction < 0 ? divide_window (n_wanted - 1, current, n_above, direction)
                         : divide_window (n_wanted - 1, n_above, current, direction);

  indices[n++] = current;
  for (guint distance = 1; n < n_wanted; distance++)
    {
      if (distance <= window.n_ahead)
        indices[n++] = direction < 0 ? current - distance : current + distance;
      if (distance <= window.n_behind)
        indices[n++] = direction < 0 ? current + distance : current - distance;
    }

  return n;
}
