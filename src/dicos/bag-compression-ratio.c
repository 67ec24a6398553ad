/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-compression-ratio"

#include "config.h"

#include "dicos/bag-compression-ratio.h"

#include "description/bag-error.h"

/* A few bytes that claim to become gigabytes are no scan. A real one is compressed to a
 * third; an empty tunnel, which some codecs write in a hundred bytes a slice, gets far
 * beyond that and is harmless while it is small: so nothing is said of small ones. */

#define HARMLESS_BYTES (64u << 20)
#define WARN_RATIO 200u

static guint64
count_bytes (const BagDescription *description)
{
  guint64 n_frames = 0;

  for (guint i = 0; i < description->frames->len; i++)
    n_frames += (g_array_index (description->frames, BagFrame, i).flags & BAG_FRAME_MISSING) == 0;

  return n_frames * bag_pixel_layout_get_frame_bytes (&description->layout);
}

/**
 * bag_compression_ratio_check:
 * @description: has its layout and its frames; gets a warning where they become more than 200 times the file
 * @file_bytes: size of the file, more than 0
 * @limits: say how many times the file they may become
 * @error: %BAG_ERROR_LIMIT where they become more
 *
 * Compares the decoded slices that are there, at most 2^47 bytes, with the file.
 *
 * Returns: whether such a file is decoded
 */
gboolean
bag_compression_ratio_check (BagDescription *description, guint64 file_bytes, const BagLimits *limits, GError **error)
{
  guint64 bytes, ratio;

  g_return_val_if_fail (description != NULL && file_bytes > 0 && limits != NULL, FALSE);

  bytes = count_bytes (description);
  ratio = bytes / file_bytes;
  if (description->codec == BAG_FRAME_CODEC_NATIVE || bytes <= HARMLESS_BYTES)
    return TRUE;
  if (ratio > limits->values[BAG_LIMIT_COMPRESSION_RATIO])
    {
      bag_limits_set_error (error, limits, BAG_LIMIT_COMPRESSION_RATIO, "This is no scan: the slices would become %" G_GUINT64_FORMAT " times as large as the file", ratio);
      return FALSE;
    }
  if (ratio <= WARN_RATIO)
    return TRUE;

  bag_description_add_warning (description, "compression-ratio", "The slices are %" G_GUINT64_FORMAT " times as large as the file, which is more than scans are compressed: check where the file comes from", ratio);

  return TRUE;
}
