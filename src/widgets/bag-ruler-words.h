/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-prefetcher.h"

G_BEGIN_DECLS

/* What a ruler says of its slices. */

typedef struct
{
  guint n_slices, n_seen;
  guint index; /* of the slice spoken of, from 0 */
  BagSliceState state;
  gboolean is_seen;
  BagSliceMarks marks;
} BagRulerWords;

char *bag_ruler_words_format_value (const BagRulerWords *self);
char *bag_ruler_words_format_tooltip (const BagRulerWords *self);
char *bag_ruler_words_format_seen (const BagRulerWords *self);

G_END_DECLS
