/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-settings.h"

/* The budget is kept from one run of the program to the next. */

static void
test_budget (void)
{
  g_autoptr (GSettings) settings = bag_settings_new ();
  g_autoptr (BagSession) session = bag_session_new (0);
  g_autoptr (BagSession) next = bag_session_new (0);

  g_assert_nonnull (settings);
  g_settings_set_uint (settings, "pool-budget", 256);
  bag_settings_bind_budget (settings, session);
  g_assert_cmpuint (bag_session_get_pool_budget (session), ==, 256u << 20);

  bag_session_set_pool_budget (session, 16u << 20);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 16);
  bag_session_set_pool_budget (session, (16u << 20) + 1);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 17);
  bag_settings_bind_budget (settings, next);
  g_assert_cmpuint (bag_session_get_pool_budget (next), ==, 17u << 20);

  /* Nothing set is the default, and stays so. */
  bag_session_set_pool_budget (next, 0);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 0);
  g_assert_cmpuint (bag_session_get_budget_in_force (session), ==, bag_session_get_default_budget (session));
  bag_session_set_pool_budget (next, G_MAXUINT64);
  g_assert_cmpuint (g_settings_get_uint (settings, "pool-budget"), ==, 1u << 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/settings/budget", test_budget);

  return g_test_run ();
}
