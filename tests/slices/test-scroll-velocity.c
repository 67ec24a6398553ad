/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "slices/bag-scroll-velocity.h"

#define SECOND G_USEC_PER_SEC
#define START (1000 * SECOND)

/* Steps of @slices each, at a rate of @rate a second. Returns: when the last was made */
static gint64
scroll (BagScrollVelocity *self, guint from, int slices, guint n_steps, guint rate, gint64 start)
{
  for (guint i = 0; i < n_steps; i++)
    bag_scroll_velocity_step (self, (guint) ((int) from + (int) i * slices), start + i * SECOND / rate);

  return start + (n_steps - 1) * SECOND / rate;
}

static BagScrollForecast
forecast_at (const BagScrollVelocity *self, gint64 time)
{
  BagScrollForecast forecast;

  bag_scroll_velocity_get (self, time, &forecast);

  return forecast;
}

static void
test_unmoved (void)
{
  BagScrollVelocity self;
  BagScrollForecast forecast;

  bag_scroll_velocity_init (&self);
  for (guint i = 0; i < 2; i++)
    {
      forecast = forecast_at (&self, START);
      g_assert_cmpint (forecast.direction, ==, 0);
      g_assert_cmpfloat (forecast.speed, ==, 0);
      g_assert_cmpfloat (forecast.turning, ==, 0);
      bag_scroll_velocity_step (&self, 7, START);
    }
}

/* A steady pace comes out as itself, either way. */
static void
test_steady (void)
{
  for (int direction = -1; direction <= 1; direction += 2)
    for (guint rate = 10; rate <= 160; rate *= 2)
      {
        BagScrollVelocity self;
        BagScrollForecast forecast;
        gint64 end;

        bag_scroll_velocity_init (&self);
        end = scroll (&self, 5000, direction, 5 * rate, rate, START);
        forecast = forecast_at (&self, end + SECOND / (2 * rate));
        g_assert_cmpint (forecast.direction, ==, direction);
        g_assert_cmpfloat_with_epsilon (forecast.speed, rate, 0.03 * rate);
        g_assert_cmpfloat_with_epsilon (forecast.turning, 0, 1e-9);
      }
}

/* A flick is known after a tenth of a second, and forgotten as soon. */
static void
test_flick (void)
{
  BagScrollVelocity self;
  gint64 end;

  bag_scroll_velocity_init (&self);
  end = scroll (&self, 100, 1, 16, 125, START);
  g_assert_cmpfloat (forecast_at (&self, end).speed, >, 62);
  g_assert_cmpfloat (forecast_at (&self, end + SECOND).speed, <, 1);
  g_assert_cmpint (forecast_at (&self, end + SECOND).direction, ==, 1);
}

static void
test_turn (void)
{
  BagScrollVelocity self;
  BagScrollForecast forecast;
  gint64 end;

  bag_scroll_velocity_init (&self);
  end = scroll (&self, 100, 1, 60, 60, START);
  end = scroll (&self, 158, -1, 1, 60, end + SECOND / 60);
  forecast = forecast_at (&self, end);
  g_assert_cmpint (forecast.direction, ==, -1);
  g_assert_cmpfloat (forecast.speed, ==, 0);

  end = scroll (&self, 157, -1, 59, 60, end + SECOND / 60);
  forecast = forecast_at (&self, end);
  g_assert_cmpfloat_with_epsilon (forecast.speed, 60, 3);
  g_assert_cmpfloat (forecast.turning, >, 0.3);
}

static void
test_to_and_fro (void)
{
  BagScrollVelocity self;
  gint64 end = START;

  bag_scroll_velocity_init (&self);
  for (guint i = 0; i < 30; i++)
    {
      end = scroll (&self, 100, 1, 5, 15, end + SECOND / 15);
      end = scroll (&self, 103, -1, 3, 15, end + SECOND / 15);
    }
  g_assert_cmpfloat (forecast_at (&self, end).turning, >, 0.8);
  g_assert_cmpfloat (forecast_at (&self, end).turning, <=, 1);
}

/* Whoever jumps leaves what was before behind. */
static void
test_jump (void)
{
  BagScrollVelocity self;
  BagScrollForecast forecast;
  gint64 end;

  bag_scroll_velocity_init (&self);
  end = scroll (&self, 100, 1, 60, 60, START);
  bag_scroll_velocity_step (&self, 500, end + SECOND / 60);
  forecast = forecast_at (&self, end + SECOND / 60);
  g_assert_cmpint (forecast.direction, ==, 0);
  g_assert_cmpfloat (forecast.speed, ==, 0);
  g_assert_cmpfloat (forecast.turning, ==, 0);
}

/* Neither what is asked for twice nor a clock that stands still does harm. */
static void
test_same (void)
{
  BagScrollVelocity self, before;

  bag_scroll_velocity_init (&self);
  scroll (&self, 10, 1, 3, 10, START);
  before = self;
  bag_scroll_velocity_step (&self, 12, START + SECOND);
  g_assert_cmpfloat (self.fast, ==, before.fast);
  g_assert_cmpint (self.time, ==, before.time);

  bag_scroll_velocity_step (&self, 13, before.time);
  bag_scroll_velocity_step (&self, 14, before.time - 5);
  g_assert_true (forecast_at (&self, before.time).speed > 0 && forecast_at (&self, before.time).speed < 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scroll-velocity/unmoved", test_unmoved);
  g_test_add_func ("/scroll-velocity/steady", test_steady);
  g_test_add_func ("/scroll-velocity/flick", test_flick);
  g_test_add_func ("/scroll-velocity/turn", test_turn);
  g_test_add_func ("/scroll-velocity/to-and-fro", test_to_and_fro);
  g_test_add_func ("/scroll-velocity/jump", test_jump);
  g_test_add_func ("/scroll-velocity/same", test_same);

  return g_test_run ();
}
