/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-record.h"

#include "cli/bag-cli-alarms.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-elements.h"

#include <math.h>
#include <stdio.h>

/* One record of `info`. The JSON record is built in one place; the lines for
 * people are the same record, written another way, so that both always agree. */

static void
add_identity (const BagCliRecord *self, JsonBuilder *builder)
{
  const BagDescription *description = bag_scan_get_description (self->scan);
  g_autofree char *path = bag_cli_path_to_text (self->path);

  bag_cli_json_add_text (builder, "path", path);
  bag_cli_json_add_integer (builder, "scan", self->number);
  bag_cli_json_add_text (builder, "bag_id", bag_scan_get_bag_id (self->scan));
  bag_cli_json_add_text (builder, "sop_class", description->sop_class);
  bag_cli_json_add_text (builder, "transfer_syntax", description->transfer_syntax);
}

static void
add_layout (const BagCliRecord *self, JsonBuilder *builder)
{
  const BagPixelLayout *layout = bag_scan_get_layout (self->scan);
  guint n_missing = bag_scan_get_n_missing (self->scan);

  bag_cli_json_add_integer (builder, "rows", layout->rows);
  bag_cli_json_add_integer (builder, "columns", layout->columns);
  bag_cli_json_add_integer (builder, "slices", bag_scan_get_n_slices (self->scan) - n_missing);
  bag_cli_json_add_integer (builder, "slices_missing", n_missing);
  bag_cli_json_add_integer (builder, "bits_allocated", layout->bits_allocated);
  bag_cli_json_add_integer (builder, "bits_stored", layout->bits_stored);
  bag_cli_json_add_truth (builder, "signed", layout->is_signed);
  bag_cli_json_add_text (builder, "photometric", bag_scan_get_description (self->scan)->photometric);
}

static void
add_values (const BagCliRecord *self, JsonBuilder *builder)
{
  const BagFrame *frame = &bag_scan_get_slice (self->scan, 0)->frame;

  bag_cli_json_add_number (builder, "slope", frame->slope);
  bag_cli_json_add_number (builder, "intercept", frame->intercept);
  bag_cli_json_add_text (builder, "units", bag_scan_get_units (self->scan));
}

static double
positive_or_nan (double length)
{
  return length > 0.0 ? length : NAN;
}

static void
add_geometry (const BagCliRecord *self, JsonBuilder *builder)
{
  const BagDescription *description = bag_scan_get_description (self->scan);

  json_builder_set_member_name (builder, "spacing");
  json_builder_begin_array (builder);
  for (guint axis = 0; axis < 2; axis++)
    bag_cli_json_add_number (builder, NULL, description->has_pixel_spacing ? description->pixel_spacing[axis] : NAN);
  bag_cli_json_add_number (builder, NULL, positive_or_nan (bag_scan_get_slice_spacing (self->scan)));
  json_builder_end_array (builder);
  bag_cli_json_add_text (builder, "order", bag_scan_is_ordered_by_position (self->scan) ? "position" : "file");
}

static void
add_names (JsonBuilder *builder, const GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    bag_cli_json_add_text (builder, NULL, g_ptr_array_index (names, i));
}

/* The other scans of the same object. */
static void
add_kin (const BagCliRecord *self, JsonBuilder *builder)
{
  const BagScanKin *kin = bag_scan_get_kin (self->scan);

  if (kin->n_sections > 0)
    {
      json_builder_set_member_name (builder, "section");
      json_builder_begin_array (builder);
      bag_cli_json_add_integer (builder, NULL, kin->section);
      bag_cli_json_add_integer (builder, NULL, kin->n_sections);
      json_builder_end_array (builder);
    }
  else
    bag_cli_json_add_null (builder, "section");
  bag_cli_json_add_text (builder, "energy", kin->energy);
  json_builder_set_member_name (builder, "siblings");
  json_builder_begin_array (builder);
  add_names (builder, kin->sections);
  add_names (builder, kin->energies);
  json_builder_end_array (builder);
}

static void
add_window (const BagCliRecord *self, JsonBuilder *builder)
{
  if (self->window_origin == NULL)
    {
      bag_cli_json_add_null (builder, "window");
      bag_cli_json_add_null (builder, "window_origin");
      return;
    }

  json_builder_set_member_name (builder, "window");
  json_builder_begin_array (builder);
  bag_cli_json_add_number (builder, NULL, self->center);
  bag_cli_json_add_number (builder, NULL, self->width);
  json_builder_end_array (builder);
  bag_cli_json_add_text (builder, "window_origin", self->window_origin);
}

