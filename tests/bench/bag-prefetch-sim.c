/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-prefetch-sim.h"

#include <string.h>

static void
give_up (BagPrefetchSim *self, guint index)
{
  self->states[index] = BAG_SIM_ABSENT;
  self->n_held--;
  self->n_wasted += self->is_unseen[index] ? 1 : 0;
  self->is_unseen[index] = FALSE;
}

static gboolean
begin (BagPrefetchSim *self, BagSimDecoder *decoder, guint index)
{
  if (self->n_held >= self->n_slots)
    {
      guint worst = self->policy->find_worst (self, index);

      if (worst == BAG_SIM_NONE)
        return FALSE;
      give_up (self, worst);
    }

  self->states[index] = BAG_SIM_UNDER_WAY;
  self->n_held++;
  *decoder = (BagSimDecoder){ index, self->now + self->load_us };

  return TRUE;
}

static guint
find_next (BagPrefetchSim *self)
{
  if (self->states[self->current] == BAG_SIM_ABSENT)
    return self->current;

  return self->policy->find_next != NULL ? self->policy->find_next (self) : BAG_SIM_NONE;
}

static void
serve (BagPrefetchSim *self)
{
  for (guint i = 0; i < BAG_PREFETCH_AT_ONCE; i++)
    if (self->decoders[i].index == BAG_SIM_NONE)
      {
        guint index = find_next (self);

        if (index == BAG_SIM_NONE || !begin (self, &self->decoders[i], index))
          return;
      }
}

static void
finish (BagPrefetchSim *self, BagSimDecoder *decoder)
{
  guint index = decoder->index;

  self->now = decoder->end;
  decoder->index = BAG_SIM_NONE;
  self->states[index] = BAG_SIM_HERE;
  self->used[index] = ++self->n_uses;
  self->is_unseen[index] = index != self->current;
  if (index != self->current && self->policy->is_useless != NULL && self->policy->is_useless (self, index))
    {
      self->is_unseen[index] = FALSE;
      give_up (self, index);
    }
}

static BagSimDecoder *
find_first_end (BagPrefetchSim *self)
{
  BagSimDecoder *first = NULL;

  for (guint i = 0; i < BAG_PREFETCH_AT_ONCE; i++)
    if (self->decoders[i].index != BAG_SIM_NONE && (first == NULL || self->decoders[i].end < first->end))
      first = &self->decoders[i];

  return first;
}

static void
go_on_until (BagPrefetchSim *self, gint64 time)
{
  BagSimDecoder *decoder = find_first_end (self);

  while (decoder != NULL && decoder->end <= time)
    {
      finish (self, decoder);
      serve (self);
      decoder = find_first_end (self);
    }
  self->now = time;
}

static void
look_at (BagPrefetchSim *self, guint index)
{
  self->current = index;
  if (self->states[index] == BAG_SIM_HERE)
    self->n_hits++;
  else
    self->n_late++;
  self->is_unseen[index] = FALSE;
  self->used[index] = ++self->n_uses;
  if (self->policy->look_at != NULL)
    self->policy->look_at (self);
  serve (self);
}

/**
 * bag_prefetch_sim_run:
 * @self: results in its last fields
 * @policy: what to get when
 * @trace: what is looked at when
 * @n_slots: how many slices the pool holds
 * @load_us: what a slice takes to get, on one of the decoders
 */
void
bag_prefetch_sim_run (BagPrefetchSim *self, const BagPrefetchPolicy *policy, const BagScrollTrace *trace, guint n_slots, gint64 load_us)
{
  memset (self, 0, sizeof *self);
  self->policy = policy;
  self->n_slots = n_slots;
  self->load_us = load_us;
  self->last = g_array_index (trace->steps, BagScrollStep, 0).index;
  bag_scroll_velocity_init (&self->velocity);
  for (guint i = 0; i < BAG_PREFETCH_AT_ONCE; i++)
    self->decoders[i].index = BAG_SIM_NONE;

  for (guint i = 0; i < trace->steps->len; i++)
    {
      const BagScrollStep *step = &g_array_index (trace->steps, BagScrollStep, i);

      go_on_until (self, step->time);
      look_at (self, step->index);
    }
  for (guint i = 0; i < BAG_SCROLL_TRACE_SLICES; i++)
    self->n_wasted += self->is_unseen[i] ? 1 : 0;
}
