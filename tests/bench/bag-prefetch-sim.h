/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bag-scroll-trace.h"

#include "slices/bag-prefetch-plan.h"

G_BEGIN_DECLS

/* A machine with two decoders and a pool, on a clock of its own, that gets slices as a policy says. */

#define BAG_SIM_NONE G_MAXUINT

typedef struct _BagPrefetchSim BagPrefetchSim;

/* What to get next, and what to give up for it. Slices looked at are got before all else, whatever it is. */
typedef struct
{
  const char *name;
  void (*look_at) (BagPrefetchSim *self);                     /* (nullable): @current is another slice now */
  guint (*find_next) (BagPrefetchSim *self);                  /* (nullable): an absent slice, or BAG_SIM_NONE */
  guint (*find_worst) (BagPrefetchSim *self, guint wanted);   /* one that is here, or BAG_SIM_NONE */
  gboolean (*is_useless) (BagPrefetchSim *self, guint index); /* (nullable): whether to drop it while it is under way */
} BagPrefetchPolicy;

typedef enum
{
  BAG_SIM_ABSENT,
  BAG_SIM_UNDER_WAY,
  BAG_SIM_HERE,
} BagSimState;

typedef struct
{
  guint index; /* under way, or BAG_SIM_NONE */
  gint64 end;
} BagSimDecoder;

struct _BagPrefetchSim
{
  const BagPrefetchPolicy *policy;
  guint n_slots;
  gint64 load_us; /* what a slice takes */

  gint64 now;
  guint current;
  BagSimState states[BAG_SCROLL_TRACE_SLICES];
  gboolean is_unseen[BAG_SCROLL_TRACE_SLICES];
  guint64 used[BAG_SCROLL_TRACE_SLICES]; /* the higher, the later */
  guint64 n_uses;
  guint n_held;
  BagSimDecoder decoders[BAG_PREFETCH_AT_ONCE];

  /* Of the policies */
  BagScrollVelocity velocity;
  guint plan[BAG_SCROLL_TRACE_SLICES], n_planned;
  guint ranks[BAG_SCROLL_TRACE_SLICES];
  guint last, reach;
  int direction;

  /* Looks at slices that were here, and that were not; slices got and never looked at */
  guint n_hits, n_late, n_wasted;
};

extern const BagPrefetchPolicy *const bag_prefetch_policies[]; /* ours, the others, NULL */

void bag_prefetch_sim_run (BagPrefetchSim *self, const BagPrefetchPolicy *policy, const BagScrollTrace *trace, guint n_slots, gint64 load_us);

G_END_DECLS
