/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-pool-monitor-private.h"

#include "bag-test-wait.h"
#include "pool/bag-slice.h"

#include <string.h>

typedef struct
{
  guint n_changed;
  guint n_slot_changed;
} Count;

static void
on_changed (BagPoolMonitor *monitor, guint *n)
{
  (*n)++;
}

static void
on_notify (BagPoolMonitor *monitor, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

static BagPoolMonitor *
new_counted (Count *count)
{
  BagPoolMonitor *monitor = bag_pool_monitor_new ();

  *count = (Count){ 0 };
  bag_pool_monitor_set_interval (monitor, 0);
  g_signal_connect (monitor, "changed", G_CALLBACK (on_changed), &count->n_changed);
  g_signal_connect (monitor, "slot-changed", G_CALLBACK (on_changed), &count->n_slot_changed);

  return monitor;
}

static void
run_pending (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The first measurement is over, and the next one is seconds away. */
static void
settle (BagPoolMonitor *monitor, Count *count)
{
  run_pending ();
  bag_test_wait_until (!monitor->is_measuring && monitor->last_measured > 0);
  run_pending ();
  *count = (Count){ 0 };
}

static void
assert_emitted (Count *count, guint n_changed, guint n_slot_changed)
{
  run_pending ();
  g_assert_cmpuint (count->n_changed, ==, n_changed);
  g_assert_cmpuint (count->n_slot_changed, ==, n_slot_changed);
  *count = (Count){ 0 };
}

static void
test_properties (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 4, NULL);
  BagPoolMonitor *monitor = bag_pool_monitor_new ();
  g_autoptr (BagPool) same = NULL;
  gboolean active = TRUE;
  guint n_notify = 0;

  g_signal_connect (monitor, "notify::pool", G_CALLBACK (on_notify), &n_notify);
  g_object_get (monitor, "pool", &same, "active", &active, NULL);
  g_assert_null (same);
  g_assert_false (active);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->n_slots, ==, 0);

  g_object_set (monitor, "pool", pool, "active", TRUE, NULL);
  g_object_set (monitor, "pool", pool, "active", TRUE, NULL);
  g_object_get (monitor, "pool", &same, "active", &active, NULL);
  g_assert_true (same == pool);
  g_assert_true (active);
  g_assert_cmpuint (n_notify, ==, 1);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->n_slots, ==, 4);
  g_assert_finalize_object (monitor);
}

static void
test_changed (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 4, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);
  BagSlice *slice = NULL;
  guint n_slots = 0;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_monitor_set_active (monitor, TRUE);
  settle (monitor, &count);

  /* Many changes, one snapshot. */
  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 100, NULL);
  bag_slice_set_tag (slice, 7);
  bag_slice_set_ready (slice);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->in_use, ==, 0);
  assert_emitted (&count, 1, 1);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->in_use, ==, 1);
  g_assert_cmpuint (bag_pool_monitor_get_slots (monitor, &n_slots)[0].tag, ==, 7);
  g_assert_cmpuint (n_slots, ==, 4);
  assert_emitted (&count, 0, 0);

  bag_slice_unref (slice);
  assert_emitted (&count, 1, 1);
}

/* A queue that is served from "slot-changed" and refused again must come to rest. */
static void
test_refusal (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 1, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_monitor_set_active (monitor, TRUE);
  settle (monitor, &count);

  g_assert_null (bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 101, NULL));
  assert_emitted (&count, 1, 0);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->refused_too_large, ==, 1);
}

/* The first change is told at once, those after it together, and the last one always. */
static void
test_interval (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 4, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);
  gint64 start = 0;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_monitor_set_active (monitor, TRUE);
  settle (monitor, &count);
  bag_pool_monitor_set_interval (monitor, 300);
  monitor->last_changed = 0;

  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    {
      bag_pool_count_scan (pool);
      run_pending ();
      g_assert_cmpuint (count.n_changed, ==, 1);
    }
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->scans, ==, 1);
  bag_test_wait_until (count.n_changed == 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 300 * 1000);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->scans, ==, 20);
  assert_emitted (&count, 2, 0);
}

