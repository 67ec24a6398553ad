/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-frame-count"

#include "config.h"

#include "dicos/bag-frame-count.h"

#include "description/bag-error.h"

/* How many frames a file has. The header's number, the items of the functional
 * groups and the pixel data may all say something else; the smallest is shown,
 * and the difference is told.
 *
 * The main DICOS toolkit writes the number in binary, and its files keep those
 * two bytes when they are turned into implicit syntax: 50 frames then look like
 * the text "2". Which of both is meant, the rest of the file says. */

/**
 * bag_frame_count_get_claimed:
 * @header: what the file says
 *
 * Returns: the frames that the header alone promises: its number, else its
 *   items; 0 when neither is there
 */
guint
bag_frame_count_get_claimed (const BagImageHeader *header)
{
  g_return_val_if_fail (header != NULL, 0);

  if (header->n_frames_binary > 0 && header->n_frames_binary == header->n_group_items)
    return header->n_frames_binary;

  return header->n_frames > 0 ? header->n_frames : header->n_group_items;
}

/**
 * bag_frame_count_is_certain:
 * @header: what the file says
 *
 * Returns: whether the number can be read in one way only, as far as the header knows
 */
gboolean
bag_frame_count_is_certain (const BagImageHeader *header)
{
  g_return_val_if_fail (header != NULL, FALSE);

  return header->n_frames_binary == 0 || header->n_frames_binary == header->n_frames || header->n_group_items > 0;
}

static guint
read_count (const BagImageHeader *header, guint64 n_stored)
{
  guint64 known = header->n_group_items > 0 ? header->n_group_items : n_stored;

  return header->n_frames_binary > 0 && header->n_frames_binary == known ? header->n_frames_binary : header->n_frames;
}

static void
warn_different (const BagImageHeader *header, guint count, guint64 n_stored, guint64 n, BagDescription *description)
{
  g_autofree char *claim = count > 0 ? g_strdup_printf ("says %u frames", count) : g_strdup ("gives no valid number of frames");

  bag_description_add_warning (description, "frame-count-differs", "The header %s, has the positions of %u, and the pixel data hold %" G_GUINT64_FORMAT ": the first %" G_GUINT64_FORMAT " are shown", claim, header->n_group_items, n_stored, n);
}

/**
 * bag_frame_count_settle:
 * @header: what the file says
 * @n_stored: frames that its pixel data hold, or held before the file was cut
 * @limits: say how many frames are read
 * @description: gets as many empty frames, and a warning where the counts differ
 * @error: %BAG_ERROR_TRUNCATED, %BAG_ERROR_LIMIT
 *
 * Returns: whether there is a frame, and not more than the limit
 */
gboolean
bag_frame_count_settle (const BagImageHeader *header, guint64 n_stored, const BagLimits *limits, BagDescription *description, GError **error)
{
  guint count = 0;
  guint64 n = n_stored;

  g_return_val_if_fail (header != NULL && limits != NULL && description != NULL, FALSE);

  count = read_count (header, n_stored);
  if (count > 0)
    n = MIN (n, count);
  if (header->n_group_items > 0)
    n = MIN (n, header->n_group_items);
  if (n == 0)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The pixel data are shorter than one slice");
      return FALSE;
    }
  if (n > limits->values[BAG_LIMIT_FRAMES])
    {
      bag_limits_set_error (error, limits, BAG_LIMIT_FRAMES, "The file has %" G_GUINT64_FORMAT " frames", n);
      return FALSE;
    }
  if ((header->has_frame_count && n != count) || n != n_stored || (header->n_group_items > 0 && n != header->n_group_items))
    warn_different (header, count, n_stored, n, description);

  description->n_frames_claimed = count > 0 ? count : (guint) n;
  g_array_set_size (description->frames, (guint) n);

  return TRUE;
}

/**
 * bag_frame_count_warn_missing:
 * @description: has its frames; gets a warning when some are missing
 */
void
bag_frame_count_warn_missing (BagDescription *description)
{
  guint n_missing = 0;

  g_return_if_fail (description != NULL);

  for (guint i = 0; i < description->frames->len; i++)
    n_missing += (g_array_index (description->frames, BagFrame, i).flags & BAG_FRAME_MISSING) != 0;

  if (n_missing > 0)
    bag_description_add_warning (description, "partial", "The file ends too early: %u of %u slices are missing", n_missing, description->frames->len);
}
