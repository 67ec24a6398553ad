/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets/bag-scroll-steps.h"

#include <math.h>

static void
test_notches (void)
{
  double rest = 0;

  g_assert_cmpint (bag_scroll_steps_add (&rest, 1), ==, 1);
  g_assert_cmpint (bag_scroll_steps_add (&rest, 1), ==, 1);
  g_assert_cmpint (bag_scroll_steps_add (&rest, -1), ==, -1);
  g_assert_cmpint (bag_scroll_steps_add (&rest, -3), ==, -3);
  g_assert_cmpint (bag_scroll_steps_add (&rest, 0), ==, 0);
}

static void
test_fractions (void)
{
  double rest = 0;
  int sum = 0;

  for (guint i = 0; i < 40; i++)
    sum += bag_scroll_steps_add (&rest, 0.125);
  g_assert_cmpint (sum, ==, 5);

  for (guint i = 0; i < 40; i++)
    sum += bag_scroll_steps_add (&rest, -0.125);
  g_assert_cmpint (sum, ==, 0);
}

/* What was left over downwards does not hold back the way up. */
static void
test_turning_round (void)
{
  double rest = 0;

  g_assert_cmpint (bag_scroll_steps_add (&rest, 0.875), ==, 0);
  g_assert_cmpint (bag_scroll_steps_add (&rest, -1), ==, -1);
  g_assert_cmpfloat (rest, ==, 0);
}

static void
test_odd_numbers (void)
{
  double rest = 0.5;

  g_assert_cmpint (bag_scroll_steps_add (&rest, NAN), ==, 0);
  g_assert_cmpint (bag_scroll_steps_add (&rest, INFINITY), ==, 0);
  g_assert_cmpint (bag_scroll_steps_add (&rest, 1e300), ==, 100000);
  g_assert_cmpint (bag_scroll_steps_add (&rest, -1e300), ==, -100000);
}

static void
test_pixels (void)
{
  g_assert_cmpfloat (bag_scroll_steps_get_notches (GDK_SCROLL_UNIT_WHEEL, -2), ==, -2);
  g_assert_cmpfloat (bag_scroll_steps_get_notches (GDK_SCROLL_UNIT_SURFACE, -25), ==, -2.5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scroll-steps/notches", test_notches);
  g_test_add_func ("/scroll-steps/fractions", test_fractions);
  g_test_add_func ("/scroll-steps/turning-round", test_turning_round);
  g_test_add_func ("/scroll-steps/odd-numbers", test_odd_numbers);
  g_test_add_func ("/scroll-steps/pixels", test_pixels);

  return g_test_run ();
}
