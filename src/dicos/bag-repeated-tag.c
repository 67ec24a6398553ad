/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-repeated-tag"

#include "config.h"

#include "dicos/bag-repeated-tag.h"

static int
compare_tags (gconstpointer a, gconstpointer b)
{
  guint32 one = *(const guint32 *) a;
  guint32 other = *(const guint32 *) b;

  return (one > other) - (one < other);
}

/**
 * bag_repeated_tag_find:
 * @tags: (element-type guint32): those of a data set until now; gets @tag
 * @tag: the next one, not 0
 *
 * Elements ascend (PS3.5 section 7.1), so that one look back is enough for all but
 * those that stand out of order; these are looked for, and not kept.
 *
 * Returns: @tag where it has been there before, else 0
 */
guint32
bag_repeated_tag_find (GArray *tags, guint32 tag)
{
  g_return_val_if_fail (tags != NULL, 0);

  if (tags->len == 0 || g_array_index (tags, guint32, tags->len - 1) < tag)
    {
      g_array_append_val (tags, tag);
      return 0;
    }

  return g_array_binary_search (tags, &tag, compare_tags, NULL) ? tag : 0;
}
