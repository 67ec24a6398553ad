/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"

G_BEGIN_DECLS

/* Why the memory budget is nearly used up, the most telling first. */
typedef enum
{
  BAG_POOL_PRESSURE_NONE,        /* it is not */
  BAG_POOL_PRESSURE_HEAP,        /* slices had to go to ordinary memory */
  BAG_POOL_PRESSURE_QUARANTINED, /* slots are held by who does not give them back */
  BAG_POOL_PRESSURE_PARTS,       /* the bag has more slices than there is room for */
  BAG_POOL_PRESSURE_TIGHT,       /* it fits, with hardly anything left */
} BagPoolPressureCause;

/* Whom the pool has to serve. */
typedef struct
{
  guint n_slices;        /* of the bag on screen; 0: none */
  guint64 budget;        /* bytes that slices may take; 0: not known */
  guint64 machine_bytes; /* as bag_pool_get_machine_bytes() */
} BagPoolDemand;

/* What there is to say; two that are equal say the same. All 0: nothing. */
typedef struct
{
  BagPoolPressureCause cause;
  guint n;              /* slices on the heap, slots set aside, slices held at a time, or percent */
  guint n_slices;       /* of the bag, for BAG_POOL_PRESSURE_PARTS */
  guint64 bytes_needed; /* for all of these, in whole MiB; 0: more than the machine can give */
} BagPoolPressure;

BagPoolPressure bag_pool_pressure_next (const BagPoolPressure *before, const BagPoolStats *stats, const BagPoolDemand *demand);
gboolean bag_pool_pressure_equal (const BagPoolPressure *a, const BagPoolPressure *b);
char *bag_pool_pressure_format_cause (const BagPoolPressure *self);
char *bag_pool_pressure_format_remedy (const BagPoolPressure *self);

G_END_DECLS
