/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-fds.h"

/**
 * bag_test_count_fds:
 *
 * To see that as many are open afterwards as before.
 *
 * Returns: how many files this process has open, and one more
 */
guint
bag_test_count_fds (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}
