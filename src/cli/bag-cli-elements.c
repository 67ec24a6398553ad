/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-elements.h"

#include "session/bag-element-text.h"

#include <stdio.h>

/* All data elements of the file of a slice, as a member of its record. */

typedef struct
{
  BagScan *scan;
  guint index;
  gboolean reveal;
  BagElementList *list;
  GError **error;
} ElementsCall;

static void
list_with_child (BagDecoderChild *child, gpointer user_data)
{
  ElementsCall *call = user_data;

  call->list = bag_scan_list_elements (call->scan, call->index, call->reveal, child, NULL, call->error);
}

/**
 * bag_cli_elements_read:
 * @index: a slice, from 0
 * @reveal: whether persons' data come in clear
 *
 * Returns: (transfer full): the elements of the file that it stands in, or %NULL with an error
 */
BagElementList *
bag_cli_elements_read (BagDecoder *decoder, BagScan *scan, guint index, gboolean reveal, GError **error)
{
  ElementsCall call = { .scan = scan, .index = index, .reveal = reveal, .error = error };

  bag_decoder_call (decoder, list_with_child, &call);

  return call.list;
}

static void
add_length (JsonBuilder *builder, const BagElementRow *row)
{
  gboolean is_told = row->length != G_MAXUINT32 && ((row->flags & BAG_ELEMENT_MASKED) == 0 || (row->flags & BAG_ELEMENT_PERSONAL) == 0);

  if (is_told)
    bag_cli_json_add_integer (builder, "length", row->length);
  else
    bag_cli_json_add_null (builder, "length");
}

static void
add_row (JsonBuilder *builder, const BagElementRow *row)
{
  g_autofree char *tag = g_strdup_printf ("%04X,%04X", row->tag >> 16, row->tag & 0xffff);
  gboolean has_value = (row->flags & (BAG_ELEMENT_ITEM | BAG_ELEMENT_SEQUENCE | BAG_ELEMENT_MASKED)) == 0;

  json_builder_begin_object (builder);
  bag_cli_json_add_integer (builder, "depth", row->depth);
  bag_cli_json_add_text (builder, "tag", tag);
  bag_cli_json_add_text (builder, "vr", row->vr);
  bag_cli_json_add_text (builder, "keyword", bag_element_get_keyword (row));
  bag_cli_json_add_text (builder, "name", bag_element_get_name (row));
  if ((row->flags & BAG_ELEMENT_ITEM) != 0)
    bag_cli_json_add_null (builder, "length");
  else
    add_length (builder, row);
  if (has_value)
    bag_cli_json_add_text (builder, "value", row->text);
  else
    bag_cli_json_add_null (builder, "value");
  bag_cli_json_add_truth (builder, "masked", (row->flags & BAG_ELEMENT_MASKED) != 0);
  json_builder_end_object (builder);
}

/**
 * bag_cli_elements_add_json:
 * @builder: a builder inside a record
 * @list: (nullable): its elements; %NULL when they cannot be had
 *
 * Adds `elements`, an array in the order of the file, `elements_more` and `elements_problem`.
 */
void
bag_cli_elements_add_json (JsonBuilder *builder, const BagElementList *list)
{
  if (list == NULL)
    {
      bag_cli_json_add_null (builder, "elements");
      return;
    }

  json_builder_set_member_name (builder, "elements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < list->rows->len; i++)
    add_row (builder, bag_element_list_get (list, i));
  json_builder_end_array (builder);
  bag_cli_json_add_integer (builder, "elements_more", list->n_more);
  bag_cli_json_add_text (builder, "elements_problem", list->problem);
}

static void
print_row (const BagElementRow *row, guint number)
{
  g_autofree char *tag = bag_element_format_tag (row);
  g_autofree char *value = bag_element_format_value (row);

  if ((row->flags & BAG_ELEMENT_ITEM) != 0)
    printf ("%*s%s %u\n", 2 * row->depth, "", bag_element_get_name (row), number);
  else if (*value == '\0')
    printf ("%*s%s %s %s\n", 2 * row->depth, "", tag, row->vr, bag_element_get_name (row));
  else
    printf ("%*s%s %s %s: %s\n", 2 * row->depth, "", tag, row->vr, bag_element_get_name (row), value);
}

/**
 * bag_cli_elements_print:
 * @list: (nullable): the elements of a file
 *
 * Prints a line an element, those of a sequence further to the right, and one empty line.
 */
void
bag_cli_elements_print (const BagElementList *list)
{
  guint numbers[2 * BAG_MAX_DEPTH + 2] = { 0 };
  g_autofree char *rest = NULL;

  if (list == NULL)
    return;

  for (guint i = 0; i < list->rows->len; i++)
    {
      const BagElementRow *row = bag_element_list_get (list, i);

      numbers[row->depth + 1] = 0;
      print_row (row, ++numbers[row->depth]);
    }
  rest = bag_element_list_format_rest (list);
  if (rest != NULL)
    printf ("%s\n", rest);
  printf ("\n");
}
