/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-pool-monitor.h"

G_BEGIN_DECLS

/* Shared by the files of BagPoolMonitor alone. */

struct _BagPoolMonitor
{
  GObject parent_instance;

  /* Owned */
  BagPool *pool;
  GSource *source;   /* made ready by the pool's hook, in any thread */
  GSource *deadline; /* made ready here alone: for what must not happen more often */
  GArray *slots;     /* of BagSlotInfo */

  BagPoolStats stats;
  gboolean is_active;
  guint interval_ms;
  gint64 last_changed; /* when "changed" was emitted */
  gboolean is_behind;  /* something has changed since then */
  guint serial;        /* of the last "slot-changed" */
  int is_dirty;        /* atomic: the source has been made ready */

  /* How much is in memory */
  gboolean is_measuring;
  gint64 last_measured;
  guint measured_serial; /* of the pool's slots when it was measured */
  guint64 measured_prefaulted;
};

/* bag-pool-monitor-residency.c */
void bag_pool_monitor_forget_residency (BagPoolMonitor *self);
gint64 bag_pool_monitor_measure_when_due (BagPoolMonitor *self, gint64 now);

/* bag-pool-monitor.c */
void bag_pool_monitor_check_deadlines (BagPoolMonitor *self);

G_END_DECLS
