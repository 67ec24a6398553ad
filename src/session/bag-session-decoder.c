/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

/* The processes that read files for this session: when they start, and what the operator is told of them. */

#define N_DECODERS 2

static void
on_decoder_changed (BagSession *self)
{
  const char *isolation = bag_decoder_get_isolation (self->decoder);
  gboolean waiting = bag_decoder_is_stalled (self->decoder);

  g_object_freeze_notify (G_OBJECT (self));
  if (self->isolation != isolation)
    bag_session_notify (self, BAG_SESSION_PROP_ISOLATION);
  self->isolation = isolation;
  if (self->waiting != waiting)
    {
      self->waiting = waiting;
      bag_session_update_status (self);
    }
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
