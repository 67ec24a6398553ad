/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

/* The processes that read files for this session: when they start, and what the operator is told of them. */

#define N_DECODERS 2

/* A decoder may wait for the storage, or a worker that reads slices which need none. */
void
bag_session_update_waiting (BagSession *self)
{
  gboolean waiting = (self->decoder != NULL && bag_decoder_is_stalled (self->decoder)) || (self->prefetcher != NULL && bag_prefetcher_is_stalled (self->prefetcher));

  if (self->waiting == waiting)
    return;

  self->waiting = waiting;
  bag_session_update_status (self);
}

static void
on_decoder_changed (BagSession *self)
{
  const char *isolation = bag_decoder_get_isolation (self->decoder);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->isolation != isolation)
    bag_session_notify (self, BAG_SESSION_PROP_ISOLATION);
  self->isolation = isolation;
  bag_session_update_waiting (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_start_decoders:
 *
 * Starts the processes that read files, in the background, so that the first file need not
 * wait for them. Opening a file does the same.
 */
void
bag_session_start_decoders (BagSession *self)
{
  g_return_if_fail (BAG_IS_SESSION (self));

  if (self->decoder != NULL)
    return;

  self->decoder = bag_decoder_new (N_DECODERS);
  g_signal_connect_object (self->decoder, "changed", G_CALLBACK (on_decoder_changed), self, G_CONNECT_SWAPPED);
}

/**
 * bag_session_set_limits:
 * @limits: how far the session goes with a file, deadlines included
 *
 * For what is opened from now on; the bag on screen stays.
 */
void
bag_session_set_limits (BagSession *self, const BagLimits *limits)
{
  g_return_if_fail (BAG_IS_SESSION (self));
  g_return_if_fail (limits != NULL && bag_limits_check (limits));

  self->limits = *limits;
}

/**
 * bag_session_get_limits:
 *
 * Returns: (transfer none): how far the session goes with the next file
 */
const BagLimits *
bag_session_get_limits (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return &self->limits;
}

/**
 * bag_session_get_isolation:
 *
 * Returns: (transfer none) (nullable): "full", "seccomp" or "off": how far the processes that
 *   read files are shut in; %NULL until one of them has started
 */
const char *
bag_session_get_isolation (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->isolation;
}
