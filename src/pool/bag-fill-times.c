/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool"

#include "config.h"

#include "pool/bag-fill-times.h"

/*
 * Up to 8 microseconds each has a step of its own; from there on a step is an eighth
 * of its octave wide, and a time is told as the middle of its step.
 */
#define STEPS 8u
#define STEP_BITS 3u
#define LONGEST ((guint64) G_MAXUINT32)

static guint
get_step (guint64 microseconds)
{
  guint64 time = MIN (microseconds, LONGEST);
  guint octave = 0;

  if (time < STEPS)
    return (guint) time;

  octave = (guint) g_bit_storage ((gulong) time) - 1 - STEP_BITS;

  return (octave + 1) * STEPS + (guint) (time >> octave) % STEPS;
}

static guint64
get_middle (guint step)
{
  guint octave = step / STEPS;
  guint64 width = 0;

  if (octave == 0)
    return step;

  width = G_GUINT64_CONSTANT (1) << (octave - 1);

  return (STEPS + step % STEPS) * width + width / 2;
}

/**
 * bag_fill_times_clear:
 *
 * Forgets all times.
 */
void
bag_fill_times_clear (BagFillTimes *self)
{
  g_return_if_fail (self != NULL);

  *self = (BagFillTimes){ 0 };
}

/**
 * bag_fill_times_add:
 * @microseconds: one more time; more than an hour counts as an hour
 */
void
bag_fill_times_add (BagFillTimes *self, guint64 microseconds)
{
  g_return_if_fail (self != NULL);

  self->counts[get_step (microseconds)]++;
  self->n_times++;
}

/**
 * bag_fill_times_get_percentile:
 * @percent: 1 to 100
 *
 * Returns: microseconds that so many percent of the times did not exceed, within an eighth;
 *   0 without any time
 */
guint64
bag_fill_times_get_percentile (const BagFillTimes *self, guint percent)
{
  guint64 n_below = 0;
  guint64 rank = 0;

  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail (percent > 0 && percent <= 100, 0);

  rank = (self->n_times * percent + 99) / 100;
  for (guint step = 0; self->n_times > 0 && step < BAG_FILL_TIMES_N_STEPS; step++)
    {
      n_below += self->counts[step];
      if (n_below >= rank)
        return get_middle (step);
    }

  return 0;
}
