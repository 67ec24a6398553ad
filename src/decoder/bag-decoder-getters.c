/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder"

#include "config.h"

#include "decoder/bag-decoder-private.h"

/* What is told of the processes of a decoder, and what they are told. */

/**
 * bag_decoder_get_n_children:
 * @self: a decoder
 *
 * Returns: how many processes it has. Any thread
 */
guint
bag_decoder_get_n_children (BagDecoder *self)
{
  g_return_val_if_fail (BAG_IS_DECODER (self), 0);

  return self->workers->len;
}

/**
 * bag_decoder_get_n_deaths:
 * @self: a decoder
 *
 * Returns: how many processes ended, or had to be ended, while at work. Any thread
 */
guint
bag_decoder_get_n_deaths (BagDecoder *self)
{
  guint n = 0;

  g_return_val_if_fail (BAG_IS_DECODER (self), 0);

  for (guint i = 0; i < self->workers->len; i++)
    n += bag_decoder_child_get_n_deaths (g_array_index (self->workers, BagDecoderWorker, i).child);

  return n;
}

/**
 * bag_decoder_set_limits:
 * @self: a decoder
 * @limits: how far it goes with the files that it describes from now on, deadlines included
 *
 * Work in hand goes on with those it began with. Any thread.
 */
void
bag_decoder_set_limits (BagDecoder *self, const BagLimits *limits)
{
  g_return_if_fail (BAG_IS_DECODER (self));
  g_return_if_fail (limits != NULL && bag_limits_check (limits));

  pthread_mutex_lock (&self->mutex);
  self->limits = *limits;
  self->n_limits_set++;
  pthread_mutex_unlock (&self->mutex);
}

static const char *
find_isolation (BagDecoder *self)
{
  BagIsolation least = BAG_ISOLATION_FULL;
  gboolean is_known = FALSE;

  for (guint i = 0; i < self->workers->len; i++)
    {
      BagIsolation isolation = BAG_ISOLATION_FULL;

      is_known |= bag_decoder_child_get_isolation (g_array_index (self->workers, BagDecoderWorker, i).child, &isolation);
      least = MIN (least, isolation);
    }

  return is_known ? bag_isolation_get_name (least) : NULL;
}

/**
 * bag_decoder_get_isolation:
 * @self: a decoder
 *
 * Returns: (transfer none) (nullable): "full", "seccomp" or "off": how far the process that is
 *   shut in least is so; %NULL until one has started. Any thread
 */
const char *
bag_decoder_get_isolation (BagDecoder *self)
{
  g_return_val_if_fail (BAG_IS_DECODER (self), NULL);

  return find_isolation (self);
}
