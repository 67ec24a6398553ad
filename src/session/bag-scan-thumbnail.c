/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-scan-thumbnail.h"

#include "pool/bag-hand-over.h"

#include <glib/gi18n.h>

/*
 * A small picture of the middle slice of a scan: one slice is read, no more, into memory
 * of its own. It takes no slot of the pool, and it comes after all that is read for the
 * bag on screen.
 */

#define MOST_SLICE_BYTES ((gsize) 64 << 20)
#define N_VALUES 65536u
#define LOWEST_PRIORITY (2 * G_PRIORITY_LOW)

static gboolean
fail (GError **error, BagError code, const char *text)
{
  g_set_error_literal (error, BAG_ERROR, code, text);

  return FALSE;
}

static gboolean
read_slice (BagScan *scan, guint index, BagDecoderChild *child, guint16 **values, GCancellable *cancellable, GError **error)
{
  gsize size = bag_scan_get_slice_bytes (scan);

  if (size > MOST_SLICE_BYTES)
    return fail (error, BAG_ERROR_LIMIT, _ ("Its slices are too large for a small picture."));

  *values = g_try_malloc (size);
  if (*values == NULL)
    return fail (error, BAG_ERROR_NO_MEMORY, _ ("There is not enough memory for a small picture."));

  return bag_scan_read_slice (scan, index, child, *values, size, cancellable, error);
}

/* That of the file, else one from the values of this slice. */
static gboolean
find_window (BagScan *scan, guint index, const guint16 *values, BagWindowLevel *window)
{
  gsize n = bag_scan_get_slice_bytes (scan) / sizeof *values;
  BagWindowLevel found = { 0, BAG_WINDOW_MIN_WIDTH, bag_scan_get_window_function (scan) };
  g_autofree guint64 *counts = NULL;

  if (!bag_scan_get_window (scan, &found.center, &found.width))
    {
      counts = g_try_malloc0 (N_VALUES * sizeof *counts);
      if (counts == NULL)
        return FALSE;
      for (gsize i = 0; i < n; i++)
        counts[values[i]]++;
      found = bag_scan_make_window (scan, index, counts);
    }
  *window = bag_window_level_make_sane (&found);

  return TRUE;
}

static BagThumbnail *
paint (BagScan *scan, guint index, const guint16 *values)
{
  const BagPixelLayout *layout = bag_scan_get_layout (scan);
  BagSlotScale scale = bag_scan_get_slot_scale (scan, index);
  BagPaintParameters parameters = {
    .columns = layout->columns,
    .rows = layout->rows,
    .is_signed = scale.is_signed,
    .slope = scale.slope,
    .intercept = scale.intercept,
    .inverted = bag_scan_is_inverted (scan),
  };
  guint width, height;

  if (!find_window (scan, index, values, &parameters.window))
    return NULL;

  bag_thumbnail_get_size (layout->columns, layout->rows, bag_scan_get_pixel_aspect (scan), BAG_SCAN_THUMBNAIL_SIZE, &width, &height);

  return bag_thumbnail_new (values, &parameters, width, height);
}

static BagThumbnail *
make (BagScan *scan, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  guint index = (bag_scan_get_n_slices (scan) - 1) / 2;
  g_autofree guint16 *values = NULL;
  BagThumbnail *thumbnail = NULL;

  if (!read_slice (scan, index, child, &values, cancellable, error))
    return NULL;

  thumbnail = paint (scan, index, values);
  if (thumbnail == NULL)
    fail (error, BAG_ERROR_NO_MEMORY, _ ("There is not enough memory for a small picture."));

  return thumbnail;
}

static void
run (GTask *task, BagDecoderChild *child)
{
  BagThumbnail *thumbnail = NULL;
  GError *error = NULL;

  bag_hand_over_take (task);
  thumbnail = make (g_task_get_source_object (task), child, g_task_get_cancellable (task), &error);
  bag_hand_over_give (task);
  if (thumbnail != NULL)
    g_task_return_pointer (task, thumbnail, (GDestroyNotify) bag_thumbnail_free);
  else
    g_task_return_error (task, error);
}

static void
run_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  run (task, NULL);
}

/**
 * bag_scan_thumbnail_make_async:
 * @scan: a scan
 * @decoder: (nullable): for compressed slices
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context
 * @user_data: for @callback
 *
 * Makes a small picture of the middle slice, the lower of two, at the window of @scan.
 */
void
bag_scan_thumbnail_make_async (BagScan *scan, BagDecoder *decoder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (BAG_IS_SCAN (scan));
  g_return_if_fail (decoder == NULL || BAG_IS_DECODER (decoder));

  task = g_task_new (scan, cancellable, callback, user_data);
  g_task_set_name (task, "[bagscope] small picture");
  g_task_set_source_tag (task, bag_scan_thumbnail_make_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_priority (task, LOWEST_PRIORITY);

  bag_hand_over_give (task);
  if (decoder != NULL)
    bag_decoder_run_task (decoder, BAG_POOL_CLASS_PREFETCH, task, run);
  else
    g_task_run_in_thread (task, run_in_worker);
}

/**
 * bag_scan_thumbnail_make_finish:
 * @scan: a scan
 * @result: what the callback got
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): a picture with the shape of the slice, or %NULL
 */
BagThumbnail *
bag_scan_thumbnail_make_finish (BagScan *scan, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, scan), NULL);

  bag_hand_over_take (result);

  return g_task_propagate_pointer (G_TASK (result), error);
}
