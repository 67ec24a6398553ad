/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-scroll-velocity.h"

#include <math.h>

/*
 * Each step is an impulse that decays by half in a half-life: one sum that follows a
 * flick of the wheel within a few steps, and two that remember whether the last second
 * led anywhere: the way made, and the way gone for it. A jump to another place is no
 * scrolling, and all before it says nothing about what comes.
 */
#define FAST_HALF_LIFE (0.12 * G_USEC_PER_SEC)
#define SLOW_HALF_LIFE (1.0 * G_USEC_PER_SEC)
#define JUMP 12u /* slices at once: more than a wheel gives */

static double
decay (double value, gint64 time, double half_life)
{
  return value * exp2 (-(double) MAX (time, 0) / half_life);
}

/* What an impulse of one slice adds, so that a steady pace comes out as itself. */
static double
weigh (double slices, double half_life)
{
  return slices * G_LN2 / half_life * G_USEC_PER_SEC;
}

/**
 * bag_scroll_velocity_init:
 * @self: an uninitialised velocity
 *
 * Makes it that of somebody who has not moved yet.
 */
void
bag_scroll_velocity_init (BagScrollVelocity *self)
{
  g_return_if_fail (self != NULL);

  *self = (BagScrollVelocity){ 0 };
}

static void
forget_steps (BagScrollVelocity *self)
{
  self->fast = self->slow = self->slow_speed = 0;
  self->direction = 0;
}

static void
add (BagScrollVelocity *self, double slices, gint64 elapsed)
{
  self->fast = decay (self->fast, elapsed, FAST_HALF_LIFE) + weigh (slices, FAST_HALF_LIFE);
  self->slow = decay (self->slow, elapsed, SLOW_HALF_LIFE) + weigh (slices, SLOW_HALF_LIFE);
  self->slow_speed = decay (self->slow_speed, elapsed, SLOW_HALF_LIFE) + weigh (fabs (slices), SLOW_HALF_LIFE);
  self->direction = slices < 0 ? -1 : 1;
}

/**
 * bag_scroll_velocity_step:
 * @index: the slice that is looked at from now on
 * @time: now, in µs of a monotonic clock
 *
 * The same slice again changes nothing.
 */
void
bag_scroll_velocity_step (BagScrollVelocity *self, guint index, gint64 time)
{
  g_return_if_fail (self != NULL);

  if (self->has_index && index == self->index)
    return;

  if (self->has_index && MAX (index, self->index) - MIN (index, self->index) > JUMP)
    forget_steps (self);
  else if (self->has_index)
    add (self, (double) index - (double) self->index, time - self->time);
  self->has_index = TRUE;
  self->index = index;
  self->time = time;
}

/**
 * bag_scroll_velocity_get:
 * @time: now, not before the last step
 * @forecast: (out caller-allocates): what it looks like
 */
void
bag_scroll_velocity_get (const BagScrollVelocity *self, gint64 time, BagScrollForecast *forecast)
{
  double ahead;

  g_return_if_fail (self != NULL && forecast != NULL);

  ahead = decay (self->fast, time - self->time, FAST_HALF_LIFE) * self->direction;
  forecast->direction = self->direction;
  forecast->speed = MAX (ahead, 0);
  forecast->turning = self->slow_speed > 0 ? 1 - fabs (self->slow) / self->slow_speed : 0;
}
