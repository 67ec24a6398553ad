/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-range"

#include "config.h"

#include "widgets/bag-pool-range.h"

#include "slices/bag-slice-tag.h"

/* The most telling first: what is rare, and what somebody looks for, must not drown in the rest. */
static const BagSlotState by_weight[] = {
  BAG_SLOT_SHOWN,
  BAG_SLOT_QUARANTINED,
  BAG_SLOT_FILLING,
  BAG_SLOT_READY,
  BAG_SLOT_FREE,
};

/* Nobody can go to what a slot that was set aside holds: its writer may still be at it. */
static gboolean
can_be_shown (const BagSlotInfo *info)
{
  return info->state == BAG_SLOT_FILLING || info->state == BAG_SLOT_READY || info->state == BAG_SLOT_SHOWN;
}

static void
add_slice (BagPoolRange *self, guint index)
{
  self->n_slices++;
  self->first_slice = MIN (self->first_slice, index);
  self->last_slice = self->n_slices > 1 ? MAX (self->last_slice, index) : index;
}

/**
 * bag_pool_range_init:
 * @slots: (array length=n_slots): the slots
 * @bag_number: of the bag on screen, as in the slots' tags
 */
void
bag_pool_range_init (BagPoolRange *self, const BagSlotInfo *slots, guint n_slots, guint bag_number)
{
  *self = (BagPoolRange){ .n_slots = n_slots, .first_slice = G_MAXUINT, .last_slice = G_MAXUINT };

  for (guint i = 0; i < n_slots; i++)
    {
      self->by_state[slots[i].state]++;
      if (slots[i].tag == BAG_POOL_NO_TAG)
        continue;
      if (bag_slice_tag_get_bag (slots[i].tag) != bag_number)
        self->n_earlier++;
      else if (can_be_shown (&slots[i]))
        add_slice (self, bag_slice_tag_get_index (slots[i].tag));
    }
}

/**
 * bag_pool_range_get_state:
 *
 * Returns: the most telling state among the slots
 */
BagSlotState
bag_pool_range_get_state (const BagPoolRange *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (by_weight); i++)
    if (self->by_state[by_weight[i]] > 0)
      return by_weight[i];

  return BAG_SLOT_FREE;
}

/**
 * bag_pool_range_get_in_use:
 *
 * Returns: how many of the slots are not free
 */
guint
bag_pool_range_get_in_use (const BagPoolRange *self)
{
  return self->n_slots - self->by_state[BAG_SLOT_FREE];
}
