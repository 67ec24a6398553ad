/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include <string.h>

#define SLOT_SIZE 1000

static GArray *
new_report (void)
{
  return g_array_new (FALSE, FALSE, sizeof (BagPoolOutstanding));
}

static const BagPoolOutstanding *
find (GArray *report, guint64 tag)
{
  for (guint i = 0; i < report->len; i++)
    if (g_array_index (report, BagPoolOutstanding, i).tag == tag)
      return &g_array_index (report, BagPoolOutstanding, i);

  g_assert_not_reached ();
}

static void
test_nothing_out (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 4);
  g_autoptr (GArray) report = new_report ();

  bag_slice_unref (acquire (pool, BAG_POOL_CLASS_VIEW));
  g_assert_cmpuint (bag_pool_close (pool, report), ==, 0);
  g_assert_cmpuint (report->len, ==, 0);
}

/* In a slot of the present cut, in one of an earlier cut, and on the heap. */
static void
test_report (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_with_reservation (1 << 20, SLOT_SIZE, 4, NULL);
  g_autoptr (BagSlice) leaving = acquire (pool, BAG_POOL_CLASS_PREFETCH);
  g_autoptr (BagSlice) current = NULL;
  g_autoptr (BagSlice) heap = NULL;
  g_autoptr (GArray) report = new_report ();
  gint64 start = 0;

  bag_slice_set_tag (leaving, 7);
  g_assert_true (bag_pool_divide (pool, 2 * SLOT_SIZE, 4, NULL));
  current = acquire (pool, BAG_POOL_CLASS_LOAD);
  bag_slice_set_tag (current, 8);
  bag_slice_set_ready (current);
  heap = bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, 5 * SLOT_SIZE, NULL);
  bag_slice_set_tag (heap, 9);

  start = g_get_monotonic_time ();
  while (g_get_monotonic_time () - start < 30 * 1000)
    ;
  g_assert_cmpuint (bag_pool_close (pool, report), ==, 3);
  g_assert_cmpuint (report->len, ==, 3);

  g_assert_cmpuint (find (report, 7)->slot, ==, 0);
  g_assert_cmpint (find (report, 7)->state, ==, BAG_SLOT_FILLING);
  g_assert_cmpint (find (report, 7)->class, ==, BAG_POOL_CLASS_PREFETCH);
  g_assert_cmpuint (find (report, 7)->size, ==, SLOT_SIZE);
  g_assert_cmpint (find (report, 8)->state, ==, BAG_SLOT_READY);
  g_assert_cmpuint (find (report, 8)->slot, ==, bag_slice_get_slot (current));
  g_assert_cmpuint (find (report, 9)->slot, ==, G_MAXUINT);
  g_assert_cmpuint (find (report, 9)->size, ==, 5 * SLOT_SIZE);
  for (guint tag = 7; tag <= 9; tag++)
    {
      g_assert_cmpint (find (report, tag)->age, >=, 10 * 1000);
      g_assert_cmpint (find (report, tag)->age, <, 60 * G_USEC_PER_SEC);
    }

  /* What is out stays valid, and a second close tells what is out by then. */
  memset (bag_slice_get_data (leaving), 1, SLOT_SIZE);
  g_clear_pointer (&leaving, bag_slice_unref);
  g_clear_pointer (&heap, bag_slice_unref);
  g_assert_cmpuint (bag_pool_close (pool, NULL), ==, 1);
}

static void
test_heap_list (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  BagSlice *slices[5];
  const guint order[] = { 2, 1, 4, 0, 3 };

  if (skip_where_fatal ())
    return;

  for (guint i = 0; i < 5; i++)
    slices[i] = bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE + i, NULL);
  g_assert_cmpuint (get_checked_stats (pool).heap_bytes, ==, 5 * SLOT_SIZE + 10);
  g_test_expect_message ("bag-pool", G_LOG_LEVEL_WARNING, "*belongs to no slice*");
  g_assert_null (bag_pool_find_slice (pool, &pool));
  g_test_assert_expected_messages ();
  for (guint i = 0; i < 5; i++)
    {
      bag_slice_unref (slices[order[i]]);
      for (guint k = i + 1; k < 5; k++)
        g_assert_true (bag_pool_find_slice (pool, bag_slice_get_data (slices[order[k]])) == slices[order[k]]);
      g_assert_cmpuint (get_checked_stats (pool).heap_in_use, ==, 4 - i);
    }
  g_assert_cmpuint (get_checked_stats (pool).heap_bytes, ==, 0);
}

/* A loader that is to do without a pool still has its slices counted. */
static void
test_without_slots (void)
{
  g_autoptr (BagPool) pool = bag_pool_new_without_slots ();
  g_autoptr (BagSlice) slice = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_TOO_LARGE);
  slice = bag_pool_acquire_heap (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE, NULL);
  memset (bag_slice_get_data (slice), 1, SLOT_SIZE);
  g_assert_true (bag_slice_set_ready (slice));
  g_assert_cmpint (bag_slice_get_memory_policy (slice), ==, BAG_MEMORY_POLICY_HEAP);
  g_assert_cmpuint (get_checked_stats (pool).heap_fallbacks, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).bytes_reserved, ==, 0);
  bag_pool_prefault_async (pool);
  g_assert_true (bag_pool_measure_residency (pool));
  g_assert_cmpuint (get_checked_stats (pool).bytes_resident, ==, 0);

  g_assert_false (bag_pool_divide (pool, SLOT_SIZE, 1, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY);
  g_clear_error (&error);
  g_assert_false (bag_pool_resize (pool, 1, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID);
  g_assert_cmpuint (bag_pool_close (pool, NULL), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/close/nothing-out", test_nothing_out);
  g_test_add_func ("/pool/close/report", test_report);
  g_test_add_func ("/pool/heap-list", test_heap_list);
  g_test_add_func ("/pool/without-slots", test_without_slots);

  return g_test_run ();
}
