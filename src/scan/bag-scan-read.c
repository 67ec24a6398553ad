/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan"

#include "config.h"

#include "scan/bag-scan-private.h"

#include <glib/gi18n.h>

/* How slices are read: as stored values, or, of scans with wide samples, mapped
 * to them block by block. */

typedef struct
{
  BagSampleMap map;
  guint16 *dest;
  BagSampleSums *sums; /* NULL when nobody wants them */
} SlotSink;

/**
 * bag_scan_needs_decoder:
 * @self: a scan
 * @index: a slice, from 0
 *
 * Returns: whether only a decoder can read that slice
 */
gboolean
bag_scan_needs_decoder (BagScan *self, guint index)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);
  g_return_val_if_fail (index < bag_scan_get_n_slices (self), FALSE);

  return bag_scan_get_source (self)->needs_decoder (bag_scan_get_source_data (self), index);
}

gboolean
bag_scan_check_readable (BagScan *self, guint index, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_is_cancelled (cancellable))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("Given up because something else was wanted."));
      return FALSE;
    }
  if (child == NULL && bag_scan_needs_decoder (self, index))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_DECODER_DIED, _ ("This slice is compressed, and there is no decoder."));
      return FALSE;
    }

  return TRUE;
}

/* @n wide samples of a slice from @first on */
gboolean
bag_scan_read_samples (BagScan *self,
                       guint index,
                       gsize first,
                       gsize n,
                       BagDecoderChild *child,
                       BagSampleSink sink,
                       gpointer sink_data,
                       GCancellable *cancellable,
                       GError **error)
{
  if (!bag_scan_check_readable (self, index, child, cancellable, error))
    return FALSE;

  return bag_scan_get_source (self)->read_samples (bag_scan_get_source_data (self), index, first, n, child, sink, sink_data, cancellable, error);
}

static void
take_samples (const double *numbers, gsize n, gpointer user_data)
{
  SlotSink *sink = user_data;

  bag_sample_map_apply (&sink->map, numbers, n, sink->dest);
  sink->dest += n;
  if (sink->sums != NULL)
    bag_sample_sums_add (sink->sums, numbers, n);
}

static gboolean
read_wide (BagScan *self, guint index, BagDecoderChild *child, gpointer dest, BagSampleSums *sums, GCancellable *cancellable, GError **error)
{
  SlotSink sink = { .dest = dest, .sums = sums };
  BagScanRange range;

  if (!bag_scan_measure_range (self, child, cancellable, error) || !bag_scan_peek_range (self, &range))
    return FALSE;

  sink.map = range.map;

  return bag_scan_read_samples (self, index, 0, bag_scan_get_slice_bytes (self) / sizeof (guint16), child, take_samples, &sink, cancellable, error);
}

static gboolean
check_room (BagScan *self, gsize dest_size, GError **error)
{
  if (dest_size >= bag_scan_get_slice_bytes (self))
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_LIMIT, _ ("A slice of this scan does not fit into %" G_GSIZE_FORMAT " bytes."), dest_size);

  return FALSE;
}

/**
 * bag_scan_read_slice:
 * @self: a scan
 * @index: a slice, from 0
 * @child: (nullable): a decoder of this thread, wherever bag_scan_needs_decoder() says so
 * @dest: (out): room for rows * columns 16-bit stored values in host order
 * @dest_size: its bytes
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Reads one slice and blocks until that is done. Any thread, any number at
 * once. When it fails, @dest may have been written to. Of a scan with wide
 * samples the range is measured first, unless it was.
 *
 * Returns: whether @dest holds the slice
 */
gboolean
bag_scan_read_slice (BagScan *self,
                     guint index,
                     BagDecoderChild *child,
                     gpointer dest,
                     gsize dest_size,
                     GCancellable *cancellable,
                     GError **error)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);
  g_return_val_if_fail (index < bag_scan_get_n_slices (self) && dest != NULL, FALSE);

  if (!check_room (self, dest_size, error) || !bag_scan_check_readable (self, index, child, cancellable, error))
    return FALSE;
  if (bag_scan_is_wide (self))
    return read_wide (self, index, child, dest, NULL, cancellable, error);

  return bag_scan_get_source (self)->read (bag_scan_get_source_data (self), index, child, dest, dest_size, cancellable, error);
}

/**
 * bag_scan_sum_slice:
 * @self: a scan with wide samples
 * @index: a slice, from 0
 * @child: (nullable): as bag_scan_read_slice()
 * @dest: (out): as bag_scan_read_slice()
 * @dest_size: its bytes
 * @sums: (out caller-allocates): of the samples as the file has them, before slope and intercept
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * As bag_scan_read_slice(), with exact figures besides. Blocks; any thread.
 *
 * Returns: whether @dest holds the slice
 */
gboolean
bag_scan_sum_slice (BagScan *self,
                    guint index,
                    BagDecoderChild *child,
                    gpointer dest,
                    gsize dest_size,
                    BagSampleSums *sums,
                    GCancellable *cancellable,
                    GError **error)
{
  g_return_val_if_fail (BAG_IS_SCAN (self) && bag_scan_is_wide (self), FALSE);
  g_return_val_if_fail (index < bag_scan_get_n_slices (self) && dest != NULL && sums != NULL, FALSE);

  bag_sample_sums_init (sums);

  return check_room (self, dest_size, error) && read_wide (self, index, child, dest, sums, cancellable, error);
}
