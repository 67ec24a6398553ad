/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/* What slots that follow each other hold, taken together. */
typedef struct
{
  guint n_slots;
  guint by_state[BAG_N_SLOT_STATES];
  guint n_slices;    /* slots with a slice of the bag on screen that can be shown, now or soon */
  guint first_slice; /* the lowest of these slices, from 0; G_MAXUINT: none */
  guint last_slice;  /* the highest of them; G_MAXUINT: none */
  guint n_earlier;   /* slots with a slice of another bag than that on screen */
} BagPoolRange;

void bag_pool_range_init (BagPoolRange *self, const BagSlotInfo *slots, guint n_slots, guint bag_number);
BagSlotState bag_pool_range_get_state (const BagPoolRange *self);
guint bag_pool_range_get_in_use (const BagPoolRange *self);

G_END_DECLS
