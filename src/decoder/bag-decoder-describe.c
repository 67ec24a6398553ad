/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-child"

#include "config.h"

#include "decoder/bag-decoder-describe.h"

#include "decoder/bag-decoder-fetch.h"

#include <string.h>

/*
 * Files that are described together share one request. All of them together get
 * the time that one alone would get: harmless headers take a thousandth of it. A
 * request that fails says nothing of any file: each of them is then asked for
 * alone, so that one that ends the decoder, or takes too long, costs only itself.
 */

/* The decoder was told the limits, and is not trusted to have kept to them. */
static BagDescription *
take_description (const BagDecoderChannel *self, GBytes *bytes, guint64 size, GError **error)
{
  g_autoptr (BagDescription) description = bag_description_from_bytes (bytes, size, error);
  const guint32 *most = self->limits.values;

  if (description == NULL)
    return NULL;
  if (MAX (description->layout.rows, description->layout.columns) > most[BAG_LIMIT_ROWS_COLUMNS])
    bag_limits_set_error (error, &self->limits, BAG_LIMIT_ROWS_COLUMNS, "The image has %u rows and %u columns", description->layout.rows, description->layout.columns);
  else if (description->frames->len > most[BAG_LIMIT_FRAMES])
    bag_limits_set_error (error, &self->limits, BAG_LIMIT_FRAMES, "The file has %u frames", description->frames->len);
  else
    return g_steal_pointer (&description);

  return NULL;
}

/**
 * bag_decoder_describe:
 * @self: a channel
 * @fd: a regular file, open for reading; stays open
 * @size: its bytes, as fstat gives them
 * @cancellable: (nullable): gives the call up
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): what the file says about itself, every field checked; or %NULL
 */
BagDescription *
bag_decoder_describe (BagDecoderChannel *self, int fd, guint64 size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = bag_decoder_fetch (self, BAG_DECODER_DESCRIBE, 0, fd, cancellable, error);

  return bytes != NULL ? take_description (self, bytes, size, error) : NULL;
}

/* Returns: whether @bytes go on with an answer that can be one */
static gboolean
take_part (const BagDecoderChannel *self, GBytes *bytes, gsize *offset, BagDecoderFile *file)
{
  const guint8 *data = g_bytes_get_data (bytes, NULL);
  gsize room = g_bytes_get_size (bytes) - *offset;
  g_autoptr (GBytes) of_one = NULL;
  BagDecoderPart part;

  if (room < sizeof part)
    return FALSE;
  memcpy (&part, data + *offset, sizeof part);
  *offset += sizeof part;
  if (!bag_decoder_part_check (&part, room - sizeof part))
    return FALSE;

  if (part.status == 0)
    {
      of_one = g_bytes_new_from_bytes (bytes, *offset, part.length);
      file->description = take_description (self, of_one, file->size, &file->error);
    }
  else if (part.status != BAG_DECODER_ALONE)
    bag_decoder_channel_take_error (part.status, data + *offset, part.length, &file->error);
  *offset += part.length;

  return TRUE;
}

static gboolean
take_parts (const BagDecoderChannel *self, GBytes *bytes, BagDecoderFile *files, guint n_files)
{
  gsize offset = 0;

  for (guint i = 0; i < n_files; i++)
    if (!take_part (self, bytes, &offset, &files[i]))
      return FALSE;

  return offset == g_bytes_get_size (bytes);
}

static void
forget (BagDecoderFile *files, guint n_files)
{
  for (guint i = 0; i < n_files; i++)
    {
      g_clear_pointer (&files[i].description, bag_description_free);
      g_clear_error (&files[i].error);
    }
}

static gboolean
describe_together (BagDecoderChannel *self, BagDecoderFile *files, guint n_files, GCancellable *cancellable, GError **error)
{
  BagDecoderRequest request = { .kind = BAG_DECODER_DESCRIBE_ALL, .length = n_files };
  int fds[BAG_DECODER_MAX_FILES];
  g_autoptr (GBytes) bytes = NULL;
  BagDecoderReply reply;

  if (!bag_decoder_channel_prepare (self, 0, 0, cancellable, error))
    return FALSE;
  for (guint i = 0; i < n_files; i++)
    fds[i] = files[i].fd;
  request.half = bag_decoder_channel_next_half (self);
  if (!bag_decoder_channel_ask_files (self, &request, fds, n_files, self->deadlines.header, &reply, cancellable, error))
    return FALSE;

  bytes = g_bytes_new (bag_decoder_staging_get_half (&self->staging, request.half), reply.length);
  if (take_parts (self, bytes, files, n_files))
    return TRUE;

  forget (files, n_files);
  return bag_decoder_channel_reject (self, error);
}

/**
 * bag_decoder_describe_all:
 * @self: a channel
 * @files: (array length=n_files): files, with nothing told of them yet
 * @n_files: how many, at most %BAG_DECODER_MAX_FILES
 * @cancellable: (nullable): gives the call up
 *
 * Tells of each of @files what bag_decoder_describe() would. One that is harmful
 * ends the decoder twice, and the others come out as if it were not there.
 */
void
bag_decoder_describe_all (BagDecoderChannel *self, BagDecoderFile *files, guint n_files, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (n_files <= BAG_DECODER_MAX_FILES);

  if (n_files > 1 && !describe_together (self, files, n_files, cancellable, &error))
    g_debug ("Not described together: %s", error->message);
  for (guint i = 0; i < n_files; i++)
    if (files[i].description == NULL && files[i].error == NULL)
      files[i].description = bag_decoder_describe (self, files[i].fd, files[i].size, cancellable, &files[i].error);
}
