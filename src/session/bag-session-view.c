/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

/* How the operator looks at the slice: the window, and the place under the pointer. */

#define N_VALUES 65536u
#define MAX_COUNTED (1u << 22) /* voxels: a histogram of more says the same, and takes time */

/**
 * bag_session_set_pointer:
 * @inside: whether the pointer is on a voxel
 * @column: of that voxel, from 0
 * @row: of that voxel, from 0
 */
void
bag_session_set_pointer (BagSession *self, gboolean inside, guint column, guint row)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  self->pointer_inside = inside;
  self->pointer_column = column;
  self->pointer_row = row;
  bag_session_update_probe (self);
}

/**
 * bag_session_use_window:
 * @window: a window, in values, with its function
 *
 * Makes sensible what is not, as bag_window_level_make_sane() does.
 */
void
bag_session_use_window (BagSession *self, const BagWindowLevel *window)
{
  BagWindowLevel former;

  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (window != NULL);

  former = self->window;
  self->window = bag_window_level_make_sane (window);
  g_object_freeze_notify (G_OBJECT (self));
  if (self->window.function != former.function)
    bag_session_notify (self, BAG_SESSION_PROP_WINDOW_FUNCTION);
  if (self->window.center != former.center)
    bag_session_notify (self, BAG_SESSION_PROP_WINDOW_CENTER);
  if (self->window.width != former.width)
    bag_session_notify (self, BAG_SESSION_PROP_WINDOW_WIDTH);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_set_window:
 * @center: in values
 * @width: in values
 *
 * The function stays. Makes sensible what is not: finite numbers, a width that the
 * function can have.
 */
void
bag_session_set_window (BagSession *self, double center, double width)
{
  BagWindowLevel window = { center, width, BAG_VOI_FUNCTION_LINEAR };

  g_return_if_fail (BAG_IS_SESSION (self));

  window.function = self->window.function;
  bag_session_use_window (self, &window);
}

/**
 * bag_session_get_window:
 * @window: (out): the window, in values
 */
void
bag_session_get_window (BagSession *self, BagWindowLevel *window)
{
  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (window != NULL);

  *window = self->window;
}

/**
 * bag_session_reset_window:
 *
 * Back to the window that the file gives, or that was measured when it was opened.
 */
void
bag_session_reset_window (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  bag_session_use_window (self, &self->scan_window);
}

static void
count_values (const guint16 *values, gsize n, guint64 *counts)
{
  gsize step = 1 + n / MAX_COUNTED;

  for (gsize i = 0; i < n; i += step)
    counts[values[i]]++;
}

/**
 * bag_session_auto_window:
 *
 * A window made from the slice that is drawn now, by the same rule as for a scan that
 * brings none, with the function of such a window.
 */
void
bag_session_auto_window (BagSession *self)
{
  g_autofree guint64 *counts = NULL;
  BagWindowLevel window;

  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->slice == NULL)
    return;

  counts = g_new0 (guint64, N_VALUES);
  count_values (bag_slice_get_data (self->slice), bag_slice_get_size (self->slice) / sizeof (guint16), counts);
  window = bag_scan_make_window (self->scan, self->drawn_index, counts);
  bag_session_use_window (self, &window);
}

/**
 * bag_session_get_inverted:
 *
 * Returns: whether the operator wants black and white turned round
 */
gboolean
bag_session_get_inverted (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), FALSE);

  return self->inverted;
}

/**
 * bag_session_set_inverted:
 * @inverted: whether to turn black and white round, on top of what the file says
 */
void
bag_session_set_inverted (BagSession *self, gboolean inverted)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  inverted = !!inverted;
  if (self->inverted == inverted)
    return;

  self->inverted = inverted;
  bag_session_notify (self, BAG_SESSION_PROP_INVERTED);
}
