/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-density.h"
#include "cli/bag-cli-json.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>

/* `analyze`: scan after scan through one pool, to see both the density of bags
 * and that the second bag costs no memory. */
typedef struct
{
  gboolean json;
  int scan;
  char **paths;

  BagDecoder *decoder;
  BagPool *pool; /* owned; made for the first scan */
  JsonBuilder *builder;
  int exit_code;
} BagCliAnalyze;

static void
fail (BagCliAnalyze *self, const char *path, const GError *error)
{
  bag_cli_print_error (path, error);
  self->exit_code = MAX (self->exit_code, BAG_CLI_FAILED);
  if (self->json)
    bag_cli_json_add_failure (self->builder, path, error);
}

static double
get_average (const BagCliDensity *density)
{
  return density->n_voxels > 0 ? density->sum / (double) density->n_voxels : NAN;
}

static void
add_json (JsonBuilder *builder, const BagCliDensity *density, const char *path, BagScan *scan, guint number)
{
  g_autofree char *text = bag_cli_path_to_text (path);

  json_builder_begin_object (builder);
  bag_cli_json_add_text (builder, "path", text);
  bag_cli_json_add_integer (builder, "scan", number);
  bag_cli_json_add_text (builder, "bag_id", bag_scan_get_bag_id (scan));
  bag_cli_json_add_integer (builder, "slices_unreadable", density->n_unreadable);
  bag_cli_json_add_number (builder, "average_density", get_average (density));
  bag_cli_json_add_number (builder, "maximum_density", density->maximum);
  bag_cli_json_add_text (builder, "units", bag_scan_get_units (scan));
  bag_cli_json_add_integer (builder, "slots_reused", density->slots_reused);
  bag_cli_json_add_integer (builder, "slots_new", density->slots_new);
  bag_cli_json_add_integer (builder, "heap_fallbacks", density->heap_fallbacks);
  bag_cli_json_add_integer (builder, "page_faults", density->page_faults);
  bag_cli_json_add_number (builder, "time_ms", density->time_ms);
  json_builder_end_object (builder);
}

static void
print_lines (const BagCliDensity *density, const char *path, BagScan *scan, guint number)
{
  const char *units = bag_scan_get_units (scan);

  printf ("path             %s\n", path);
  printf ("scan             %u\n", number);
  printf ("average_density  %.6f %s\n", get_average (density), units);
  printf ("maximum_density  %.6f %s\n", density->maximum, units);
  printf ("slots_reused     %" G_GUINT64_FORMAT "\n", density->slots_reused);
  printf ("slots_new        %" G_GUINT64_FORMAT "\n", density->slots_new);
  printf ("heap_fallbacks   %" G_GUINT64_FORMAT "\n", density->heap_fallbacks);
  printf ("page_faults      %" G_GUINT64_FORMAT "\n", density->page_faults);
  printf ("time_ms          %.3f\n\n", density->time_ms);
}

static void
analyze_scan (BagCliAnalyze *self, const char *path, BagScan *scan, guint number)
{
  g_autoptr (GError) error = NULL;
  BagCliDensity density = { 0 };

  if (!bag_cli_density_measure (&density, scan, self->decoder, &self->pool, &error))
    {
      fail (self, path, error);
      return;
    }

  if (density.n_unreadable > 0)
    self->exit_code = MAX (self->exit_code, BAG_CLI_FAILED);
  if (self->json)
    add_json (self->builder, &density, path, scan, number);
  else
    print_lines (&density, path, scan, number);
}

static void
analyze_path (BagCliAnalyze *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_cli_open (self->decoder, path, &error);
  BagCliRange range = { 0 };

  if (scans == NULL)
    fail (self, path, error);
  else if (!bag_cli_pick (scans, path, self->scan, &range))
    self->exit_code = BAG_CLI_USAGE;

  for (guint i = range.first; i < range.last; i++)
    analyze_scan (self, path, g_ptr_array_index (scans, i), i + 1);
}

static int
analyze_paths (BagCliAnalyze *self)
{
  g_autoptr (BagDecoder) decoder = bag_decoder_new (1);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  self->decoder = decoder;
  self->builder = builder;
  json_builder_begin_array (builder);
  for (char **path = self->paths; *path != NULL; path++)
    analyze_path (self, *path);
  json_builder_end_array (builder);
  if (self->json)
    bag_cli_json_print (builder);
  g_clear_pointer (&self->pool, bag_pool_unref);

  return self->exit_code;
}

/**
 * bag_cli_analyze:
 *
 * Average and maximum density in values, and what the pool did for each scan.
 */
int
bag_cli_analyze (int argc, char *argv[])
{
  BagCliAnalyze self = { .scan = BAG_CLI_ALL_SCANS };
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &self.json, N_ ("Print an array of records"), NULL },
    { "scan", 0, 0, G_OPTION_ARG_INT, &self.scan, N_ ("Only scan K of each path, from 1"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH..."), _ ("Measures the density of scans, all through one pool."), &argc, &argv, &self.exit_code))
    return self.exit_code;
  if (paths == NULL)
    return bag_cli_usage_error (_ ("analyze: a path is missing"));

  self.paths = paths;

  return analyze_paths (&self);
}
