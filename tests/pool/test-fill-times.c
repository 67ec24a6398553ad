/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool/bag-fill-times.h"

static void
test_none (void)
{
  BagFillTimes times;

  bag_fill_times_clear (&times);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 50), ==, 0);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 100), ==, 0);
}

/* Of one time every percentile is that time, within an eighth; up to 15 it is exact. */
static void
test_one (void)
{
  for (guint64 time = 0; time <= G_MAXUINT32; time += 1 + time / 13)
    {
      BagFillTimes times = { 0 };
      guint64 found = 0;

      bag_fill_times_add (&times, time);
      found = bag_fill_times_get_percentile (&times, 50);
      g_assert_cmpuint (bag_fill_times_get_percentile (&times, 1), ==, found);
      g_assert_cmpuint (bag_fill_times_get_percentile (&times, 100), ==, found);
      if (time < 16)
        g_assert_cmpuint (found, ==, time);
      g_assert_cmpuint (found, <=, time + time / 8);
      g_assert_cmpuint (found, >=, time - time / 8);
    }
}

static void
test_longest (void)
{
  BagFillTimes times = { 0 };

  bag_fill_times_add (&times, G_MAXUINT64);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 50), >, G_MAXUINT32 / 8 * 7);
  g_assert_cmpuint (times.counts[BAG_FILL_TIMES_N_STEPS - 1], ==, 1);
}

/* 90 short ones and 10 long ones: the ninetieth is short, the next one is not. */
static void
test_rank (void)
{
  BagFillTimes times = { 0 };

  for (guint i = 0; i < 100; i++)
    bag_fill_times_add (&times, i % 10 == 0 ? 1000000 : 4);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 1), ==, 4);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 50), ==, 4);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 90), ==, 4);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 91), >, 800000);
  g_assert_cmpuint (bag_fill_times_get_percentile (&times, 95), >, 800000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fill-times/none", test_none);
  g_test_add_func ("/fill-times/one", test_one);
  g_test_add_func ("/fill-times/longest", test_longest);
  g_test_add_func ("/fill-times/rank", test_rank);

  return g_test_run ();
}
