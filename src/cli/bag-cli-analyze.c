/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-density.h"
#include "cli/bag-cli-json.h"
#include "cli/bag-cli-visit.h"
#include "session/bag-pool-export.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>

/* `analyze`: scan after scan through one pool, to see both the density of bags
 * and that the second bag costs no memory. */

typedef struct
{
  BagPool *pool; /* Owned; made for the first scan */
  int n_slots;
  gboolean with_figures;
} Analysis;

static double
get_average (const BagCliDensity *density)
{
  return density->n_voxels > 0 ? density->sum / (double) density->n_voxels : NAN;
}

static double
get_maximum (const BagCliDensity *density)
{
  return density->n_voxels > 0 ? density->maximum : NAN;
}

/* All figures of the pool, as the window saves them. */
static void
add_figures (JsonBuilder *builder, BagPool *pool)
{
  BagPoolStats stats = { 0 };
  g_autofree char *json = NULL;
  g_autoptr (JsonNode) node = NULL;

  bag_pool_get_stats (pool, &stats);
  json = bag_pool_export_to_json (&stats);
  node = json_from_string (json, NULL);
  json_builder_set_member_name (builder, "pool");
  json_builder_add_value (builder, g_steal_pointer (&node));
}

static void
add_json (JsonBuilder *builder, const BagCliDensity *density, const char *path, BagScan *scan, guint number, const Analysis *analysis)
{
  g_autofree char *text = bag_cli_path_to_text (path);

  json_builder_begin_object (builder);
  bag_cli_json_add_text (builder, "path", text);
  bag_cli_json_add_integer (builder, "scan", number);
  bag_cli_json_add_text (builder, "bag_id", bag_scan_get_bag_id (scan));
  bag_cli_json_add_integer (builder, "slices_unreadable", density->n_unreadable);
  bag_cli_json_add_number (builder, "average_density", get_average (density));
  bag_cli_json_add_number (builder, "maximum_density", get_maximum (density));
  bag_cli_json_add_text (builder, "units", bag_scan_get_units (scan));
  bag_cli_json_add_integer (builder, "voxels_without_value", density->n_no_value);
  bag_cli_json_add_integer (builder, "slots_reused", density->slots_reused);
  bag_cli_json_add_integer (builder, "slots_new", density->slots_new);
  bag_cli_json_add_integer (builder, "heap_fallbacks", density->heap_fallbacks);
  bag_cli_json_add_integer (builder, "slices_in_slots", density->slices_in_slots);
  bag_cli_json_add_integer (builder, "slices_on_heap", density->slices_on_heap);
  bag_cli_json_add_integer (builder, "page_faults", density->page_faults);
  bag_cli_json_add_number (builder, "time_ms", density->time_ms);
  if (analysis->with_figures)
    add_figures (builder, analysis->pool);
  json_builder_end_object (builder);
}

static void
print_lines (const BagCliDensity *density, const char *path, BagScan *scan, guint number)
{
  const char *units = bag_scan_get_units (scan);

  printf ("path             %s\n", path);
  printf ("scan             %u\n", number);
  printf ("average_density  %.6f %s\n", get_average (density), units);
  printf ("maximum_density  %.6f %s\n", get_maximum (density), units);
  if (density->n_no_value > 0)
    printf ("without_value    %" G_GUINT64_FORMAT " voxels, left out\n", density->n_no_value);
  printf ("slots_reused     %" G_GUINT64_FORMAT "\n", density->slots_reused);
  printf ("slots_new        %" G_GUINT64_FORMAT "\n", density->slots_new);
  printf ("heap_fallbacks   %" G_GUINT64_FORMAT "\n", density->heap_fallbacks);
  printf ("slices_in_slots  %u\n", density->slices_in_slots);
  printf ("slices_on_heap   %u\n", density->slices_on_heap);
  printf ("page_faults      %" G_GUINT64_FORMAT "\n", density->page_faults);
  printf ("time_ms          %.3f\n\n", density->time_ms);
}

static void
print_figures (BagPool *pool)
{
  BagPoolStats stats = { 0 };
  g_autofree char *text = NULL;

  if (pool != NULL)
    bag_pool_get_stats (pool, &stats);
  text = bag_pool_export_to_text (&stats);
  printf ("%s", text);
}

/* @user_data: an Analysis */
static void
analyze_scan (BagCliVisit *visit, const char *path, BagScan *scan, guint number, gpointer user_data)
{
  Analysis *analysis = user_data;
  g_autoptr (GError) error = NULL;
  BagCliDensity density = { 0 };

  if (!bag_cli_density_measure (&density, scan, visit->decoder, analysis->n_slots, &analysis->pool, &error))
    {
      bag_cli_visit_fail (visit, path, error);
      bag_cli_json_add_failure (visit->builder, path, error);
      return;
    }

  if (density.n_unreadable > 0)
    visit->exit_code = MAX (visit->exit_code, BAG_CLI_FAILED);
  if (visit->json)
    add_json (visit->builder, &density, path, scan, number, analysis);
  else
    print_lines (&density, path, scan, number);
}

/**
 * bag_cli_analyze:
 *
 * Average and maximum density in values, and what the pool did for each scan.
 */
int
bag_cli_analyze (int argc, char *argv[])
{
  BagCliVisit visit = { .scan = BAG_CLI_ALL_SCANS };
  Analysis analysis = { .n_slots = BAG_CLI_DENSITY_BY_BUDGET };
  g_auto (GStrv) paths = NULL;
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &visit.json, N_ ("Print an array of records"), NULL },
    { "slots", 0, 0, G_OPTION_ARG_INT, &analysis.n_slots, N_ ("Hold all slices, through a pool of N slots; 0: without a pool"), "N" },
    { "figures", 0, 0, G_OPTION_ARG_NONE, &analysis.with_figures, N_ ("All figures of the pool as well"), NULL },
    { "scan", 0, 0, G_OPTION_ARG_INT, &visit.scan, N_ ("Only scan K of each path, from 1"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH..."), _ ("Measures the density of scans, all through one pool."), &argc, &argv, &visit.exit_code))
    return visit.exit_code;
  if (paths == NULL)
    return bag_cli_usage_error (_ ("analyze: a path is missing"));
  if (analysis.n_slots < BAG_CLI_DENSITY_BY_BUDGET)
    return bag_cli_usage_error (_ ("analyze: a pool cannot have that number of slots"));

  visit.paths = paths;
  bag_cli_visit_paths (&visit, analyze_scan, &analysis);
  if (analysis.with_figures && !visit.json)
    print_figures (analysis.pool);
  g_clear_pointer (&analysis.pool, bag_pool_unref);

  return visit.exit_code;
}
