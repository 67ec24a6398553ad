/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-frame.h"

static guint
get_codec_slices (guint32 codec)
{
  return codec == BAG_FRAME_CODEC_JPEG_2000 ? BAG_DECODER_JPEG_2000_SLICES : BAG_DECODER_CODEC_SLICES;
}

/* One frame; the way to it in a deflated file goes in steps. */
static gboolean
approach_frame (BagDecoderChannel *self, BagDecoderRequest *request, int fd, BagDecoderReply *reply, GCancellable *cancellable, GError **error)
{
  gint64 deadline = self->deadlines.slice + self->deadlines.pixels * request->rows * request->columns / 1000000;
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
 * bag_decoder_ask_for_frame:
 * @channel: a channel
 * @request: has its kind, its place in the file and its codec; gets the layout
 * @fd: the file
 * @layout: of the samples
 * @reply: (out caller-allocates): the reply
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Starts a decoder when none runs.
 *
 * Returns: whether the half that @request names holds the samples
 */
gboolean
bag_decoder_ask_for_frame (BagDecoderChannel *channel, BagDecoderRequest *request, int fd, const BagPixelLayout *layout, BagDecoderReply *reply, GCancellable *cancellable, GError **error)
{
  if (!bag_decoder_channel_prepare (channel, bag_pixel_layout_get_frame_bytes (layout), get_codec_slices (request->codec), cancellable, error))
    return FALSE;

  bag_decoder_request_set_layout (request, layout);

  return approach_frame (channel, request, fd, reply, cancellable, error);
}
