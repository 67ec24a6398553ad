/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-wait.h"

static gboolean
on_limit (gpointer is_over)
{
  *(gboolean *) is_over = TRUE;

  return G_SOURCE_CONTINUE;
}

/**
 * bag_test_limit_start:
 * @is_over: set when a test has taken too long
 *
 * Returns: the source to remove in time
 */
guint
bag_test_limit_start (gboolean *is_over)
{
  return g_timeout_add_seconds (BAG_TEST_LIMIT_SECONDS, on_limit, is_over);
}

/**
 * bag_test_drain:
 *
 * Runs what the main context has ready, and waits for nothing.
 */
void
bag_test_drain (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}
