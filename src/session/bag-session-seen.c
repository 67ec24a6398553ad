/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

/*
 * Which slices the operator has really had before the eyes. Kept for each of the scans
 * behind the path on the desk, so that whoever goes to another one and comes back finds
 * it as it was left; a new path begins with nothing seen.
 */

/* A byte a slice of the bag on screen; NULL: none was seen. */
static guint8 *
get_seen (BagSession *self)
{
  return self->scan != NULL ? g_hash_table_lookup (self->seen, self->scan) : NULL;
}

static guint8 *
ensure_seen (BagSession *self)
{
  guint8 *seen = get_seen (self);

  if (seen == NULL)
    {
      seen = g_new0 (guint8, bag_scan_get_n_slices (self->scan));
      g_hash_table_insert (self->seen, g_object_ref (self->scan), seen);
    }

  return seen;
}

static void
set_n_seen (BagSession *self, guint n_seen)
{
  if (self->n_seen == n_seen)
    return;

  self->n_seen = n_seen;
  bag_session_notify (self, BAG_SESSION_PROP_N_SEEN);
}

void
bag_session_init_seen (BagSession *self)
{
  self->seen = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
}

/* To be called when another scan is on screen. */
void
bag_session_update_seen (BagSession *self)
{
  const guint8 *seen = get_seen (self);
  guint n_seen = 0;

  for (guint i = 0; seen != NULL && i < bag_scan_get_n_slices (self->scan); i++)
    n_seen += seen[i];
  set_n_seen (self, n_seen);
}

/* To be called when other scans are on the desk. */
void
bag_session_forget_seen (BagSession *self)
{
  g_hash_table_remove_all (self->seen);
  set_n_seen (self, 0);
}

/**
 * bag_session_mark_seen:
 *
 * To be called when a frame with the slice drawn has been painted. Nothing happens while
 * that is not the wanted one.
 */
void
bag_session_mark_seen (BagSession *self)
{
  guint8 *seen = NULL;

  g_return_if_fail (BAG_IS_SESSION (self));

  if (!self->exact)
    return;
  seen = ensure_seen (self);
  if (seen[self->drawn_index])
    return;

  seen[self->drawn_index] = TRUE;
  set_n_seen (self, self->n_seen + 1);
  bag_session_emit_states_changed (self, self->drawn_index, self->drawn_index);
}

/**
 * bag_session_is_slice_seen:
 * @index: a slice, from 0
 *
 * Returns: whether that slice of the bag on screen was painted; one that was stepped over
 *   between two frames was not
 */
gboolean
bag_session_is_slice_seen (BagSession *self, guint index)
{
  const guint8 *seen = NULL;

  g_return_val_if_fail (BAG_IS_SESSION (self), FALSE);

  seen = get_seen (self);

  return seen != NULL && index < bag_scan_get_n_slices (self->scan) && seen[index];
}

/**
 * bag_session_get_n_seen:
 *
 * Returns: slices of the bag on screen that were seen
 */
guint
bag_session_get_n_seen (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), 0);

  return self->n_seen;
}
