/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report-mask"

#include "config.h"

#include "description/bag-report-mask.h"

#include <math.h>
#include <string.h>

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

/**
 * bag_report_mask_measure:
 * @extents: of a region, in voxels
 * @n_bytes: (out): bytes that a mask of it has
 *
 * Returns: whether the region is made of whole voxels, so that it can have one
 */
gboolean
bag_report_mask_measure (const double extents[3], guint64 *n_bytes)
{
  guint64 n_voxels = 0;
  gboolean is_whole = count_voxels (extents, &n_voxels);

  *n_bytes = is_whole ? n_voxels / 8 + (n_voxels % 8 != 0 ? 1 : 0) : 0;

  return is_whole;
}

/**
 * bag_report_mask_get_last_bits:
 * @extents: of a region of whole voxels
 *
 * Returns: those bits of the last byte that stand for voxels
 */
guint8
bag_report_mask_get_last_bits (const double extents[3])
{
  guint64 n_voxels = 0;

  return count_voxels (extents, &n_voxels) && n_voxels % 8 != 0 ? (guint8) ((1u << n_voxels % 8) - 1) : 0xff;
}

/**
 * bag_report_mask_count:
 * @bits: part of a mask
 * @n_bytes: of that part
 *
 * Returns: how many bits are set
 */
guint64
bag_report_mask_count (const guint8 *bits, gsize n_bytes)
{
  guint64 n = 0;
  gsize i = 0;

  for (; i + sizeof (guint64) <= n_bytes; i += sizeof (guint64))
    {
      guint64 word;

      memcpy (&word, bits + i, sizeof word);
      n += (guint) __builtin_popcountll (word);
    }
  for (; i < n_bytes; i++)
    n += (guint) __builtin_popcount (bits[i]);

  return n;
}

/**
 * bag_report_mask_check:
 * @mask: the bits of a region, from a stranger
 * @extents: of that region
 * @n_masked: how many are said to be set
 *
 * Returns: whether @mask is as long as its region needs it, with as many voxels and nothing behind them
 */
gboolean
bag_report_mask_check (GBytes *mask, const double extents[3], guint64 n_masked)
{
  gsize length = 0;
  const guint8 *bits = g_bytes_get_data (mask, &length);
  guint64 wanted = 0;

  return bag_report_mask_measure (extents, &wanted) && length == wanted && (bits[length - 1] & ~bag_report_mask_get_last_bits (extents)) == 0 && bag_report_mask_count (bits, length) == n_masked;
}

/**
 * bag_report_get_mask_bytes:
 * @self: a report
 *
 * Returns: bytes of all its masks
 */
gsize
bag_report_get_mask_bytes (const BagReport *self)
{
  gsize n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (self->objects, i);

      for (guint k = 0; k < object->places->len; k++)
        {
          const BagReportPlace *place = g_ptr_array_index (object->places, k);

          n += place->mask != NULL ? g_bytes_get_size (place->mask) : 0;
        }
    }

  return n;
}

/**
 * bag_report_drop_masks:
 * @self: a report that nobody else knows yet
 *
 * Leaves the boxes of its objects. How many voxels a mask marked stays known.
 *
 * Returns: how many masks there were
 */
guint
bag_report_drop_masks (BagReport *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->objects->len; i++)
    {
      const BagReportObject *object = g_ptr_array_index (self->objects, i);

      for (guint k = 0; k < object->places->len; k++)
        {
          BagReportPlace *place = g_ptr_array_index (object->places, k);

          n += place->mask != NULL ? 1 : 0;
          g_clear_pointer (&place->mask, g_bytes_unref);
        }
    }

  return n;
}