static void
add_facts (const BagCliRecord *self, JsonBuilder *builder)
{
  const GPtrArray *facts = bag_scan_get_description (self->scan)->facts;

  json_builder_set_member_name (builder, "facts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < facts->len; i++)
    {
      const BagNote *fact = g_ptr_array_index (facts, i);

      bag_cli_json_add_text (builder, fact->name, fact->text);
    }
  json_builder_end_object (builder);
}

static void
add_range (const BagCliRecord *self, JsonBuilder *builder)
{
  g_autofree char *range = bag_scan_describe_range (self->scan);

  if (range == NULL)
    return;

  json_builder_begin_object (builder);
  bag_cli_json_add_text (builder, "name", "display-range");
  bag_cli_json_add_text (builder, "text", range);
  json_builder_end_object (builder);
}

static void
add_warnings (const BagCliRecord *self, JsonBuilder *builder)
{
  const GPtrArray *warnings = bag_scan_get_warnings (self->scan);

  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < warnings->len; i++)
    {
      const BagNote *warning = g_ptr_array_index (warnings, i);

      json_builder_begin_object (builder);
      bag_cli_json_add_text (builder, "name", warning->name);
      bag_cli_json_add_text (builder, "text", warning->text);
      json_builder_end_object (builder);
    }
  add_range (self, builder);
  json_builder_end_array (builder);
}

/**
 * bag_cli_record_add_json:
 * @builder: a builder inside an array
 *
 * Adds the record. Lengths are in mm; what is not known is null. Slope and
 * intercept are those of the first slice.
 */
void
bag_cli_record_add_json (const BagCliRecord *self, JsonBuilder *builder)
{
  json_builder_begin_object (builder);
  add_identity (self, builder);
  add_layout (self, builder);
  add_values (self, builder);
  add_geometry (self, builder);
  add_kin (self, builder);
  add_window (self, builder);
  bag_cli_json_add_text (builder, "isolation", self->isolation);
  add_facts (self, builder);
  bag_cli_alarms_add_json (builder, self->scan);
  add_warnings (self, builder);
  if (self->has_elements)
    bag_cli_elements_add_json (builder, self->elements);
  json_builder_end_object (builder);
}

static char *
node_to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = NULL;

  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_dup_string (node);

  generator = json_generator_new ();
  json_generator_set_root (generator, node);

  return json_generator_to_data (generator, NULL);
}

static void
print_line (const char *key, JsonNode *node)
{
  g_autofree char *text = node_to_text (node);

  printf ("%-24s  %s\n", key, text);
}

static void
print_facts (JsonObject *facts)
{
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, facts);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    print_line (key, node);
}

static void
print_warnings (JsonArray *warnings)
{
  for (guint i = 0; i < json_array_get_length (warnings); i++)
    {
      JsonObject *warning = json_array_get_object_element (warnings, i);

      printf ("%-24s  %s: %s\n", "warning", json_object_get_string_member (warning, "name"), json_object_get_string_member (warning, "text"));
    }
}

static void
print_object (JsonObject *record)
{
  JsonObjectIter iter;
  const char *key = NULL;
  JsonNode *node = NULL;

  json_object_iter_init_ordered (&iter, record);
  while (json_object_iter_next_ordered (&iter, &key, &node))
    if (JSON_NODE_HOLDS_OBJECT (node))
      print_facts (json_node_get_object (node));
    else if (g_str_equal (key, "warnings"))
      print_warnings (json_node_get_array (node));
    else if (g_str_equal (key, "alarms"))
      bag_cli_alarms_print (json_node_get_array (node));
    else if (g_str_equal (key, "reports"))
      bag_cli_alarms_print_reports (json_node_get_array (node));
    else
      print_line (key, node);
}

/**
 * bag_cli_record_print:
 *
 * Prints the record as aligned lines "key value" and one empty line, then its elements as a tree.
 */
void
bag_cli_record_print (const BagCliRecord *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  BagCliRecord short_one = *self;

  short_one.has_elements = FALSE;
  bag_cli_record_add_json (&short_one, builder);
  root = json_builder_get_root (builder);
  print_object (json_node_get_object (root));
  printf ("\n");
  if (self->has_elements)
    bag_cli_elements_print (self->elements);
}
