/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Eight steps an octave up to 2^32 microseconds, which is more than an hour. */
#define BAG_FILL_TIMES_N_STEPS 240

/**
 * BagFillTimes:
 *
 * How long slices took, as a histogram: percentiles of any number of times in a fixed
 * amount of memory. It has no lock of its own.
 */
typedef struct
{
  guint64 n_times;
  guint32 counts[BAG_FILL_TIMES_N_STEPS];
} BagFillTimes;

void bag_fill_times_clear (BagFillTimes *self);
void bag_fill_times_add (BagFillTimes *self, guint64 microseconds);
guint64 bag_fill_times_get_percentile (const BagFillTimes *self, guint percent);

G_END_DECLS
