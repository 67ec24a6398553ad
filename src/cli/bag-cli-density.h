/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder.h"
#include "pool/bag-pool.h"
#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* What `analyze` measures of one scan. */
typedef struct
{
  double sum;         /* of values, of all readable voxels */
  double maximum;     /* value */
  guint64 n_voxels;   /* readable ones with a value */
  guint64 n_no_value; /* readable ones that are infinite or not a number: left out */
  guint n_unreadable; /* slices */
  guint64 slots_reused, slots_new, heap_fallbacks;
  guint slices_in_slots, slices_on_heap; /* by whom their memory belongs to */
  guint64 page_faults;                   /* of this process while it measured */
  double time_ms;
} BagCliDensity;

/* In place of a number of slots: as many as the memory budget allows. */
#define BAG_CLI_DENSITY_BY_BUDGET (-1)

gboolean bag_cli_density_measure (BagCliDensity *self,
                                  BagScan *scan,
                                  BagDecoder *decoder,
                                  int n_slots,
                                  BagPool **pool,
                                  GError **error);

G_END_DECLS
