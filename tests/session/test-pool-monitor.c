/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session/bag-pool-monitor.h"

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
  run_pending ();
  count = (Count){ 0 };

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
  run_pending ();
  count = (Count){ 0 };

  g_assert_null (bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 101, NULL));
  assert_emitted (&count, 1, 0);
  g_assert_cmpuint (bag_pool_monitor_get_stats (monitor)->refused_too_large, ==, 1);
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
  g_test_add_func ("/pool-monitor/inactive", test_inactive);
  g_test_add_func ("/pool-monitor/divided", test_divided);
  g_test_add_func ("/pool-monitor/other-pool", test_other_pool);
  g_test_add_func ("/pool-monitor/finalized-meanwhile", test_finalized_meanwhile);

  return g_test_run ();
}
