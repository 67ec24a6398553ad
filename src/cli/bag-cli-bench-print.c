/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench.h"

#include "cli/bag-cli-json.h"

#include <stdio.h>

/* Results as one object, or as lines to read. Where the floor is nothing at all there is
 * no ratio. */

static void
print_json (const char *name, const GArray *results)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  bag_cli_json_add_text (builder, "bench", name);
  json_builder_set_member_name (builder, "results");
  json_builder_begin_array (builder);
  for (guint i = 0; i < results->len; i++)
    {
      const BagCliBenchResult *result = &g_array_index (results, BagCliBenchResult, i);

      json_builder_begin_object (builder);
      bag_cli_json_add_text (builder, "name", result->name);
      bag_cli_json_add_number (builder, "value", result->value);
      bag_cli_json_add_text (builder, "unit", result->unit);
      bag_cli_json_add_number (builder, "floor", result->floor);
      bag_cli_json_add_number (builder, "ratio", result->value / result->floor);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  bag_cli_json_print (builder);
}

static void
print_lines (const GArray *results)
{
  for (guint i = 0; i < results->len; i++)
    {
      const BagCliBenchResult *result = &g_array_index (results, BagCliBenchResult, i);

      printf ("%-36s %12.4f %-7s", result->name, result->value, result->unit);
      if (result->floor > 0)
        printf (" floor %10.4f  ratio %.2f", result->floor, result->value / result->floor);
      printf ("\n");
    }
}

/**
 * bag_cli_bench_print:
 * @name: of the bench
 * @results: (element-type BagCliBenchResult): what it measured
 * @json: whether as one object
 */
void
bag_cli_bench_print (const char *name, const GArray *results, gboolean json)
{
  if (json)
    print_json (name, results);
  else
    print_lines (results);
}
