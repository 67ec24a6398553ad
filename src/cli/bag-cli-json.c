/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-json.h"

#include "cli/bag-cli-common.h"
#include "description/bag-error.h"

#include <math.h>
#include <stdio.h>

/* Members of JSON records. A @key of %NULL adds an element of an array. */

static void
add_key (JsonBuilder *builder, const char *key)
{
  if (key != NULL)
    json_builder_set_member_name (builder, key);
}

void
bag_cli_json_add_text (JsonBuilder *builder, const char *key, const char *text)
{
  add_key (builder, key);
  json_builder_add_string_value (builder, text);
}

void
bag_cli_json_add_integer (JsonBuilder *builder, const char *key, guint64 value)
{
  add_key (builder, key);
  json_builder_add_int_value (builder, (gint64) MIN (value, (guint64) G_MAXINT64));
}

/**
 * bag_cli_json_add_number:
 *
 * JSON knows no infinity and no NaN: they become null.
 */
void
bag_cli_json_add_number (JsonBuilder *builder, const char *key, double value)
{
  add_key (builder, key);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

void
bag_cli_json_add_truth (JsonBuilder *builder, const char *key, gboolean value)
{
  add_key (builder, key);
  json_builder_add_boolean_value (builder, value);
}

void
bag_cli_json_add_null (JsonBuilder *builder, const char *key)
{
  add_key (builder, key);
  json_builder_add_null_value (builder);
}

/**
 * bag_cli_json_add_failure:
 *
 * Adds the record of a path that could not be opened: `{path, error, message}`.
 */
void
bag_cli_json_add_failure (JsonBuilder *builder, const char *path, const GError *error)
{
  g_autofree char *text = bag_cli_path_to_text (path);

  json_builder_begin_object (builder);
  bag_cli_json_add_text (builder, "path", text);
  bag_cli_json_add_text (builder, "error", bag_error_name_of (error));
  bag_cli_json_add_text (builder, "message", error->message);
  json_builder_end_object (builder);
}

/**
 * bag_cli_json_print:
 *
 * Prints what was built, once it is complete, on stdout.
 */
void
bag_cli_json_print (JsonBuilder *builder)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = NULL;

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  text = json_generator_to_data (generator, NULL);
  printf ("%s\n", text);
}
