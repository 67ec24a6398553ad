/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-header-batch"

#include "config.h"

#include "scan/bag-header-batch.h"

#include <pthread.h>

/*
 * Whoever wants the headers reads files as well, and the other processes of the
 * decoder help: each takes the next files that nobody has, so that none waits for
 * another. Several files cost little more than one, so as many are taken at once as
 * keeps all busy to the end; where the storage is slow, fewer, so that a call can be
 * given up and somebody else served soon. What is done ahead of the one that is wanted next is bounded, and so
 * is how long a helper keeps its process: a slice that somebody looks at
 * meanwhile stands behind a few headers, not behind a folder.
 *
 * Nobody waits for a helper that has not begun. One that has is waited for only
 * when its file is the next one; a closed batch lives on until it is done.
 *
 * Lock: @mutex guards all below it; it is not held while a file is read. The
 * decoder's lock may be taken under it, never the other way round.
 */
#define WINDOW 256u
#define LONG_TURN (G_USEC_PER_SEC / 2)
#define LEAST_FILES 4u /* fewer are not worth a helper */
#define FIRST_FILES 8u /* at once, before it is known how fast the storage is */

struct _BagHeaderBatch
{
  GPtrArray *files; /* (element-type filename), not changed */
  GCancellable *cancellable;
  BagDecoder *decoder; /* (not owned) (nullable): used on its own threads only, which it outlives */
  guint most_helpers;

  pthread_mutex_t mutex;
  guint n_refs;
  pthread_cond_t has_header;
  BagHeader *headers[WINDOW]; /* (owned) that are there, file i at i modulo WINDOW */
  guint most_at_once;
  guint n_taken;   /* files that somebody has read or reads */
  guint n_given;   /* headers handed out */
  guint n_helpers; /* queued or at work */
  gboolean is_closed;
};

static void
batch_free (BagHeaderBatch *self)
{
  for (guint i = 0; i < WINDOW; i++)
    bag_header_free (self->headers[i]);
  g_ptr_array_unref (self->files);
  g_clear_object (&self->cancellable);
  pthread_cond_destroy (&self->has_header);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

static void
batch_unref (gpointer data)
{
  BagHeaderBatch *self = data;
  gboolean is_last;

  pthread_mutex_lock (&self->mutex);
  is_last = --self->n_refs == 0;
  pthread_mutex_unlock (&self->mutex);
  if (is_last)
    batch_free (self);
}

/* Call with the lock. */
static gboolean
can_take (const BagHeaderBatch *self)
{
  return !self->is_closed && self->n_taken < self->files->len && self->n_taken - self->n_given < WINDOW;
}

/* Call with the lock, when any can be taken. */
static guint
choose_number (const BagHeaderBatch *self)
{
  guint n_left = self->files->len - self->n_taken;
  guint share = MAX (n_left / (self->most_helpers + 1), MIN (n_left, LEAST_FILES));
  guint room = WINDOW - (self->n_taken - self->n_given);

  return MIN (MIN (share, room), self->most_at_once);
}

/* Call with the lock. */
static void
learn_pace (BagHeaderBatch *self, gint64 time)
{
  self->most_at_once = time > LONG_TURN ? MAX (self->most_at_once / 2, 1) : MIN (self->most_at_once * 2, BAG_DECODER_MAX_FILES);
}

/* Call with the lock, which is let go of while the files are read. */
static void
take_some (BagHeaderBatch *self, BagDecoderChild *child)
{
  BagHeader *headers[BAG_DECODER_MAX_FILES];
  guint n = choose_number (self);
  guint first = self->n_taken;
  gint64 start = g_get_monotonic_time ();

  self->n_taken += n;
  pthread_mutex_unlock (&self->mutex);
  bag_header_read_all ((const char *const *) self->files->pdata + first, n, child, self->cancellable, headers);
  pthread_mutex_lock (&self->mutex);
  learn_pace (self, g_get_monotonic_time () - start);
  for (guint i = 0; i < n; i++)
    self->headers[(first + i) % WINDOW] = headers[i];
  pthread_cond_signal (&self->has_header);
}

static void help (BagDecoderChild *child, gpointer user_data);

/* Call with the lock. */
static void
ask_for_help (BagHeaderBatch *self)
{
  while (can_take (self) && self->n_helpers < self->most_helpers && self->files->len - self->n_taken >= LEAST_FILES)
    {
      self->n_helpers++;
      self->n_refs++;
      bag_decoder_lend (self->decoder, BAG_POOL_CLASS_LOAD, help, self, batch_unref);
    }
}

static void
help (BagDecoderChild *child, gpointer user_data)
{
  BagHeaderBatch *self = user_data;

  pthread_mutex_lock (&self->mutex);
  if (can_take (self))
    take_some (self, child);
  self->n_helpers--;
  ask_for_help (self);
  pthread_mutex_unlock (&self->mutex);
}

/**
 * bag_header_batch_new:
 * @files: (element-type filename): files; not changed any more
 * @decoder: (nullable): whose processes help; the batch is then used on one of its threads
 * @cancellable: (nullable): gives all of it up
 *
 * Returns: (transfer full): a batch, for bag_header_batch_close()
 */
BagHeaderBatch *
bag_header_batch_new (GPtrArray *files, BagDecoder *decoder, GCancellable *cancellable)
{
  BagHeaderBatch *self;

  g_return_val_if_fail (files != NULL, NULL);

  self = g_new0 (BagHeaderBatch, 1);
  self->n_refs = 1;
  self->files = g_ptr_array_ref (files);
  g_set_object (&self->cancellable, cancellable);
  self->decoder = decoder;
  self->most_at_once = FIRST_FILES;
  self->most_helpers = decoder != NULL ? bag_decoder_get_n_children (decoder) - 1 : 0;
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->has_header, NULL);

  return self;
}

/**
 * bag_header_batch_close:
 * @self: (transfer full): a batch
 *
 * Has no further file read.
 */
void
bag_header_batch_close (BagHeaderBatch *self)
{
  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->mutex);
  self->is_closed = TRUE;
  pthread_mutex_unlock (&self->mutex);
  batch_unref (self);
}

/**
 * bag_header_batch_next:
 * @self: a batch
 * @child: a decoder of this thread
 *
 * Blocks until it is there. One thread only.
 *
 * Returns: (transfer full) (nullable): what the next file is; %NULL after the last
 */
BagHeader *
bag_header_batch_next (BagHeaderBatch *self, BagDecoderChild *child)
{
  BagHeader **slot;
  BagHeader *header = NULL;

  g_return_val_if_fail (self != NULL && child != NULL, NULL);

  pthread_mutex_lock (&self->mutex);
  slot = &self->headers[self->n_given % WINDOW];
  while (self->n_given < self->files->len && *slot == NULL)
    {
      ask_for_help (self);
      if (can_take (self))
        take_some (self, child);
      else
        pthread_cond_wait (&self->has_header, &self->mutex);
    }
  if (self->n_given < self->files->len)
    {
      header = g_steal_pointer (slot);
      self->n_given++;
    }
  pthread_mutex_unlock (&self->mutex);

  return header;
}
