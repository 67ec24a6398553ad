/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-monitor"

#include "config.h"

#include "session/bag-pool-monitor-private.h"

#include "pool/bag-hand-over.h"

#include <gio/gio.h>

/*
 * How much of the pool is in memory, only the kernel knows, and it takes milliseconds to
 * say: asked in a worker, after something has changed that may have changed it, and not more
 * often than every two seconds. Nobody is asked while nobody looks.
 */
#define LEAST_INTERVAL_US (2 * G_USEC_PER_SEC)

typedef struct
{
  GWeakRef monitor;
  BagPool *pool; /* Owned */
} Measurement;

static Measurement *
measurement_new (BagPoolMonitor *monitor)
{
  Measurement *self = g_new0 (Measurement, 1);

  g_weak_ref_init (&self->monitor, monitor);
  self->pool = bag_pool_ref (monitor->pool);

  return self;
}

static void
measurement_free (gpointer data)
{
  Measurement *self = data;

  g_weak_ref_clear (&self->monitor);
  bag_pool_unref (self->pool);
  g_free (self);
}

static void
measure (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Measurement *measurement = task_data;
  gboolean is_measured = FALSE;

  bag_hand_over_take (task);
  is_measured = bag_pool_measure_residency (measurement->pool);
  bag_hand_over_give (task);
  g_task_return_boolean (task, is_measured);
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Measurement *measurement = g_task_get_task_data (G_TASK (result));
  g_autoptr (BagPoolMonitor) self = g_weak_ref_get (&measurement->monitor);

  bag_hand_over_take (result);
  if (self == NULL || self->pool != measurement->pool)
    return;

  self->is_measuring = FALSE;
  self->last_measured = g_get_monotonic_time ();
  bag_pool_monitor_check_deadlines (self);
}

static void
start (BagPoolMonitor *self)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_measured, NULL);

  self->is_measuring = TRUE;
  self->measured_serial = bag_pool_get_change_serial (self->pool);
  self->measured_prefaulted = self->stats.bytes_prefaulted;
  g_task_set_name (task, "[bagscope] measure residency");
  g_task_set_source_tag (task, start);
  g_task_set_priority (task, G_PRIORITY_LOW);
  g_task_set_task_data (task, measurement_new (self), measurement_free);
  bag_hand_over_give (task);
  g_task_run_in_thread (task, measure);
}

/* Another pool: what was measured is of the former one, and what still comes does not count. */
void
bag_pool_monitor_forget_residency (BagPoolMonitor *self)
{
  self->is_measuring = FALSE;
  self->last_measured = 0;
  self->measured_serial = self->pool != NULL ? bag_pool_get_change_serial (self->pool) - 1 : 0;
  self->measured_prefaulted = 0;
}

static gboolean
is_stale (BagPoolMonitor *self)
{
  return self->measured_serial != bag_pool_get_change_serial (self->pool) || self->measured_prefaulted != self->stats.bytes_prefaulted;
}

/* Returns: when to call again, in the time of g_get_monotonic_time(); -1: after the next change */
gint64
bag_pool_monitor_measure_when_due (BagPoolMonitor *self, gint64 now)
{
  if (self->pool == NULL || !self->is_active || self->is_measuring || !is_stale (self))
    return -1;
  if (self->last_measured > 0 && now < self->last_measured + LEAST_INTERVAL_US)
    return self->last_measured + LEAST_INTERVAL_US;

  start (self);

  return -1;
}
