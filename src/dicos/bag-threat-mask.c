/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-threat-mask"

#include "config.h"

#include "dicos/bag-threat-mask.h"

#include "description/bag-report-mask.h"

#include <string.h>

/* One byte may pad a value to an even length (PS3.5 section 7.1.1); a mask that is
 * longer than that was made for another box. */
static gboolean
fits (const BagElement *mask, guint64 n_bytes)
{
  return mask->length == n_bytes || (n_bytes % 2 != 0 && mask->length == n_bytes + 1);
}

/* Piece by piece, into @dest where there is one. */
static gboolean
read_bits (BagByteReader *reader, guint64 offset, guint64 n_bytes, guint8 last_bits, guint8 *dest, guint64 *n_masked)
{
  for (guint64 done = 0; done < n_bytes;)
    {
      gsize length = (gsize) MIN (n_bytes - done, BAG_BYTE_READER_WINDOW);
      const guint8 *bytes = bag_byte_reader_peek (reader, offset + done, length, NULL);
      guint8 last;

      if (bytes == NULL)
        return FALSE;
      last = bytes[length - 1] & (done + length == n_bytes ? last_bits : 0xff);
      *n_masked += bag_report_mask_count (bytes, length - 1) + bag_report_mask_count (&last, 1);
      if (dest != NULL)
        {
          memcpy (dest + done, bytes, length - 1);
          dest[done + length - 1] = last;
        }
      done += length;
    }

  return TRUE;
}

/**
 * bag_threat_mask_read:
 * @reader: the file
 * @mask: the element of the bitmap
 * @room: (inout): how many bytes masks may still take
 * @place: where the region stands; gets the mask
 *
 * Bits behind the last voxel do not count. A mask for which there is no room is
 * counted and not kept: @place has no bits then.
 *
 * Returns: whether the mask is as long as its region needs it and was read
 */
gboolean
bag_threat_mask_read (BagByteReader *reader, const BagElement *mask, guint64 *room, BagReportPlace *place)
{
  guint8 last_bits = bag_report_mask_get_last_bits (place->extents);
  g_autofree guint8 *bits = NULL;
  guint64 n_bytes = 0;

  place->n_masked = 0;
  if (!bag_report_mask_measure (place->extents, &n_bytes) || !fits (mask, n_bytes))
    return FALSE;

  if (n_bytes <= *room)
    bits = g_try_malloc ((gsize) n_bytes);
  if (!read_bits (reader, mask->offset, n_bytes, last_bits, bits, &place->n_masked))
    return FALSE;

  place->flags |= BAG_REPORT_PLACE_HAS_MASK;
  if (bits != NULL)
    {
      *room -= n_bytes;
      place->mask = g_bytes_new_take (g_steal_pointer (&bits), (gsize) n_bytes);
    }

  return TRUE;
}
