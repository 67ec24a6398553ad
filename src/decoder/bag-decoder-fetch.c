/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-fetch.h"

#include <glib/gi18n.h>

#include <string.h>

/* How much it is comes from a file. */
static guint8 *
new_room (guint64 total, GError **error)
{
  guint8 *room = g_try_malloc (total);

  if (room == NULL)
    g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("There is not enough memory for what this file says. Close other programs and try again."));

  return room;
}

/* Returns: how many bytes were copied: those of the reply, as long as there is room for them. */
static gsize
copy_chunk (const BagDecoderChannel *self, const BagDecoderRequest *request, const BagDecoderReply *reply, guint8 *room, guint64 left)
{
  gsize n = (gsize) MIN (reply->length, left);

  memcpy (room, bag_decoder_staging_get_half (&self->staging, request->half), n);

  return n;
}

static gboolean
fetch_chunks (BagDecoderChannel *self, guint64 total, guint8 *bytes, gsize done, GCancellable *cancellable, GError **error)
{
  BagDecoderReply reply;

  for (guint32 chunk = 1; done < total; chunk++)
    {
      BagDecoderRequest request = { .kind = BAG_DECODER_CHUNK, .half = bag_decoder_channel_next_half (self), .chunk = chunk };

      if (!bag_decoder_channel_ask (self, &request, -1, self->deadlines.header, &reply, cancellable, error))
        return FALSE;
      if (reply.total != total)
        return bag_decoder_channel_reject (self, error);
      done += copy_chunk (self, &request, &reply, bytes + done, total - done);
    }

  return TRUE;
}

/**
 * bag_decoder_fetch:
 * @self: a channel
 * @kind: what to ask for
 * @length: goes with the request
 * @fd: a regular file, open for reading; stays open
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Fetches a whole description, report or list, chunk by chunk.
 *
 * Returns: (transfer full): its bytes as the decoder wrote them, or %NULL
 */
GBytes *
bag_decoder_fetch (BagDecoderChannel *self, BagDecoderKind kind, guint64 length, int fd, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *bytes = NULL;
  gsize done;
  BagDecoderRequest request = { .kind = kind, .length = length };
  BagDecoderReply reply;

  if (!bag_decoder_channel_prepare (self, 0, 0, cancellable, error))
    return NULL;
  request.half = bag_decoder_channel_next_half (self);
  if (!bag_decoder_channel_ask (self, &request, fd, self->deadlines.header, &reply, cancellable, error))
    return NULL;

  bytes = new_room (reply.total, error);
  if (bytes == NULL)
    return NULL;

  done = copy_chunk (self, &request, &reply, bytes, reply.total);
  if (!fetch_chunks (self, reply.total, bytes, done, cancellable, error))
    return NULL;

  return g_bytes_new_take (g_steal_pointer (&bytes), reply.total);
}
