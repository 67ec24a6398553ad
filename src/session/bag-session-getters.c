/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

/* What the session knows, for callers in C. */

/**
 * bag_session_get_scan:
 *
 * Returns: (transfer none) (nullable): the bag on screen
 */
BagScan *
bag_session_get_scan (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->scan;
}

/**
 * bag_session_get_scans:
 *
 * Returns: (transfer none): the scans behind the path, in the order of their numbers
 */
GListModel *
bag_session_get_scans (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return G_LIST_MODEL (self->scans);
}

/**
 * bag_session_get_pool:
 *
 * Returns: (transfer none) (nullable): the pool; NULL before the first bag
 */
BagPool *
bag_session_get_pool (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->pool;
}

/**
 * bag_session_get_pool_budget:
 *
 * Returns: bytes; 0 for the default
 */
guint64
bag_session_get_pool_budget (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->pool_budget;
}

/**
 * bag_session_get_default_budget:
 *
 * Returns: bytes that slices may take when nothing is set
 */
guint64
bag_session_get_default_budget (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->default_budget;
}

/**
 * bag_session_get_budget_in_force:
 *
 * Returns: bytes that slices may take, as set or by default
 */
guint64
bag_session_get_budget_in_force (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->pool_budget > 0 ? self->pool_budget : self->default_budget;
}

/**
 * bag_session_get_bag_number:
 *
 * Returns: the bag that slots of the bag on screen name in their tags; 0 before the first
 */
guint
bag_session_get_bag_number (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->bag_number;
}

/**
 * bag_session_get_slice:
 *
 * Returns: (transfer none) (nullable): what to draw; valid until the main loop turns, unless a reference
 *   is taken
 */
BagSlice *
bag_session_get_slice (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->slice;
}

/**
 * bag_session_get_n_slices:
 *
 * Returns: slices of the bag on screen
 */
guint
bag_session_get_n_slices (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->scan != NULL ? bag_scan_get_n_slices (self->scan) : 0;
}

/**
 * bag_session_get_slice_index:
 *
 * Returns: the wanted slice, from 0
 */
guint
bag_session_get_slice_index (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->slice_index;
}

/**
 * bag_session_is_exact:
 *
 * Returns: whether the slice to draw is the wanted one
 */
gboolean
bag_session_is_exact (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), FALSE);

  return self->exact;
}

/**
 * bag_session_get_drawn_index:
 *
 * Returns: the slice to draw, from 0; G_MAXUINT for none
 */
guint
bag_session_get_drawn_index (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), BAG_SESSION_NO_SLICE);

  return self->drawn_index;
}

/**
 * bag_session_get_slice_error:
 *
 * Returns: (nullable): why the wanted slice cannot be shown
 */
const char *
bag_session_get_slice_error (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->slice_error;
}

/**
 * bag_session_get_pool_monitor:
 *
 * Returns: (transfer none): it watches the pool of the session
 */
BagPoolMonitor *
bag_session_get_pool_monitor (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->monitor;
}

/**
 * bag_session_get_bag_id:
 *
 * Returns: the bag's ID, "" when there is none
 */
const char *
bag_session_get_bag_id (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->bag_id;
}

/**
 * bag_session_get_title:
 *
 * Returns: the title of the window
 */
const char *
bag_session_get_title (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->title;
}

/**
 * bag_session_get_status:
 *
 * Returns: the status line
 */
const char *
bag_session_get_status (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->status;
}

/**
 * bag_session_get_probe:
 *
 * Returns: value and place under the pointer, or ""
 */
const char *
bag_session_get_probe (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->probe;
}

/**
 * bag_session_get_message:
 *
 * Returns: (nullable): what went wrong, in the operator's words
 */
const char *
bag_session_get_message (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->message;
}

/**
 * bag_session_get_notice:
 *
 * Returns: (nullable): warnings about the scan on screen, one a line
 */
const char *
bag_session_get_notice (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->notice;
}

/**
 * bag_session_get_loading:
 *
 * Returns: whether a bag is being opened
 */
gboolean
bag_session_get_loading (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), FALSE);

  return self->opening != NULL;
}

/**
 * bag_session_get_opening_text:
 *
 * Returns: (transfer none): how far an opening is that takes a while, else ""
 */
const char *
bag_session_get_opening_text (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), "");

  return self->opening_text;
}

/**
 * bag_session_get_slice_state:
 * @index: a slice, from 0
 *
 * Returns: whether that slice is in memory
 */
BagSliceState
bag_session_get_slice_state (BagSession *self, guint index)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), BAG_SLICE_STATE_ABSENT);

  if (self->prefetcher == NULL || index >= bag_session_get_n_slices (self))
    return BAG_SLICE_STATE_ABSENT;

  return bag_prefetcher_get_state (self->prefetcher, index);
}

/**
 * bag_session_get_error_name:
 *
 * Returns: (transfer none) (nullable): the name, for programs, of what the message
 *   or else the error of the wanted slice tells
 */
const char *
bag_session_get_error_name (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->message != NULL ? self->message_error : self->slice_error_name;
}

/**
 * bag_session_get_scan_window:
 * @window: (out): the window that the scan was opened with: of its file, or measured
 */
void
bag_session_get_scan_window (BagSession *self, BagWindowLevel *window)
{
  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (window != NULL);

  *window = self->scan_window;
}

/**
 * bag_session_dismiss_message:
 *
 * The operator has read the message.
 */
void
bag_session_dismiss_message (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  bag_session_set_text (self, &self->message, BAG_SESSION_PROP_MESSAGE, NULL);
}
