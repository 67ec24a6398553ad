/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-scroll-steps.h"

#include <math.h>

/* More slices than any scan has. */
#define MOST 100000.0

/* What display servers tell for a notch of a wheel when they tell pixels. */
#define PIXELS_A_NOTCH 10.0

/**
 * bag_scroll_steps_get_notches:
 * @unit: of @delta
 * @delta: the way of one scroll event
 *
 * Touchpads may tell their way in pixels: a slice for each would run away.
 *
 * Returns: the way, in notches of a wheel
 */
double
bag_scroll_steps_get_notches (GdkScrollUnit unit,
                              double delta)
{
  return unit == GDK_SCROLL_UNIT_SURFACE ? delta / PIXELS_A_NOTCH : delta;
}

/**
 * bag_scroll_steps_add:
 * @rest: (inout): what is left over of the wheel's way, 0 at first
 * @delta: the way of one scroll event: 1 for a notch, parts of it from touchpads
 *
 * Turns the way of a wheel or touchpad into whole steps. A change of direction
 * forgets what was left over, so that the first notch back counts.
 *
 * Returns: steps to take
 */
int
bag_scroll_steps_add (double *rest,
                      double delta)
{
  double steps;

  if (!isfinite (delta))
    return 0;

  if (delta * *rest < 0)
    *rest = 0;

  *rest = CLAMP (*rest + delta, -MOST, MOST);
  steps = trunc (*rest);
  *rest -= steps;

  return (int) steps;
}
