/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Iterates the main context until @condition holds. No test sleeps, and none asserts how
 * long anything takes: the limit only ends a test that would hang. */
#define BAG_TEST_LIMIT_SECONDS 60

guint bag_test_limit_start (gboolean *is_over);

#define bag_test_wait_until(condition)                                   \
  G_STMT_START                                                           \
  {                                                                      \
    gboolean bag_test_is_over = FALSE;                                   \
    guint bag_test_limit = bag_test_limit_start (&bag_test_is_over);     \
                                                                         \
    while (!(condition) && !bag_test_is_over)                            \
      g_main_context_iteration (NULL, TRUE);                             \
    if (bag_test_is_over)                                                \
      g_error ("%s:%d: never came: %s", __FILE__, __LINE__, #condition); \
    g_source_remove (bag_test_limit);                                    \
  }                                                                      \
  G_STMT_END

void bag_test_drain (void);

G_END_DECLS
