/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan"

#include "config.h"

#include "scan/bag-scan-private.h"

#include "pool/bag-hand-over.h"

#include <glib/gi18n.h>

/* One value of a scan with wide samples, as the file has it: a few bytes, read
 * away from the main thread. */

typedef struct
{
  guint index;
  gsize place; /* in the slice */
  double value;
} ValueData;

static void
take_sample (const double *numbers, gsize n, gpointer user_data)
{
  if (n == 1)
    *(double *) user_data = numbers[0];
}

static gboolean
read_value (BagScan *self, ValueData *data, GCancellable *cancellable, GError **error)
{
  const BagFrame *frame = &bag_scan_get_slice (self, data->index)->frame;
  double sample = 0;

  if (!bag_scan_read_samples (self, data->index, data->place, 1, NULL, take_sample, &sample, cancellable, error))
    return FALSE;
  data->value = frame->slope * sample + frame->intercept;

  return TRUE;
}

static void
read_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  gboolean good;

  bag_hand_over_take (task);
  good = read_value (source_object, task_data, cancellable, &error);
  bag_hand_over_give (task);
  if (good)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * bag_scan_read_value_async:
 * @self: a scan with wide samples
 * @index: a slice, from 0, that needs no decoder
 * @column: of the voxel, from 0
 * @row: of the voxel, from 0
 * @cancellable: (nullable): gives the call up
 * @callback: called on this thread's main context
 * @user_data: for @callback
 */
void
bag_scan_read_value_async (BagScan *self,
                           guint index,
                           guint column,
                           guint row,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ValueData *data = NULL;

  g_return_if_fail (BAG_IS_SCAN (self) && bag_scan_is_wide (self) && index < bag_scan_get_n_slices (self));
  g_return_if_fail (column < bag_scan_get_layout (self)->columns && row < bag_scan_get_layout (self)->rows);

  data = g_new0 (ValueData, 1);
  data->index = index;
  data->place = (gsize) row * bag_scan_get_layout (self)->columns + column;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, "[bagscope] read a value");
  g_task_set_source_tag (task, bag_scan_read_value_async);
  g_task_set_task_data (task, data, g_free);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  bag_hand_over_give (task);
  g_task_run_in_thread (task, read_in_worker);
}

/**
 * bag_scan_read_value_finish:
 * @self: the scan
 * @result: what the callback got
 * @value: (out): in the units of the scan, after slope and intercept; may be no number
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: whether @value was read
 */
gboolean
bag_scan_read_value_finish (BagScan *self, GAsyncResult *result, double *value, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self) && value != NULL, FALSE);

  bag_hand_over_take (result);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *value = ((const ValueData *) g_task_get_task_data (G_TASK (result)))->value;

  return TRUE;
}
