/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-threat-mask"

#include "config.h"

#include "dicos/bag-threat-mask.h"

#include <math.h>

/* ThreatROIBitmap (4010,1006): one bit a voxel of the region, X fastest, then Y
 * and Z, the least significant bit of each byte first. */

#define MAX_SIDE 1e6 /* voxels: more than any scan has along an axis */

/* Returns: whether the region is made of whole voxels, and of how many */
static gboolean
count_voxels (const double extents[3], guint64 *n_voxels)
{
  *n_voxels = 1;
  for (guint i = 0; i < 3; i++)
    {
      if (!(extents[i] >= 1 && extents[i] <= MAX_SIDE) || rint (extents[i]) != extents[i])
        return FALSE;
      if (!g_uint64_checked_mul (n_voxels, *n_voxels, (guint64) extents[i]))
        return FALSE;
    }

  return TRUE;
}

static guint
count_bits (guint bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;

  return n;
}

static void
make_table (guint8 table[256])
{
  for (guint i = 0; i < 256; i++)
    table[i] = (guint8) count_bits (i);
}

/**
 * bag_threat_mask_count:
 * @reader: the file
 * @mask: the element of the bitmap
 * @extents: of its region, in voxels
 * @n_masked: (out): how many voxels it marks
 *
 * Bits behind the last voxel do not count. Reads the mask piece by piece.
 *
 * Returns: whether the mask is long enough for its region and was read
 */
gboolean
bag_threat_mask_count (BagByteReader *reader, const BagElement *mask, const double extents[3], guint64 *n_masked)
{
  guint8 table[256];
  guint64 n_voxels = 0;
  guint64 n_bytes = 0;

  *n_masked = 0;
  if (!count_voxels (extents, &n_voxels) || n_voxels / 8 + (n_voxels % 8 != 0) > mask->length)
    return FALSE;

  make_table (table);
  n_bytes = n_voxels / 8;
  for (guint64 done = 0; done < n_bytes;)
    {
      gsize length = (gsize) MIN (n_bytes - done, BAG_BYTE_READER_WINDOW);
      const guint8 *bytes = bag_byte_reader_peek (reader, mask->offset + done, length, NULL);

      if (bytes == NULL)
        return FALSE;
      for (gsize i = 0; i < length; i++)
        *n_masked += table[bytes[i]];
      done += length;
    }
  if (n_voxels % 8 != 0)
    {
      const guint8 *last = bag_byte_reader_peek (reader, mask->offset + n_bytes, 1, NULL);

      if (last == NULL)
        return FALSE;
      *n_masked += table[*last & ((1u << n_voxels % 8) - 1)];
    }

  return TRUE;
}
