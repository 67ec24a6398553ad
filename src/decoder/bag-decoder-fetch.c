/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-fetch.h"

static void
append_chunk (const BagDecoderChannel *self, const BagDecoderRequest *request, const BagDecoderReply *reply, GByteArray *bytes)
{
  g_byte_array_append (bytes, bag_decoder_staging_get_half (&self->staging, request->half), reply->length);
}

static gboolean
fetch_chunks (BagDecoderChannel *self, guint64 total, GByteArray *bytes, GCancellable *cancellable, GError **error)
{
  BagDecoderReply reply;

  for (guint32 chunk = 1; bytes->len < total; chunk++)
    {
      BagDecoderRequest request = { .kind = BAG_DECODER_CHUNK, .half = bag_decoder_channel_next_half (self), .chunk = chunk };

      if (!bag_decoder_channel_ask (self, &request, -1, self->deadlines.header, &reply, cancellable, error))
        return FALSE;
      if (reply.total != total)
        return bag_decoder_channel_reject (self, error);
      append_chunk (self, &request, &reply, bytes);
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
  g_autoptr (GByteArray) array = NULL;
  BagDecoderRequest request = { .kind = kind, .length = length };
  BagDecoderReply reply;

  if (!bag_decoder_channel_prepare (self, 0, 0, cancellable, error))
    return NULL;
  request.half = bag_decoder_channel_next_half (self);
  if (!bag_decoder_channel_ask (self, &request, fd, self->deadlines.header, &reply, cancellable, error))
    return NULL;

  array = g_byte_array_new ();
  append_chunk (self, &request, &reply, array);
  if (!fetch_chunks (self, reply.total, array, cancellable, error))
    return NULL;

  return g_byte_array_free_to_bytes (g_steal_pointer (&array));
}
