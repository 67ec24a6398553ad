/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-child-private.h"

/* What is told of a decoder, mostly to other threads, and what it is told. */

/**
 * bag_decoder_child_get_n_deaths:
 * @self: a decoder
 *
 * Returns: how often its process ended without being asked to, or had to be
 *   ended because of what it did. Any thread
 */
guint
bag_decoder_child_get_n_deaths (BagDecoderChild *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) g_atomic_int_get (&self->channel.n_deaths);
}

/**
 * bag_decoder_child_get_isolation:
 * @self: a decoder
 * @isolation: (out): how far it is shut in; unchanged when that is not known
 *
 * Returns: whether a process of it has said its first word. Any thread
 */
gboolean
bag_decoder_child_get_isolation (BagDecoderChild *self, BagIsolation *isolation)
{
  gint known;

  g_return_val_if_fail (self != NULL, FALSE);

  known = g_atomic_int_get (&self->channel.isolation);
  if (known >= 0)
    *isolation = (BagIsolation) known;

  return known >= 0;
}

/**
 * bag_decoder_child_is_stalled:
 * @self: a decoder
 *
 * Returns: whether a call waits for the storage: it has made no progress for some seconds. Any thread
 */
gboolean
bag_decoder_child_is_stalled (BagDecoderChild *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_atomic_int_get (&self->channel.is_stalled) != 0;
}

/**
 * bag_decoder_child_set_at_work:
 * @self: a decoder
 * @is_at_work: whether this thread does something for which it has @self
 */
void
bag_decoder_child_set_at_work (BagDecoderChild *self, gboolean is_at_work)
{
  g_return_if_fail (self != NULL);

  bag_decoder_channel_set_at_work (&self->channel, is_at_work);
}

/**
 * bag_decoder_child_is_stuck:
 * @self: a decoder
 * @patience: in µs
 *
 * Returns: whether its thread has been at work so long without asking @self anything. Any thread
 */
gboolean
bag_decoder_child_is_stuck (BagDecoderChild *self, gint64 patience)
{
  gint since;

  g_return_val_if_fail (self != NULL, FALSE);

  since = g_atomic_int_get (&self->channel.work_time);

  return since != 0 && (guint) (g_get_monotonic_time () / 1000) - (guint) since >= (guint) (patience / 1000);
}

/**
 * bag_decoder_child_watch:
 * @self: a decoder that was not used yet
 * @changed: called in the thread that uses @self when its isolation or whether it is stalled has changed
 * @user_data: for @changed
 */
void
bag_decoder_child_watch (BagDecoderChild *self, void (*changed) (gpointer user_data), gpointer user_data)
{
  g_return_if_fail (self != NULL && changed != NULL);

  self->channel.changed = changed;
  self->channel.user_data = user_data;
}

/**
 * bag_decoder_child_set_limits:
 * @self: a decoder
 * @limits: how far it goes with the files that it describes from now on, deadlines included
 *
 * Call it in the thread that uses @self.
 */
void
bag_decoder_child_set_limits (BagDecoderChild *self, const BagLimits *limits)
{
  g_return_if_fail (self != NULL && limits != NULL && bag_limits_check (limits));

  bag_decoder_channel_set_limits (&self->channel, limits);
}

/**
 * bag_decoder_child_get_limits:
 * @self: a decoder
 *
 * Call it in the thread that uses @self.
 *
 * Returns: (transfer none): how far it goes with a file
 */
const BagLimits *
bag_decoder_child_get_limits (const BagDecoderChild *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->channel.limits;
}

/**
 * bag_decoder_child_set_deadlines:
 * @self: a decoder
 * @deadlines: how long calls may take
 *
 * Call it in the thread that uses @self.
 */
void
bag_decoder_child_set_deadlines (BagDecoderChild *self, const BagDecoderDeadlines *deadlines)
{
  g_return_if_fail (self != NULL && deadlines != NULL);

  self->channel.deadlines = *deadlines;
}
