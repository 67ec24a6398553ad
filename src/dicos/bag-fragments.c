/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-fragments"

#include "config.h"

#include "dicos/bag-fragments.h"

#include "description/bag-error.h"
#include "dicos/bag-element-parser.h"

/* A compressed frame lies in one item or several (PS3.5 annex A.4), which may be cut
 * anywhere: their contents, one behind the other, are the codestream. */

#define ITEM_HEAD 8u

static gboolean
read_head (BagByteReader *reader, guint64 position, guint64 end, guint32 *length, GError **error)
{
  guint8 head[ITEM_HEAD] = { 0 };

  if (end - position >= ITEM_HEAD && !bag_byte_reader_read (reader, position, head, ITEM_HEAD, error))
    return FALSE;

  *length = bag_le32 (head + 4);
  if (end - position >= ITEM_HEAD && bag_read_tag (head, FALSE) == BAG_TAG_ITEM && *length <= end - position - ITEM_HEAD)
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME, "The slice has no valid fragment at byte %" G_GUINT64_FORMAT, position);
  return FALSE;
}

/**
 * bag_fragments_join:
 * @reader: the file
 * @offset: of the first item of the frame
 * @length: of all its items, heads included
 * @dest: (out caller-allocates): the codestream, or its beginning
 * @dest_size: room in @dest; @length is always enough for all of it
 * @joined: (out): bytes written
 * @error: %BAG_ERROR_CORRUPT_FRAME, %BAG_ERROR_TRUNCATED or a read error
 *
 * Returns: whether the items are sound, as far as @dest_size reaches
 */
gboolean
bag_fragments_join (BagByteReader *reader,
                    guint64 offset,
                    guint64 length,
                    guint8 *dest,
                    gsize dest_size,
                    gsize *joined,
                    GError **error)
{
  guint64 position = offset;
  guint64 end = offset + length;

  *joined = 0;
  if (!bag_byte_reader_contains (reader, offset, length))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file ends before this slice does");
      return FALSE;
    }

  while (position < end && *joined < dest_size)
    {
      guint32 size = 0;
      gsize n = 0;

      if (!read_head (reader, position, end, &size, error))
        return FALSE;
      n = MIN (size, dest_size - *joined);
      if (!bag_byte_reader_read (reader, position + ITEM_HEAD, dest + *joined, n, error))
        return FALSE;
      *joined += n;
      position += ITEM_HEAD + (guint64) size;
    }

  return TRUE;
}
