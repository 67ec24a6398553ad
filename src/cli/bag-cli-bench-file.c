/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-file.h"

#include <glib/gstdio.h>

#define MADE_UP_SLICES 64u

/**
 * bag_cli_bench_made_up_bag:
 * @syntax: how its file is written
 * @run: what to measure with it
 * @results: (element-type BagCliBenchResult): for @run
 *
 * Writes a made-up bag to a file that is gone afterwards.
 *
 * Returns: what @run does; %FALSE where there is no such file
 */
gboolean
bag_cli_bench_made_up_bag (BagDicosSyntax syntax, BagCliBenchFileFunc run, GArray *results, GError **error)
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (BAG_PHANTOM_COLUMNS, BAG_PHANTOM_ROWS, MADE_UP_SLICES, BAG_PHANTOM_SEED, error);
  g_autofree char *folder = g_dir_make_tmp ("bagscope-XXXXXX", error);
  g_autofree char *path = NULL;
  gboolean good = FALSE;

  if (phantom == NULL || folder == NULL)
    return FALSE;

  path = g_build_filename (folder, "bag.dcs", NULL);
  good = bag_dicos_writer_write (phantom, path, syntax, BAG_DICOS_FLAVOR_TOOLKIT, error) && run (path, results, error);
  g_unlink (path);
  g_rmdir (folder);

  return good;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

/**
 * bag_cli_bench_get_median_ms:
 * @times: in µs; sorted afterwards
 *
 * Returns: the median in ms, never 0
 */
double
bag_cli_bench_get_median_ms (gint64 times[BAG_CLI_BENCH_ROUNDS])
{
  qsort (times, BAG_CLI_BENCH_ROUNDS, sizeof *times, compare_times);

  return (double) MAX (times[BAG_CLI_BENCH_ROUNDS / 2], 1) / 1000.0;
}
