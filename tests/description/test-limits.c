/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "description/bag-limits.h"

#include <string.h>

static void
test_check (void)
{
  BagLimits limits;

  bag_limits_init_widest (&limits);
  g_assert_true (bag_limits_check (&limits));
  bag_limits_init (&limits);
  g_assert_true (bag_limits_check (&limits));
  for (guint i = 0; i < BAG_N_LIMITS; i++)
    {
      const BagLimitInfo *info = bag_limit_get_info ((BagLimit) i);
      BagLimits one = limits;

      g_assert_cmpuint (info->least, >, 0); /* 0 stands for one that is not given */
      one.values[i] = info->least - 1;
      g_assert_false (bag_limits_check (&one));
      one.values[i] = info->least;
      g_assert_true (bag_limits_check (&one));
      one.values[i] = info->most;
      g_assert_true (bag_limits_check (&one));
      one.values[i] = info->most + 1;
      g_assert_false (bag_limits_check (&one));
    }
}

/* Whatever is wanted, the result is one that may be set. */
static void
test_set (void)
{
  BagLimits limits;

  bag_limits_init (&limits);
  bag_limits_set (&limits, BAG_LIMIT_DEPTH, 0);
  g_assert_cmpuint (limits.values[BAG_LIMIT_DEPTH], ==, 4);
  bag_limits_set (&limits, BAG_LIMIT_DEPTH, G_MAXUINT64);
  g_assert_cmpuint (limits.values[BAG_LIMIT_DEPTH], ==, 120);
  bag_limits_set (&limits, BAG_LIMIT_DEPTH, 70);
  g_assert_cmpuint (limits.values[BAG_LIMIT_DEPTH], ==, 70);
  bag_limits_set (&limits, BAG_LIMIT_FILE_SIZE, 1u << 20);
  g_assert_cmpuint (bag_limits_get_bytes (&limits, BAG_LIMIT_FILE_SIZE), ==, G_GUINT64_CONSTANT (1) << 40);
}

static void
test_override (void)
{
  g_autoptr (GError) error = NULL;
  BagLimits given = { { 0 } };
  BagLimits limits;

  g_assert_true (bag_limits_parse (&given, "limit-frames=7", &error));
  g_assert_true (bag_limits_parse (&given, "deadline-pixels=600000", &error));
  g_assert_no_error (error);
  bag_limits_init (&limits);
  bag_limits_override (&limits, &given);
  g_assert_cmpuint (limits.values[BAG_LIMIT_FRAMES], ==, 7);
  g_assert_cmpuint (limits.values[BAG_LIMIT_PIXEL_TIME], ==, 600000);
  g_assert_cmpuint (limits.values[BAG_LIMIT_DEPTH], ==, 64);

  g_assert_false (bag_limits_parse (&given, "limit-frames=0", &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_assert_nonnull (strstr (error->message, "1 to 131072"));
  g_assert_cmpuint (given.values[BAG_LIMIT_FRAMES], ==, 7);
}

static void
test_words (void)
{
  g_autoptr (GError) error = NULL;
  BagLimits limits;

  bag_limits_init (&limits);
  bag_limits_set_error (&error, &limits, BAG_LIMIT_HEADER_SIZE, "The header has %u bytes", 70u << 20);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "The header has 73400320 bytes, more than the limit of 64 MiB (setting limit-header-size)");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/limits/check", test_check);
  g_test_add_func ("/limits/set", test_set);
  g_test_add_func ("/limits/override", test_override);
  g_test_add_func ("/limits/words", test_words);

  return g_test_run ();
}
