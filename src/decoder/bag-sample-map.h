/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/**
 * BagSampleMap:
 * @offset: the sample that stored value 0 stands for
 * @step: from one stored value to the next, in samples; more than 0
 * @first: the least stored value of a sample: 1 where 0 means "not a number"
 *
 * How samples of 32 and 64 bits become stored values of 16 bits, for display:
 * sample = offset + step * stored. Samples beyond both ends become these ends.
 */
typedef struct
{
  double offset, step;
  guint first;
} BagSampleMap;

/* Of numbers; what is infinite or not a number is counted and else left out. */
typedef struct
{
  double min, max; /* +infinity and -infinity without any */
  double sum;
  guint64 n, n_invalid;
} BagSampleSums;

/* Gets @n samples of a slice in their order; they are gone when it returns. */
typedef void (*BagSampleSink) (const double *numbers, gsize n, gpointer user_data);

#define BAG_SAMPLE_BLOCK 8192u /* samples that are handed on at a time, at most */

void bag_wide_samples_load (const BagPixelLayout *layout, gconstpointer samples, gsize n, double *numbers);

void bag_sample_sums_init (BagSampleSums *self);
void bag_sample_sums_add (BagSampleSums *self, const double *numbers, gsize n);

void bag_sample_map_make (BagSampleMap *self, const BagPixelLayout *layout, double low, double high);
void bag_sample_map_apply (const BagSampleMap *self, const double *numbers, gsize n, guint16 *stored);
gboolean bag_sample_map_is_exact (const BagSampleMap *self, const BagPixelLayout *layout);

G_END_DECLS
