/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-data-element"

#include "config.h"

#include "description/bag-data-element.h"

#include "description/bag-data-element-table.h"

/* The dictionary of data elements: PS3.6, and what DICOS adds to it. */

#define FIRST_CREATOR 0x0010u

static const BagDataElement *
find_exact (guint32 tag)
{
  gsize low = 0;
  gsize high = bag_n_data_elements;

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (bag_data_elements[middle].tag < tag)
        low = middle + 1;
      else
        high = middle;
    }

  return low < bag_n_data_elements && bag_data_elements[low].tag == tag ? &bag_data_elements[low] : NULL;
}

/* Groups that repeat, such as overlays (60xx). */
static const BagDataElement *
find_pattern (guint32 tag)
{
  for (gsize i = 0; i < bag_n_data_element_patterns; i++)
    if ((tag & bag_data_element_patterns[i].mask) == bag_data_element_patterns[i].tag)
      return &bag_data_element_patterns[i];

  return NULL;
}

/* PS3.5 section 7.8.1: of an odd group, only these mean the same in every file. */
static gboolean
is_known_private (guint32 tag)
{
  guint element = tag & 0xffff;

  return element == 0 || (element >= FIRST_CREATOR && element <= 0xff);
}

/**
 * bag_data_element_find:
 * @tag: group << 16 | element
 *
 * Returns: (transfer none) (nullable): what is known about it. Any thread
 */
const BagDataElement *
bag_data_element_find (guint32 tag)
{
  const BagDataElement *found = NULL;

  if (bag_tag_is_private (tag) && !is_known_private (tag))
    return NULL;
  found = find_exact (tag);

  return found != NULL ? found : find_pattern (tag);
}

/**
 * bag_data_element_get_keyword:
 * @self: an element of the dictionary
 *
 * Returns: (transfer none): its keyword of PS3.6, "" when it has none
 */
const char *
bag_data_element_get_keyword (const BagDataElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bag_data_element_texts + self->keyword;
}

/**
 * bag_data_element_get_name:
 * @self: an element of the dictionary
 *
 * Returns: (transfer none): its name, never ""
 */
const char *
bag_data_element_get_name (const BagDataElement *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bag_data_element_texts + self->name;
}
