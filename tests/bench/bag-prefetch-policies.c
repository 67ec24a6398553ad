/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-prefetch-sim.h"

/*
 * The program's own plan, and what other viewers do: the whole stack outward from where
 * one is, in an order made anew after each slice, with a cache that gives up what was not
 * used for longest; ten slices more with each step on the side of the movement, up to
 * a hundred, none behind, and two on either side after a jump; and such a cache alone.
 */
#define RESERVE 2u /* slots for the slice on screen and the next one wanted */
#define STEP_REACH 10u
#define MOST_REACH 100u
#define JUMP_REACH 2u

static guint
get_distance (guint a, guint b)
{
  return MAX (a, b) - MIN (a, b);
}

static void
plan_anew (BagPrefetchSim *self)
{
  BagScrollForecast forecast;

  bag_scroll_velocity_step (&self->velocity, self->current, self->now);
  bag_scroll_velocity_get (&self->velocity, self->now, &forecast);
  self->n_planned = bag_prefetch_plan (BAG_SCROLL_TRACE_SLICES, self->current, &forecast, (double) self->load_us / G_USEC_PER_SEC, self->n_slots - RESERVE, self->plan);
  for (guint i = 0; i < BAG_SCROLL_TRACE_SLICES; i++)
    self->ranks[i] = BAG_SCROLL_TRACE_SLICES + get_distance (i, self->current);
  for (guint i = 0; i < self->n_planned; i++)
    self->ranks[self->plan[i]] = i;
}

static guint
find_planned (BagPrefetchSim *self)
{
  for (guint i = 0; i < self->n_planned; i++)
    if (self->states[self->plan[i]] == BAG_SIM_ABSENT)
      return self->plan[i];

  return BAG_SIM_NONE;
}

static guint
find_least_planned (BagPrefetchSim *self, guint wanted)
{
  guint worst = wanted;

  for (guint i = 0; i < BAG_SCROLL_TRACE_SLICES; i++)
    if (self->states[i] == BAG_SIM_HERE && i != self->current && self->ranks[i] > self->ranks[worst])
      worst = i;

  return worst != wanted ? worst : BAG_SIM_NONE;
}

static gboolean
is_unplanned (BagPrefetchSim *self, guint index)
{
  return self->ranks[index] >= BAG_SCROLL_TRACE_SLICES;
}

static const BagPrefetchPolicy bagscope_policy = {
  .name = "bagscope",
  .look_at = plan_anew,
  .find_next = find_planned,
  .find_worst = find_least_planned,
  .is_useless = is_unplanned,
};

static guint
find_least_recent (BagPrefetchSim *self, guint wanted)
{
  guint worst = BAG_SIM_NONE;

  for (guint i = 0; i < BAG_SCROLL_TRACE_SLICES; i++)
    if (self->states[i] == BAG_SIM_HERE && i != self->current && (worst == BAG_SIM_NONE || self->used[i] < self->used[worst]))
      worst = i;

  return worst;
}

static gboolean
is_absent (const BagPrefetchSim *self, guint distance, gboolean is_down)
{
  if (is_down ? distance > self->current : self->current + distance >= BAG_SCROLL_TRACE_SLICES)
    return FALSE;

  return self->states[is_down ? self->current - distance : self->current + distance] == BAG_SIM_ABSENT;
}

static guint
find_around (BagPrefetchSim *self, guint reach, gboolean up, gboolean down)
{
  for (guint distance = 1; distance <= MIN (reach, self->n_slots - RESERVE); distance++)
    {
      if (up && is_absent (self, distance, FALSE))
        return self->current + distance;
      if (down && is_absent (self, distance, TRUE))
        return self->current - distance;
    }

  return BAG_SIM_NONE;
}

static guint
find_outward (BagPrefetchSim *self)
{
  return find_around (self, BAG_SCROLL_TRACE_SLICES, TRUE, TRUE);
}

static const BagPrefetchPolicy outward_policy = {
  .name = "outward",
  .find_next = find_outward,
  .find_worst = find_least_recent,
};

static void
reach_farther (BagPrefetchSim *self)
{
  guint distance = get_distance (self->current, self->last);
  int direction = self->current > self->last ? 1 : -1;

  if (distance == 0)
    return;

  if (distance > JUMP_REACH)
    direction = 0;
  if (direction != self->direction)
    self->reach = 0;
  self->direction = direction;
  self->reach = direction == 0 ? JUMP_REACH : MIN (self->reach + STEP_REACH, MOST_REACH);
  self->last = self->current;
}

static guint
find_ahead (BagPrefetchSim *self)
{
  return find_around (self, self->reach, self->direction >= 0, self->direction <= 0);
}

static const BagPrefetchPolicy ten_ahead_policy = {
  .name = "ten-ahead",
  .look_at = reach_farther,
  .find_next = find_ahead,
  .find_worst = find_least_recent,
};

static const BagPrefetchPolicy lru_policy = {
  .name = "lru",
  .find_worst = find_least_recent,
};

const BagPrefetchPolicy *const bag_prefetch_policies[] = { &bagscope_policy, &outward_policy, &ten_ahead_policy, &lru_policy, NULL };
