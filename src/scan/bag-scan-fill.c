/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-fill"

#include "config.h"

#include "scan/bag-scan.h"

#include "pool/bag-hand-over.h"

/*
 * Slices are filled away from the main thread. What the program reads by
 * itself runs in a worker of GTask; what a decoder reads is completed by the
 * decoder's own thread, so that no worker ever waits for a process.
 *
 * The task holds the scan and the slice until it is done, and it never returns
 * before that, cancelled or not: whoever gets the answer knows that nobody
 * writes to the slice any more. Nor does anybody here hold it by then, so that
 * whoever lets go of it next has its slot free at once.
 */
typedef struct
{
  BagSlice *slice; /* (owned) */
  guint index;
  gint64 elapsed_us;       /* in the worker */
  gboolean has_been_fatal; /* for a decoder */
} FillData;

static void
fill_data_free (FillData *data)
{
  g_clear_pointer (&data->slice, bag_slice_unref);
  g_free (data);
}

/* An idle decoder that was gone already is no fault of this slice; nor is one that waited for the storage. */
static gboolean
is_fatal (const GError *error, BagDecoderChild *child, guint n_deaths)
{
  return child != NULL && bag_decoder_child_get_n_deaths (child) != n_deaths && (g_error_matches (error, BAG_ERROR, BAG_ERROR_DECODER_DIED) || g_error_matches (error, BAG_ERROR, BAG_ERROR_TIMEOUT));
}

static void
fill (GTask *task, BagDecoderChild *child)
{
  FillData *data = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_filled = FALSE;
  gint64 start = g_get_monotonic_time ();
  guint n_deaths = child != NULL ? bag_decoder_child_get_n_deaths (child) : 0;

  bag_hand_over_take (task);
  is_filled = bag_scan_read_slice (g_task_get_source_object (task),
                                   data->index,
                                   child,
                                   bag_slice_get_data (data->slice),
                                   bag_slice_get_size (data->slice),
                                   g_task_get_cancellable (task),
                                   &error);
  data->has_been_fatal = is_fatal (error, child, n_deaths);
  data->elapsed_us = g_get_monotonic_time () - start;
  g_clear_pointer (&data->slice, bag_slice_unref);
  bag_hand_over_give (task);
  if (is_filled)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fill_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  fill (task, NULL);
}

static int
get_priority (BagPoolClass class)
{
  switch (class)
    {
    case BAG_POOL_CLASS_VIEW:
      return G_PRIORITY_HIGH;
    case BAG_POOL_CLASS_LOAD:
      return G_PRIORITY_DEFAULT;
    case BAG_POOL_CLASS_PREFETCH:
      return G_PRIORITY_LOW;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_scan_fill_async:
 * @self: a scan
 * @index: a slice, from 0
 * @slice: a slice buffer in state "filling" that nobody else writes to
 * @decoder: for compressed slices
 * @class: how urgent it is
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context when nobody writes any more
 * @user_data: for @callback
 *
 * Reads a slice into a slice buffer, whose state stays as it is.
 */
void
bag_scan_fill_async (BagScan *self,
                     guint index,
                     BagSlice *slice,
                     BagDecoder *decoder,
                     BagPoolClass class,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  FillData *data;

  g_return_if_fail (BAG_IS_SCAN (self));
  g_return_if_fail (index < bag_scan_get_n_slices (self));
  g_return_if_fail (slice != NULL);
  g_return_if_fail (decoder == NULL || BAG_IS_DECODER (decoder));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, "[bagscope] fill slice");
  g_task_set_source_tag (task, bag_scan_fill_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_priority (task, get_priority (class));

  data = g_new0 (FillData, 1);
  data->slice = bag_slice_ref (slice);
  data->index = index;
  g_task_set_task_data (task, data, (GDestroyNotify) fill_data_free);

  bag_hand_over_give (task);
  if (decoder != NULL && bag_scan_needs_decoder (self, index))
    bag_decoder_run_task (decoder, class, task, fill);
  else
    g_task_run_in_thread (task, fill_in_worker);
}

/**
 * bag_scan_fill_finish:
 * @self: a scan
 * @result: what the callback got
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: whether the slice buffer holds the slice
 */
gboolean
bag_scan_fill_finish (BagScan *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  bag_hand_over_take (result);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * bag_scan_fill_has_been_fatal:
 * @result: what the callback got, after bag_scan_fill_finish()
 *
 * Returns: whether a decoder died while at work on the slice: it ended, gave an answer that made no
 *   sense, or had to be ended because it needed too long
 */
gboolean
bag_scan_fill_has_been_fatal (GAsyncResult *result)
{
  FillData *data = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, bag_scan_fill_async), FALSE);

  data = g_task_get_task_data (G_TASK (result));

  return data->has_been_fatal;
}

/**
 * bag_scan_fill_get_elapsed_us:
 * @result: what the callback got, after bag_scan_fill_finish()
 *
 * Returns: microseconds that reading and decoding took, without the time in the queue
 */
gint64
bag_scan_fill_get_elapsed_us (GAsyncResult *result)
{
  FillData *data = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, bag_scan_fill_async), 0);

  data = g_task_get_task_data (G_TASK (result));

  return data->elapsed_us;
}
