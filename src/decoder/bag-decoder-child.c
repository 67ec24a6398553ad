/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-child.h"

#include "decoder/bag-stored-values.h"
#include "description/bag-file-ids.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <sys/stat.h>

/* The calls that a decoder answers, each made of requests over its channel. */
struct _BagDecoderChild
{
  BagDecoderChannel channel;

  /* Owned */
  GCancellable *starting; /* of bag_decoder_child_start() */
};

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

/* A whole description or report, chunk by chunk. */
static GBytes *
fetch_bytes (BagDecoderChannel *self, BagDecoderKind kind, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) array = NULL;
  BagDecoderRequest request = { .kind = kind };
  BagDecoderReply reply;

  if (!bag_decoder_channel_prepare (self, 0, cancellable, error))
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

/**
 * bag_decoder_child_new:
 *
 * Returns: (transfer full): a decoder that is started by its first call
 */
BagDecoderChild *
bag_decoder_child_new (void)
{
  BagDecoderChild *self = g_new0 (BagDecoderChild, 1);

  bag_decoder_channel_init (&self->channel);
  self->starting = g_cancellable_new ();

  return self;
}

/**
 * bag_decoder_child_free:
 * @self: (transfer full): a decoder
 *
 * Ends it. Call it in the thread that used it.
 */
void
bag_decoder_child_free (BagDecoderChild *self)
{
  g_return_if_fail (self != NULL);

  bag_decoder_channel_clear (&self->channel);
  g_clear_object (&self->starting);
  g_free (self);
}

/**
 * bag_decoder_child_start:
 * @self: a decoder
 *
 * Starts the process ahead of the first call. When that fails, the first call
 * tries again and says why.
 */
void
bag_decoder_child_start (BagDecoderChild *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (self != NULL);

  if (!bag_decoder_channel_prepare (&self->channel, 0, self->starting, &error))
    g_debug ("Not started early: %s", error->message);
}

/**
 * bag_decoder_child_give_up_start:
 * @self: a decoder
 *
 * Has bag_decoder_child_start() wait no longer for a process that does not answer. Any thread
 */
void
bag_decoder_child_give_up_start (BagDecoderChild *self)
{
  g_return_if_fail (self != NULL);

  g_cancellable_cancel (self->starting);
}

/**
 * bag_decoder_child_describe:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Has the header of a file read. Every field of the answer was checked.
 *
 * Returns: (transfer full): what the file says about itself, or %NULL
 */
BagDescription *
bag_decoder_child_describe (BagDecoderChild *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  struct stat info;

  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  if (fstat (fd, &info) < 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("The file could not be read: %s."), g_strerror (errno));
      return NULL;
    }

  bytes = fetch_bytes (&self->channel, BAG_DECODER_DESCRIBE, fd, cancellable, error);

  return bytes != NULL ? bag_description_from_bytes (bytes, (guint64) info.st_size, error) : NULL;
}

/**
 * bag_decoder_child_read_report:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR; %BAG_ERROR_UNSUPPORTED_OBJECT
 *   for a file that is no threat report, which costs little
 *
 * Has a threat report read. Every field of the answer was checked.
 *
 * Returns: (transfer full): what the report says, or %NULL
 */
BagReport *
bag_decoder_child_read_report (BagDecoderChild *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  bytes = fetch_bytes (&self->channel, BAG_DECODER_REPORT, fd, cancellable, error);

  return bytes != NULL ? bag_report_from_bytes (bytes, error) : NULL;
}

/**
 * bag_decoder_child_read_directory:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR; %BAG_ERROR_UNSUPPORTED_OBJECT
 *   for a file that is no directory of a disc, which costs little
 *
 * Has the directory of a disc read. Form and number were checked, the IDs are as written.
 *
 * Returns: (transfer full) (element-type utf8): the file IDs of its images, or %NULL
 */
GPtrArray *
bag_decoder_child_read_directory (BagDecoderChild *self, int fd, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  bytes = fetch_bytes (&self->channel, BAG_DECODER_DIRECTORY, fd, cancellable, error);

  return bytes != NULL ? bag_file_ids_from_bytes (bytes, error) : NULL;
}

/* One frame; the way to it in a deflated file goes in steps. */
static gboolean
ask_for_frame (BagDecoderChannel *self, BagDecoderRequest *request, int fd, BagDecoderReply *reply, GCancellable *cancellable, GError **error)
{
  gint64 deadline = self->deadlines.slice + (gint64) request->rows * request->columns;
  guint64 reached = 0;

  for (;;)
    {
      request->half = bag_decoder_channel_next_half (self);
      if (!bag_decoder_channel_ask (self, request, fd, deadline, reply, cancellable, error))
        return FALSE;
      if (reply->length > 0)
        return TRUE;
      if (reply->total < reached + BAG_DECODER_STEP_BYTES)
        return bag_decoder_channel_reject (self, error);
      reached = reply->total;
    }
}

/**
 * bag_decoder_child_decode:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @codec: how the frame is compressed; not %BAG_FRAME_CODEC_NATIVE
 * @layout: a checked layout of its samples
 * @offset: where the frame begins in the file; in a deflated one as if it were inflated
 * @length: its bytes there
 * @dest: (out): room for rows * columns stored values in host order
 * @dest_size: its bytes
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Has one frame decoded. @dest is written only when the call succeeds.
 *
 * Returns: whether @dest holds the frame
 */
gboolean
bag_decoder_child_decode (BagDecoderChild *self,
                          int fd,
                          BagFrameCodec codec,
                          const BagPixelLayout *layout,
                          guint64 offset,
                          guint64 length,
                          gpointer dest,
                          gsize dest_size,
                          GCancellable *cancellable,
                          GError **error)
{
  BagDecoderChannel *channel = &self->channel;
  BagDecoderRequest request = { .kind = BAG_DECODER_DECODE, .offset = offset, .length = length, .codec = codec };
  BagPixelLayout samples;
  BagDecoderReply reply;

  g_return_val_if_fail (self != NULL && fd >= 0 && layout != NULL && dest != NULL, FALSE);
  g_return_val_if_fail (codec != BAG_FRAME_CODEC_NATIVE, FALSE);

  if (!bag_decoder_channel_prepare (channel, bag_pixel_layout_get_frame_bytes (layout), cancellable, error))
    return FALSE;

  bag_decoder_request_set_layout (&request, layout);
  if (!ask_for_frame (channel, &request, fd, &reply, cancellable, error))
    return FALSE;

  bag_decoder_request_get_layout (&request, &samples);
  g_return_val_if_fail (bag_stored_values_from_samples (&samples,
                                                        bag_decoder_staging_get_half (&channel->staging, request.half),
                                                        reply.length,
                                                        dest,
                                                        dest_size),
                        FALSE);

  return TRUE;
}

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
 *
 * Returns: how far the process said it is shut in; off before it ran. Any thread
 */
BagIsolation
bag_decoder_child_get_isolation (BagDecoderChild *self)
{
  guint isolation;

  g_return_val_if_fail (self != NULL, BAG_ISOLATION_OFF);

  isolation = (guint) g_atomic_int_get (&self->channel.isolation);

  return isolation > 0 ? (BagIsolation) (isolation - 1) : BAG_ISOLATION_OFF;
}

/**
 * bag_decoder_child_has_started:
 * @self: a decoder
 *
 * Returns: whether its process said how far it is shut in; before that it reads nothing. Any thread
 */
gboolean
bag_decoder_child_has_started (BagDecoderChild *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_atomic_int_get (&self->channel.isolation) > 0;
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
