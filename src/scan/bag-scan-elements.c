/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-scan-elements"

#include "config.h"

#include "scan/bag-scan-private.h"

#include "pool/bag-hand-over.h"

#include <glib/gi18n.h>

/* The data elements of the file that a slice stands in. They are read anew each
 * time: a list is of use to few, and a scan shall hold nothing of a person. */
typedef struct
{
  guint index;
  gboolean reveal;
} ListData;

/**
 * bag_scan_has_elements:
 * @self: a scan
 *
 * Returns: whether it stands in files, whose data elements can be listed
 */
gboolean
bag_scan_has_elements (BagScan *self)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), FALSE);

  return bag_scan_get_source (self)->list_elements != NULL;
}

/**
 * bag_scan_list_elements:
 * @self: a scan
 * @index: a slice, from 0
 * @reveal: whether values that are about persons, or may be, come in clear
 * @child: (nullable): a decoder of this thread, for a scan that stands in files
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR; %BAG_ERROR_NO_ACCESS for a
 *   scan that has no file
 *
 * Blocks until the decoder has answered. Any thread that has a decoder.
 *
 * Returns: (transfer full): all data elements of the file of that slice
 */
BagElementList *
bag_scan_list_elements (BagScan *self,
                        guint index,
                        gboolean reveal,
                        BagDecoderChild *child,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);
  g_return_val_if_fail (index < bag_scan_get_n_slices (self), NULL);

  if (!bag_scan_has_elements (self))
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("This bag is made up: it has no file, and so no data elements."));
      return NULL;
    }
  if (child == NULL)
    {
      g_set_error_literal (error, BAG_ERROR, BAG_ERROR_DECODER_DIED, _ ("There is no decoder to read the file."));
      return NULL;
    }

  return bag_scan_get_source (self)->list_elements (bag_scan_get_source_data (self), index, reveal, child, cancellable, error);
}

static void
list (GTask *task, BagDecoderChild *child)
{
  const ListData *data = g_task_get_task_data (task);
  BagElementList *elements = NULL;
  GError *error = NULL;

  bag_hand_over_take (task);
  elements = bag_scan_list_elements (g_task_get_source_object (task), data->index, data->reveal, child, g_task_get_cancellable (task), &error);
  bag_hand_over_give (task);
  if (elements != NULL)
    g_task_return_pointer (task, elements, (GDestroyNotify) bag_element_list_unref);
  else
    g_task_return_error (task, error);
}

/**
 * bag_scan_list_elements_async:
 * @self: a scan
 * @index: a slice, from 0
 * @reveal: whether values that are about persons, or may be, come in clear
 * @decoder: (nullable): reads the file; without one only a scan without a file has its answer
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context
 * @user_data: for @callback
 *
 * Lists the data elements on a thread of @decoder, after the slices that are waited for.
 */
void
bag_scan_list_elements_async (BagScan *self,
                              guint index,
                              gboolean reveal,
                              BagDecoder *decoder,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  ListData *data = NULL;

  g_return_if_fail (BAG_IS_SCAN (self));
  g_return_if_fail (index < bag_scan_get_n_slices (self));
  g_return_if_fail (decoder == NULL || BAG_IS_DECODER (decoder));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_name (task, "[bagscope] list elements");
  g_task_set_source_tag (task, bag_scan_list_elements_async);
  g_task_set_check_cancellable (task, FALSE);
  data = g_new0 (ListData, 1);
  data->index = index;
  data->reveal = reveal;
  g_task_set_task_data (task, data, g_free);

  bag_hand_over_give (task);
  if (decoder != NULL)
    bag_decoder_run_task (decoder, BAG_POOL_CLASS_LOAD, task, list);
  else
    list (task, NULL);
}

/**
 * bag_scan_list_elements_finish:
 * @self: a scan
 * @result: what the callback got
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): the elements, or %NULL
 */
BagElementList *
bag_scan_list_elements_finish (BagScan *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (BAG_IS_SCAN (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  bag_hand_over_take (result);

  return g_task_propagate_pointer (G_TASK (result), error);
}
