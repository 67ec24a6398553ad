/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-text"

#include "config.h"

#include "session/bag-element-text.h"

#include "description/bag-data-element.h"

#include <glib/gi18n.h>

/* Rows of a list of data elements in words, for the panel and the command line. */

#define PIXEL_GROUP 0x7fe0u
#define UNDEFINED_LENGTH 0xffffffffu

/**
 * bag_element_format_tag:
 * @row: a row
 *
 * Returns: (transfer full): "(0010,0020)"
 */
char *
bag_element_format_tag (const BagElementRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  return g_strdup_printf ("(%04X,%04X)", row->tag >> 16, row->tag & 0xffff);
}

/**
 * bag_element_get_name:
 * @row: a row
 *
 * Returns: (transfer none): its name as the standard has it, or what it is without one
 */
const char *
bag_element_get_name (const BagElementRow *row)
{
  const BagDataElement *known = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  known = bag_data_element_find (row->tag);
  if (known != NULL)
    return bag_data_element_get_name (known);

  return bag_tag_is_private (row->tag) ? _ ("Private element") : _ ("Unknown element");
}

/**
 * bag_element_get_keyword:
 * @row: a row
 *
 * Returns: (transfer none): its keyword, or ""
 */
const char *
bag_element_get_keyword (const BagElementRow *row)
{
  const BagDataElement *known = NULL;

  g_return_val_if_fail (row != NULL, NULL);

  known = bag_data_element_find (row->tag);

  return known != NULL ? bag_data_element_get_keyword (known) : "";
}

static char *
format_bytes (guint32 length)
{
  return g_strdup_printf (ngettext ("%u byte", "%u bytes", length), length);
}

/* What nobody can judge is about a machine most often: its size may be told. */
static char *
format_masked (const BagElementRow *row)
{
  g_autofree char *bytes = NULL;

  if ((row->flags & BAG_ELEMENT_PERSONAL) != 0)
    return g_strdup (_ ("hidden: personal data"));
  if (row->length == UNDEFINED_LENGTH || (row->flags & BAG_ELEMENT_SEQUENCE) != 0)
    return g_strdup (_ ("hidden: may be personal"));

  bytes = format_bytes (row->length);

  return g_strdup_printf (_ ("hidden: may be personal, %s"), bytes);
}

/**
 * bag_element_format_value:
 * @row: a row
 *
 * Returns: (transfer full): its value for people, or in words why it is not told;
 *   "" for items and sequences
 */
char *
bag_element_format_value (const BagElementRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  if ((row->flags & BAG_ELEMENT_MASKED) != 0)
    return format_masked (row);
  if (*row->text != '\0' || row->tag >> 16 != PIXEL_GROUP || (row->flags & BAG_ELEMENT_SEQUENCE) != 0)
    return g_strdup (row->text);

  return row->length == UNDEFINED_LENGTH ? g_strdup (_ ("compressed")) : format_bytes (row->length);
}

/**
 * bag_element_list_format_rest:
 * @list: a list
 *
 * Returns: (transfer full) (nullable): what the list does not show, and why; %NULL when it is whole
 */
char *
bag_element_list_format_rest (const BagElementList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  if (*list->problem != '\0')
    return g_strdup_printf (_ ("The list ends here, because the file is damaged: %s."), list->problem);
  if (list->n_more > 0)
    return g_strdup_printf (ngettext ("and %u more", "and %u more", list->n_more), list->n_more);

  return NULL;
}
