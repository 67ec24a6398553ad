/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-child-private.h"

#include "decoder/bag-decoder-fetch.h"
#include "decoder/bag-decoder-frame.h"
#include "decoder/bag-stored-values.h"
#include "description/bag-file-ids.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* The calls that a decoder answers, each made of requests over its channel. */

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

  if (!bag_decoder_channel_prepare (&self->channel, 0, 0, self->starting, &error))
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
  struct stat info;

  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  if (fstat (fd, &info) < 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("The file could not be read: %s."), g_strerror (errno));
      return NULL;
    }

  return bag_decoder_describe (&self->channel, fd, (guint64) info.st_size, cancellable, error);
}

/**
 * bag_decoder_child_describe_all:
 * @self: a decoder
 * @files: (array length=n_files): files
 * @n_files: how many, at most %BAG_DECODER_MAX_FILES
 * @cancellable: (nullable): gives the call up
 *
 * As bag_decoder_child_describe(), of several files at less cost.
 */
void
bag_decoder_child_describe_all (BagDecoderChild *self, BagDecoderFile *files, guint n_files, GCancellable *cancellable)
{
  g_return_if_fail (self != NULL && files != NULL);

  bag_decoder_describe_all (&self->channel, files, n_files, cancellable);
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

  bytes = bag_decoder_fetch (&self->channel, BAG_DECODER_REPORT, 0, fd, cancellable, error);

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

  bytes = bag_decoder_fetch (&self->channel, BAG_DECODER_DIRECTORY, 0, fd, cancellable, error);

  return bytes != NULL ? bag_file_ids_from_bytes (bytes, error) : NULL;
}

/**
 * bag_decoder_child_list_elements:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @reveal: whether values that are about persons, or may be, come in clear
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Has all data elements of a file listed. Every field of the answer was checked;
 * without @reveal no value of a person is in it.
 *
 * Returns: (transfer full): the elements, or %NULL
 */
BagElementList *
bag_decoder_child_list_elements (BagDecoderChild *self, int fd, gboolean reveal, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL && fd >= 0, NULL);

  bytes = bag_decoder_fetch (&self->channel, BAG_DECODER_ELEMENTS, reveal ? 1 : 0, fd, cancellable, error);

  return bytes != NULL ? bag_element_list_from_bytes (bytes, reveal, error) : NULL;
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
  BagDecoderRequest request = { .kind = BAG_DECODER_DECODE, .offset = offset, .length = length, .codec = codec };
  BagDecoderChannel *channel = &self->channel;
  BagPixelLayout samples;
  BagDecoderReply reply;

  g_return_val_if_fail (self != NULL && fd >= 0 && layout != NULL && dest != NULL, FALSE);
  g_return_val_if_fail (codec != BAG_FRAME_CODEC_NATIVE && !bag_pixel_layout_is_wide (layout), FALSE);

  if (!bag_decoder_ask_for_frame (channel, &request, fd, layout, &reply, cancellable, error))
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

/* What stands in staging memory may change at any moment: it is copied out once. */
static void
hand_on (const guint8 *samples, const BagPixelLayout *layout, gsize n, guint8 *scratch, double *numbers, BagSampleSink sink, gpointer sink_data)
{
  gsize bytes = layout->bits_allocated / 8u;

  for (gsize done = 0; done < n; done += BAG_SAMPLE_BLOCK)
    {
      gsize block = MIN (BAG_SAMPLE_BLOCK, n - done);

      memcpy (scratch, samples + done * bytes, block * bytes);
      bag_wide_samples_load (layout, scratch, block, numbers);
      sink (numbers, block, sink_data);
    }
}

/**
 * bag_decoder_child_inflate:
 * @self: a decoder
 * @fd: a regular file, open for reading; stays open
 * @layout: a checked layout of wide samples
 * @offset: where the frame begins, as if the file were inflated
 * @first: the first sample wanted, from 0
 * @n: how many, within the frame
 * @sink: gets them in blocks
 * @sink_data: for @sink
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * As bag_decoder_child_decode(), for wide samples, which only a deflated file has there.
 *
 * Returns: whether @sink got all of them; it got none else
 */
gboolean
bag_decoder_child_inflate (BagDecoderChild *self,
                           int fd,
                           const BagPixelLayout *layout,
                           guint64 offset,
                           gsize first,
                           gsize n,
                           BagSampleSink sink,
                           gpointer sink_data,
                           GCancellable *cancellable,
                           GError **error)
{
  BagDecoderRequest request = { .kind = BAG_DECODER_DECODE, .offset = offset, .length = bag_pixel_layout_get_frame_bytes (layout), .codec = BAG_FRAME_CODEC_DEFLATED };
  g_autofree guint8 *scratch = g_malloc (BAG_SAMPLE_BLOCK * sizeof (guint64));
  g_autofree double *numbers = g_new (double, BAG_SAMPLE_BLOCK);
  const guint8 *samples = NULL;
  BagDecoderReply reply;

  g_return_val_if_fail (self != NULL && fd >= 0 && sink != NULL && bag_pixel_layout_is_wide (layout), FALSE);
  g_return_val_if_fail (first + n <= (gsize) layout->rows * layout->columns, FALSE);

  if (!bag_decoder_ask_for_frame (&self->channel, &request, fd, layout, &reply, cancellable, error))
    return FALSE;

  samples = bag_decoder_staging_get_half (&self->channel.staging, request.half);
  hand_on (samples + first * (layout->bits_allocated / 8u), layout, n, scratch, numbers, sink, sink_data);

  return TRUE;
}
