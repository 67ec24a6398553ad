/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder"

#include "config.h"

#include "decoder/bag-decoder-private.h"

/*
 * A thread of the decoder may sleep in the kernel for ever, where a drive or a share does not
 * answer to open() or stat(), and nobody can wake it. That is seen from here: by how long it
 * has been at work without asking its process anything. What the process is asked has deadlines of its own.
 *
 * The timer is due once in that time, and only while there is work.
 */

static gboolean
is_any_stuck (BagDecoder *self)
{
  gboolean is_stuck = FALSE;

  for (guint i = 0; i < self->workers->len; i++)
    is_stuck |= bag_decoder_child_is_stuck (g_array_index (self->workers, BagDecoderWorker, i).child, self->patience);

  return is_stuck;
}

/* Call with the lock. */
static gboolean
has_work (BagDecoder *self)
{
  guint n = self->n_at_work;

  for (guint class = 0; class < BAG_POOL_N_CLASSES; class ++)
    n += self->queues[class].length;

  return n > 0;
}

static gboolean
on_due (gpointer user_data)
{
  BagDecoder *self = user_data;
  gboolean is_stuck;

  pthread_mutex_lock (&self->mutex);
  is_stuck = is_any_stuck (self);
  g_source_set_ready_time (self->watch, has_work (self) || is_stuck ? g_get_monotonic_time () + self->patience : -1);
  pthread_mutex_unlock (&self->mutex);

  if (g_atomic_int_compare_and_exchange (&self->is_stuck, !is_stuck, is_stuck))
    bag_decoder_emit_changed (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs watch_funcs = { .dispatch = dispatch };

void
bag_decoder_watch_init (BagDecoder *self)
{
  self->patience = BAG_DECODER_PATIENCE;
  self->watch = g_source_new (&watch_funcs, sizeof (GSource));
  g_source_set_static_name (self->watch, "[bagscope] decoder");
  g_source_set_callback (self->watch, on_due, self, NULL);
  g_source_attach (self->watch, self->context);
}

/* Call with the lock, once. */
void
bag_decoder_watch_clear (BagDecoder *self)
{
  g_source_destroy (self->watch);
  g_clear_pointer (&self->watch, g_source_unref);
}

/* Call with the lock: there is work. */
void
bag_decoder_watch_begin (BagDecoder *self)
{
  if (self->watch != NULL && g_source_get_ready_time (self->watch) < 0)
    g_source_set_ready_time (self->watch, g_get_monotonic_time () + self->patience);
}

/**
 * bag_decoder_set_patience:
 * @self: a decoder without work
 * @patience: in µs: after how long a thread counts as stuck, and is waited for no longer when the decoder goes
 *
 * For tests, which do not wait so long.
 */
void
bag_decoder_set_patience (BagDecoder *self, gint64 patience)
{
  g_return_if_fail (BAG_IS_DECODER (self) && patience > 0);

  pthread_mutex_lock (&self->mutex);
  self->patience = patience;
  pthread_mutex_unlock (&self->mutex);
}

/**
 * bag_decoder_is_stalled:
 * @self: a decoder
 *
 * Returns: whether some call waits for the storage. Any thread
 */
gboolean
bag_decoder_is_stalled (BagDecoder *self)
{
  gboolean is_stalled;

  g_return_val_if_fail (BAG_IS_DECODER (self), FALSE);

  is_stalled = g_atomic_int_get (&self->is_stuck) != 0;
  for (guint i = 0; i < self->workers->len; i++)
    is_stalled |= bag_decoder_child_is_stalled (g_array_index (self->workers, BagDecoderWorker, i).child);

  return is_stalled;
}
