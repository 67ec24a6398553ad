/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench.h"

#include "cli/bag-cli-bench-decode.h"
#include "cli/bag-cli-bench-folder.h"
#include "cli/bag-cli-bench-open.h"
#include "cli/bag-cli-bench-pool.h"
#include "cli/bag-cli-bench-window.h"
#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"

#include <glib/gi18n.h>

/* `bench`: the program's own paths beside the floor that the machine sets.
 * A ratio holds on a busy machine too, where times do not. */

typedef struct
{
  const char *name;
  gboolean (*run) (const char *path, GArray *results, GError **error);
} BagCliBench;

static const BagCliBench benches[] = {
  { "decode", bag_cli_bench_decode },
  { "folder", bag_cli_bench_folder },
  { "open", bag_cli_bench_open },
  { "pool", bag_cli_bench_pool },
  { "window", bag_cli_bench_window },
};

static const BagCliBench *
find_bench (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (benches); i++)
    if (g_str_equal (name, benches[i].name))
      return &benches[i];

  return NULL;
}

static int
run_bench (const BagCliBench *bench, const char *path, gboolean json)
{
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));
  g_autoptr (GError) error = NULL;

  if (!bench->run (path, results, &error))
    {
      bag_cli_print_error (path != NULL ? path : bench->name, error);
      return BAG_CLI_FAILED;
    }

  bag_cli_bench_print (bench->name, results, json);

  return BAG_CLI_GOOD;
}

/**
 * bag_cli_bench:
 *
 * `bench NAME [FILE]`: without FILE on a made-up bag, or a folder of them.
 */
int
bag_cli_bench (int argc, char *argv[])
{
  g_auto (GStrv) arguments = NULL;
  const BagCliBench *bench = NULL;
  gboolean json = FALSE;
  int exit_code = BAG_CLI_GOOD;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print one object with all results"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &arguments, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("NAME [FILE]"), _ ("Measures one of the program's own paths: decode, folder, open; pool and window without a file."), &argc, &argv, &exit_code))
    return exit_code;
  if (arguments == NULL || g_strv_length (arguments) > 2)
    return bag_cli_usage_error (_ ("bench: give a name and at most one file"));
  bench = find_bench (arguments[0]);
  if (bench == NULL)
    return bag_cli_usage_error (_ ("bench: there is no bench “%s”"), arguments[0]);

  return run_bench (bench, arguments[1], json);
}
