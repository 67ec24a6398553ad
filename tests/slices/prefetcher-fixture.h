/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "slices/bag-prefetcher.h"
#include "slices/bag-slice-tag.h"

#include "bag-gated-source.h"
#include "bag-test-wait.h"

/* What the tests of the prefetcher share. The change hook of the pool only sets a flag, as the
 * session's monitor does; waiting serves it. */

#define COLUMNS 16u
#define ROWS 8u
#define SLICE_BYTES (COLUMNS * ROWS * 2)
#define MAX_TAKEN 64u
#define BAG_NUMBER 3u

typedef struct
{
  BagPool *pool;
  BagGate *gate;
  BagSliceCache *cache;
  BagPrefetcher *prefetcher;
  BagSlice *taken[MAX_TAKEN];
  guint n_slots;
  guint n_slices;
  guint n_ready, n_failed;
  guint last_ready, last_failed;
  int is_changed; /* atomic */
} PrefetcherFixture;

typedef struct
{
  guint n_slots, n_slices;
  gboolean is_open;
} PrefetcherSetup;

#define prefetcher_wait_until(condition) bag_test_wait_until (prefetcher_serve (fixture) && (condition))

gboolean prefetcher_serve (PrefetcherFixture *fixture);
void prefetcher_set_up (PrefetcherFixture *fixture, gconstpointer data);
void prefetcher_get_stats (PrefetcherFixture *fixture, BagPoolStats *stats);
guint prefetcher_count_free (PrefetcherFixture *fixture);
guint prefetcher_count_leaving (PrefetcherFixture *fixture);
void prefetcher_give_back (PrefetcherFixture *fixture);
void prefetcher_tear_down (PrefetcherFixture *fixture, gconstpointer data);
BagSliceState prefetcher_state_of (PrefetcherFixture *fixture, guint index);
gboolean prefetcher_is_quiet (PrefetcherFixture *fixture);
void prefetcher_take (PrefetcherFixture *fixture, guint n);
