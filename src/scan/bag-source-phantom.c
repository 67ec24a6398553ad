/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-source-phantom"

#include "config.h"
#include "scan/bag-source.h"

#include "description/bag-error.h"
#include "scan/bag-phantom.h"

#include <glib/gi18n.h>

/* The made-up bag as a scan like any other: no file and no decoder, each slice is
 * drawn when it is read. It equals the file that `bagscope-cli make-bag` writes. */

static gboolean
phantom_needs_decoder (gconstpointer data, guint index)
{
  return FALSE;
}

static gboolean
phantom_read (gconstpointer data,
              guint index,
              BagDecoderChild *child,
              gpointer dest,
              gsize dest_size,
              GCancellable *cancellable,
              GError **error)
{
  const BagPhantom *phantom = data;
  guint columns, rows;

  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("The slice was not wanted any more."));
      return FALSE;
    }

  bag_phantom_get_size (phantom, &columns, &rows, NULL);
  g_assert (dest_size >= (gsize) columns * rows * sizeof (guint16));
  bag_phantom_draw_slice (phantom, index, dest);
  return TRUE;
}

static char *
phantom_get_frame_name (gconstpointer data, guint index)
{
  return g_strdup_printf ("%u", index + 1);
}

static void
phantom_free_data (gpointer data)
{
  bag_phantom_free (data);
}

static const BagScanSource phantom_source = {
  .name = "demo",
  .needs_decoder = phantom_needs_decoder,
  .read = phantom_read,
  .get_frame_name = phantom_get_frame_name,
  .free_data = phantom_free_data,
};

static GArray *
make_slices (const BagDescription *description)
{
  GArray *slices = g_array_new (FALSE, TRUE, sizeof (BagScanSlice));

  for (guint i = 0; i < description->frames->len; i++)
    {
      BagScanSlice slice = { 0, g_array_index (description->frames, BagFrame, i), i };

      g_array_append_val (slices, slice);
    }
  return slices;
}

/**
 * bag_source_open_demo:
 * @columns: size of the bag in voxels, see bag_phantom_new()
 * @seed: another seed is another bag
 * @error: BAG_ERROR_LIMIT for a size that cannot be drawn
 *
 * Opens a made-up bag as a scan.
 *
 * Returns: (transfer full): the scan, or NULL with @error set
 */
BagScan *
bag_source_open_demo (guint columns, guint rows, guint n_slices, guint64 seed, GError **error)
{
  BagPhantom *phantom = bag_phantom_new (columns, rows, n_slices, seed, error);
  BagDescription *description;

  if (phantom == NULL)
    return NULL;

  description = bag_phantom_describe (phantom);
  return bag_scan_new (description->bag_id, &phantom_source, phantom, description, make_slices (description), error);
}
