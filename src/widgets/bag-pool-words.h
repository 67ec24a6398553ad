/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/bag-pool-range.h"

G_BEGIN_DECLS

/* What is said of the slots of the pool, translated. Pure functions. */

char *bag_pool_words_format_age (gint64 age);
char *bag_pool_words_format_hits (guint n_hits);
const char *bag_pool_words_get_class (BagPoolClass class);
char *bag_pool_words_describe_slot (const BagSlotInfo *info, guint slot, guint bag_number, gint64 now);
char *bag_pool_words_describe_range (const BagPoolRange *range, guint first_slot);
char *bag_pool_words_count_states (const BagPoolRange *range, gboolean with_zeros);

G_END_DECLS
