/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-prefetcher.h"

#include "slices/bag-fill-request.h"
#include "slices/bag-prefetch-plan.h"
#include "slices/bag-slice-ranking.h"
#include "slices/bag-slot-claim.h"

G_BEGIN_DECLS

/* Shared by the files of BagPrefetcher alone. */

typedef struct
{
  guint n_deaths;          /* of decoders at work on it */
  gboolean is_unseen;      /* got in advance, and nobody has asked for it yet */
  BagFillRequest *request; /* Borrowed: its callback owns it; the one that counts */
  GError *error;           /* Owned */
} BagPrefetchEntry;

struct _BagPrefetcher
{
  GObject parent_instance;

  /* Owned */
  BagScan *scan;
  BagDecoder *decoder;
  BagSlotClaim claim;
  BagSliceRanking *ranking;
  BagPrefetchEntry *entries;
  GPtrArray *requests; /* (element-type BagFillRequest), borrowed: those that count */

  /* Borrowed */
  BagSliceCache *cache; /* NULL once stopped */

  GSource *stall_timer; /* Owned, attached: due when a read under way may have waited too long */

  gint64 patience; /* microseconds until a read counts as stalled */
  gboolean is_stalled;
  guint n_slices;
  guint next_planned; /* no slice before this place in the plan is to be got */
  guint n_in_flight;  /* also those whose result counts no more */
  double load_us;     /* what a slice takes to get, 0 before the first */
  guint n_absent;     /* slices of the plan that are neither here nor under way, nor failed */

  /* Slices whose state has changed and of which nobody was told yet */
  guint changed_first, changed_last;
};

/* bag-prefetcher.c */
void bag_prefetcher_mark_changed (BagPrefetcher *self, guint index);
void bag_prefetcher_cancel_request (BagPrefetcher *self, BagFillRequest *request);

/* bag-prefetcher-outcome.c: what becomes of what is got in advance */
void bag_prefetcher_note_plan (BagPrefetcher *self);
void bag_prefetcher_note_focus (BagPrefetcher *self, guint index);
void bag_prefetcher_note_begun (BagPrefetcher *self, guint index);
void bag_prefetcher_note_ready (BagPrefetcher *self, const BagFillRequest *request);
void bag_prefetcher_note_absent (BagPrefetcher *self, guint index);
void bag_prefetcher_note_evicted (BagPrefetcher *self, guint index);
void bag_prefetcher_tell_queue (BagPrefetcher *self);

/* bag-prefetcher-stall.c: what waits for the storage */
void bag_prefetcher_init_stall (BagPrefetcher *self);
void bag_prefetcher_clear_stall (BagPrefetcher *self);
void bag_prefetcher_update_stall (BagPrefetcher *self);
void bag_prefetcher_set_patience (BagPrefetcher *self, gint64 patience);

/* bag-prefetcher-room.c */
void bag_prefetcher_make_room (BagPrefetcher *self, guint index, BagPoolClass class);
void bag_prefetcher_fit_to_division (BagPrefetcher *self);
void bag_prefetcher_empty_cache (BagPrefetcher *self);

G_END_DECLS
