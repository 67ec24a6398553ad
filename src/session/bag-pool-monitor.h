/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "pool/bag-pool.h"
#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BagPoolMonitor:
 *
 * The pool's figures for whoever watches. The change hook of the pool sets one
 * flag and one idle source; the monitor then takes one snapshot and emits
 * "changed". Without anybody watching (property "active" FALSE) it costs the
 * pool one atomic read a change. While somebody does, it has a worker ask the kernel how
 * much of the pool is in memory, after changes and every two seconds at most. Main
 * thread only, but for the hook.
 *
 * Properties: pool (rw, boxed BagPool, nullable), active (rw, gboolean), interval (rw, guint):
 * milliseconds from one "changed" to the next, at the least.
 * Signals: "changed" () after a new snapshot; "slot-changed" () is raised for every change
 * of the pool, active or not, at most once a main loop turn: the session serves the queue of
 * the prefetcher from it.
 */
#define BAG_TYPE_POOL_MONITOR (bag_pool_monitor_get_type ())
G_DECLARE_FINAL_TYPE (BagPoolMonitor, bag_pool_monitor, BAG, POOL_MONITOR, GObject)

BagPoolMonitor *bag_pool_monitor_new (void);
void bag_pool_monitor_set_pool (BagPoolMonitor *self, BagPool *pool);
void bag_pool_monitor_set_active (BagPoolMonitor *self, gboolean active);
void bag_pool_monitor_set_interval (BagPoolMonitor *self, guint interval_ms);
const BagPoolStats *bag_pool_monitor_get_stats (BagPoolMonitor *self);
const BagSlotInfo *bag_pool_monitor_get_slots (BagPoolMonitor *self, guint *n_slots);

G_END_DECLS
