/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-slices"

#include "config.h"

#include "slices/bag-prefetch-plan.h"

#include <math.h>

/*
 * Which slices to hold around the one looked at, and which of them first.
 *
 * Ahead of the movement the nearest is needed first. Operators turn round all the time to
 * look at a thing again, so a quarter of the window, and every fourth of what is got, lies
 * behind; half of it once they go to and fro or nobody knows where they go. What one side
 * cannot use at an end of the scan, the other gets.
 *
 * A flick of the wheel can pass slices faster than they can be got. Whoever then gets the
 * next one is late with each of them. Every second or third one ahead, as the
 * speed asks for, is in time instead, and what lies between follows when the movement slows
 * down. Which ones these are does not depend on where it is just now, so that the next plan
 * goes on with the same.
 */
#define SHARE_BEHIND 0.25
#define SHARE_BOTH_WAYS 0.5
#define FLICK_SPEED 25.0 /* slices a second; below it everything is got */
#define FLICK_SECONDS 1.0
#define MOST_STRIDE 16.0

typedef struct
{
  guint current;
  gboolean is_down; /* ahead are lower indices */
  double share_behind;
  guint n_ahead, n_behind; /* slices to hold on either side */

  /* Of a flick: the distances ahead between which only every so manieth is got at first */
  guint stride, first, last;
} Plan;

static guint
get_ahead (const Plan *self, guint distance)
{
  return self->is_down ? self->current - distance : self->current + distance;
}

static guint
get_behind (const Plan *self, guint distance)
{
  return self->is_down ? self->current + distance : self->current - distance;
}

static void
divide_window (Plan *self, guint n_neighbours, guint n_slices)
{
  guint above = n_slices - 1 - self->current;
  guint most_ahead = self->is_down ? self->current : above;
  guint most_behind = self->is_down ? above : self->current;

  self->n_behind = MIN ((guint) (n_neighbours * self->share_behind), most_behind);
  self->n_ahead = MIN (n_neighbours - self->n_behind, most_ahead);
  self->n_behind = MIN (n_neighbours - self->n_ahead, most_behind);
}

/* @load_seconds pass until a slice is there, and so do the slices in front of the first that can be in time. */
static void
find_stride (Plan *self, double speed, double load_seconds)
{
  double passed = MIN (speed * load_seconds, G_MAXUINT16);

  self->stride = (guint) CLAMP (ceil (passed / BAG_PREFETCH_AT_ONCE), 1, MOST_STRIDE);
  if (speed < FLICK_SPEED)
    self->stride = 1;
  self->first = (guint) ceil (passed) + 1;
  self->last = MIN (self->n_ahead, self->first + (guint) MIN (speed * FLICK_SECONDS, G_MAXUINT16));
}

static gboolean
is_in_stride (const Plan *self, guint distance)
{
  return self->stride > 1 && distance >= self->first && distance <= self->last && get_ahead (self, distance) % self->stride == 0;
}

static guint
append_stride (const Plan *self, guint *indices)
{
  guint n = 0;

  for (guint distance = self->first; self->stride > 1 && distance <= self->last; distance++)
    if (is_in_stride (self, distance))
      indices[n++] = get_ahead (self, distance);

  return n;
}

/* Both sides, the nearest first, so that each gets its share of what is got next. */
static guint
append_rest (const Plan *self, guint *indices)
{
  const double owed = self->share_behind / (1 - self->share_behind);
  guint n = 0;
  guint ahead = 1, behind = 1;

  while (ahead <= self->n_ahead || behind <= self->n_behind)
    {
      if (ahead <= self->n_ahead && !is_in_stride (self, ahead))
        indices[n++] = get_ahead (self, ahead);
      ahead = MIN (ahead, self->n_ahead) + 1;
      while (behind <= self->n_behind && (ahead > self->n_ahead || behind <= (ahead - 1) * owed))
        indices[n++] = get_behind (self, behind++);
    }

  return n;
}

/**
 * bag_prefetch_plan:
 * @n_slices: slices of the scan
 * @current: the slice looked at, from 0
 * @forecast: where the operator goes, and how fast
 * @load_seconds: how long it takes to get a slice, 0 when that is not known
 * @budget: how many slices may be held, @current included
 * @indices: (out caller-allocates): room for MIN (@budget, @n_slices) indices
 *
 * A pure function: the slices to hold, in the order in which to get them, @current first.
 *
 * Returns: how many: MIN (@budget, @n_slices)
 */
guint
bag_prefetch_plan (guint n_slices, guint current, const BagScrollForecast *forecast, double load_seconds, guint budget, guint *indices)
{
  guint n_wanted = MIN (budget, n_slices);
  guint n = 0;
  Plan self = { .current = current };

  g_return_val_if_fail (forecast != NULL, 0);
  g_return_val_if_fail (n_wanted == 0 || indices != NULL, 0);
  g_return_val_if_fail (n_wanted == 0 || current < n_slices, 0);

  if (n_wanted == 0)
    return 0;

  self.is_down = forecast->direction < 0;
  self.share_behind = forecast->direction == 0 ? SHARE_BOTH_WAYS : SHARE_BEHIND + (SHARE_BOTH_WAYS - SHARE_BEHIND) * CLAMP (forecast->turning, 0, 1);
  divide_window (&self, n_wanted - 1, n_slices);
  find_stride (&self, forecast->speed, load_seconds);
  indices[n++] = current;
  n += append_stride (&self, indices + n);
  n += append_rest (&self, indices + n);

  return n;
}
