/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-search"

#include "config.h"

#include "session/bag-element-search.h"

#include "session/bag-element-text.h"

#include <string.h>

/* Which elements have a text in their tag, keyword, name or value. A value that is
 * hidden is not searched, or the search would tell what it is. */

#define MAX_LEVELS (2 * BAG_MAX_DEPTH + 1)

typedef struct
{
  char *folded; /* the text, without case */
  gsize length;
  gboolean is_ascii;
} Needle;

static gboolean
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar) *text >= 0x80)
      return FALSE;

  return TRUE;
}

/* Nearly all texts are ASCII, and many: they are searched where they are. */
static gboolean
has_ascii (const Needle *needle, const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_strncasecmp (text, needle->folded, needle->length) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
has_text (const Needle *needle, const char *text)
{
  g_autofree char *folded = NULL;

  if (is_ascii (text))
    return needle->is_ascii && has_ascii (needle, text);

  folded = g_utf8_casefold (text, -1);

  return strstr (folded, needle->folded) != NULL;
}

static gboolean
matches (const Needle *needle, const BagElementRow *row)
{
  g_autofree char *tag = NULL;
  g_autofree char *digits = NULL;

  if ((row->flags & BAG_ELEMENT_ITEM) != 0)
    return FALSE;
  if (has_text (needle, bag_element_get_name (row)) || has_text (needle, bag_element_get_keyword (row)) || has_text (needle, row->text))
    return TRUE;
  if (!needle->is_ascii)
    return FALSE;

  tag = bag_element_format_tag (row);
  digits = g_strdup_printf ("%08X", row->tag);

  return has_ascii (needle, tag) || has_ascii (needle, digits);
}

/* All that lies around a row, so that it can be reached. */
static void
mark_around (guint8 *found, const guint *around, guint depth)
{
  while (depth > 0 && found[around[--depth]] != BAG_ELEMENT_HAS_FOUND)
    found[around[depth]] = BAG_ELEMENT_HAS_FOUND;
}

static void
search (const BagElementList *list, const Needle *needle, guint8 *found)
{
  guint around[MAX_LEVELS] = { 0 };
  guint found_depth = G_MAXUINT; /* of the sequence that was found and lies around */

  for (guint i = 0; i < list->rows->len; i++)
    {
      const BagElementRow *row = bag_element_list_get (list, i);

      around[row->depth] = i;
      if (row->depth <= found_depth)
        found_depth = G_MAXUINT;
      if (matches (needle, row))
        {
          found[i] = BAG_ELEMENT_IS_SHOWN;
          mark_around (found, around, row->depth);
          found_depth = MIN (found_depth, row->depth);
        }
      else if (found_depth != G_MAXUINT)
        found[i] = BAG_ELEMENT_IS_SHOWN;
    }
}

/**
 * bag_element_search:
 * @list: a list
 * @text: what to look for, in any case
 *
 * Finds elements by tag ("0010,0020" or "00100020"), keyword, name or value.
 *
 * Returns: (transfer full) (nullable): a #BagElementFound a row, in one byte each;
 *   %NULL when @text is empty and so finds everything
 */
GBytes *
bag_element_search (const BagElementList *list, const char *text)
{
  g_autofree char *stripped = NULL;
  g_autofree char *folded = NULL;
  Needle needle = { 0 };
  guint8 *found = NULL;

  g_return_val_if_fail (list != NULL && text != NULL, NULL);

  stripped = g_strstrip (g_strdup (text));
  if (*stripped == '\0')
    return NULL;

  folded = g_utf8_casefold (stripped, -1);
  needle = (Needle){ .folded = folded, .length = strlen (folded), .is_ascii = is_ascii (folded) };
  found = g_new0 (guint8, MAX (list->rows->len, 1));
  search (list, &needle, found);

  return g_bytes_new_take (found, list->rows->len);
}