/* What the system has given is told, without anybody asking for it again and again. */
static void
test_residency (void)
{
  const gsize size = 64 * 4096;
  g_autoptr (BagPool) pool = bag_pool_new (size, 1, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);
  g_autoptr (BagSlice) slice = NULL;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_monitor_set_active (monitor, TRUE);
  settle (monitor, &count);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->bytes_resident, ==, 0);

  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, size, NULL);
  memset (bag_slice_get_data (slice), 1, size);
  run_pending ();
  g_assert_false (monitor->is_measuring);
  monitor->last_measured -= 2 * G_USEC_PER_SEC;
  bag_slice_set_ready (slice);
  bag_test_wait_until (bag_pool_monitor_get_stats (monitor)->bytes_resident >= size);
  settle (monitor, &count);
  monitor->last_measured -= 2 * G_USEC_PER_SEC;
  assert_emitted (&count, 0, 0);
  g_assert_false (monitor->is_measuring);
}

/* Hidden while it is measured, and gone. */
static void
test_residency_finalized (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 1, NULL);

  for (guint i = 0; i < 20; i++)
    {
      BagPoolMonitor *monitor = bag_pool_monitor_new ();

      bag_pool_monitor_set_pool (monitor, pool);
      bag_pool_monitor_set_active (monitor, TRUE);
      g_assert_true (monitor->is_measuring);
      g_assert_finalize_object (monitor);
    }
  bag_test_drain ();
}

static void
test_inactive (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 4, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);
  g_autoptr (BagSlice) slice = NULL;

  bag_pool_monitor_set_pool (monitor, pool);
  assert_emitted (&count, 0, 1);
  slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 100, NULL);
  assert_emitted (&count, 0, 1);

  /* Asked all the same, it tells the truth. */
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->in_use, ==, 1);
  bag_pool_monitor_set_active (monitor, TRUE);
  g_assert_cmpuint (count.n_changed, ==, 1);
}

static void
test_divided (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (2 << 20, 100, 4, NULL);
  g_autoptr (BagPoolMonitor) monitor = bag_pool_monitor_new ();
  guint n_slots = 0;

  bag_pool_monitor_set_pool (monitor, pool);
  bag_pool_divide (pool, 100, 40, NULL);
  bag_pool_monitor_get_slots (monitor, &n_slots);
  g_assert_cmpuint (n_slots, ==, 40);
  bag_pool_divide (pool, 200, 3, NULL);
  bag_pool_monitor_get_slots (monitor, &n_slots);
  g_assert_cmpuint (n_slots, ==, 3);
}

static void
test_other_pool (void)
{
  g_autoptr (BagPool) first = bag_pool_new (100, 4, NULL);
  g_autoptr (BagPool) second = bag_pool_new (100, 5, NULL);
  Count count;
  g_autoptr (BagPoolMonitor) monitor = new_counted (&count);
  g_autoptr (BagSlice) slice = NULL;

  bag_pool_monitor_set_pool (monitor, first);
  bag_pool_monitor_set_pool (monitor, second);
  assert_emitted (&count, 0, 1);
  slice = bag_pool_acquire (first, BAG_POOL_CLASS_VIEW, 1, NULL);
  assert_emitted (&count, 0, 0);
  bag_pool_monitor_set_pool (monitor, NULL);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->n_slots, ==, 0);
}

static gpointer
churn (gpointer data)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (BagSlice) slice = bag_pool_acquire (data, BAG_POOL_CLASS_VIEW, 1, NULL);
    }

  return NULL;
}

/* The pool goes on in another thread while monitors come and go. */
static void
test_finalized_meanwhile (void)
{
  g_autoptr (BagPool) pool = bag_pool_new (100, 4, NULL);
  GThread *thread = g_thread_new ("churn", churn, pool);

  for (guint i = 0; i < 200; i++)
    {
      BagPoolMonitor *monitor = bag_pool_monitor_new ();

      bag_pool_monitor_set_pool (monitor, pool);
      bag_pool_monitor_set_active (monitor, i % 2);
      g_main_context_iteration (NULL, FALSE);
      g_assert_finalize_object (monitor);
    }
  g_thread_join (thread);
  run_pending ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool-monitor/properties", test_properties);
  g_test_add_func ("/pool-monitor/changed", test_changed);
  g_test_add_func ("/pool-monitor/refusal", test_refusal);
  g_test_add_func ("/pool-monitor/interval", test_interval);
  g_test_add_func ("/pool-monitor/residency", test_residency);
  g_test_add_func ("/pool-monitor/residency-finalized", test_residency_finalized);
  g_test_add_func ("/pool-monitor/inactive", test_inactive);
  g_test_add_func ("/pool-monitor/divided", test_divided);
  g_test_add_func ("/pool-monitor/other-pool", test_other_pool);
  g_test_add_func ("/pool-monitor/finalized-meanwhile", test_finalized_meanwhile);

  return g_test_run ();
}
