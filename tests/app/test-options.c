/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-options.h"

static BagOptions *
parse (const char *line, GError **error)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);

  return bag_options_parse ((const char *const *) argv, error);
}

static void
test_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagOptions) options = parse ("bagscope", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (options->slice, ==, 0);
  g_assert_cmpint (options->width, ==, 0);
  g_assert_cmpuint (options->pool_budget, ==, 0);
  g_assert_false (options->open_demo);
  g_assert_null (options->screenshot);
  g_assert_null (options->paths);
  for (guint i = 0; i < BAG_N_LIMITS; i++)
    g_assert_cmpuint (options->limits.values[i], ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagOptions) options = parse ("bagscope --limit=limit-frames=7 --limit deadline-slice=9000 x.dcs", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (options->limits.values[BAG_LIMIT_FRAMES], ==, 7);
  g_assert_cmpuint (options->limits.values[BAG_LIMIT_SLICE_TIME], ==, 9000);
  g_assert_cmpuint (options->limits.values[BAG_LIMIT_DEPTH], ==, 0);
}

static void
test_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagOptions) options = parse ("bagscope --slice=7 --size=1280x900 --screenshot=a.png --pool-budget=64 one.dcs two", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (options->slice, ==, 7);
  g_assert_cmpint (options->width, ==, 1280);
  g_assert_cmpint (options->height, ==, 900);
  g_assert_cmpuint (options->pool_budget, ==, 64 * 1024 * 1024);
  g_assert_cmpstr (options->screenshot, ==, "a.png");
  g_assert_cmpuint (g_strv_length (options->paths), ==, 2);
  g_assert_cmpstr (options->paths[1], ==, "two");
}

static void
test_mistakes (void)
{
  const char *const lines[] = {
    "bagscope --slice=0",
    "bagscope --limit=limit-frames",
    "bagscope --limit=limit-frames=0",
    "bagscope --limit=frames=3",
    "bagscope --slice=-1",
    "bagscope --slice=one",
    "bagscope --slice=4294967296",
    "bagscope --size=100",
    "bagscope --size=0x5",
    "bagscope --size=1280x900x3",
    "bagscope --size=1280x99999",
    "bagscope --pool-budget=0",
    "bagscope --pool-budget=-5",
    "bagscope --pool-budget=9223372036854775807",
    "bagscope --screenshot=a.png",
    "bagscope --screenshot= --demo",
    "bagscope --demo one.dcs",
    "bagscope --no-such-option",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagOptions) options = parse (lines[i], &error);

      g_test_message ("%s", lines[i]);
      g_assert_null (options);
      g_assert_true (error != NULL && error->domain == G_OPTION_ERROR);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/options/limits", test_limits);
  g_test_add_func ("/options/none", test_none);
  g_test_add_func ("/options/all", test_all);
  g_test_add_func ("/options/mistakes", test_mistakes);

  return g_test_run ();
}
