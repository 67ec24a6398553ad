/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-byte-reader"

#include "config.h"

#include "dicos/bag-byte-reader-private.h"

#include "dicos/bag-inflater.h"

/* What a reader reads from, and how far whoever reads goes. */

/**
 * bag_byte_reader_new_for_fd:
 * @fd: a regular file open for reading; stays the caller's
 * @size: its size
 *
 * Returns: (transfer full): a reader
 */
BagByteReader *
bag_byte_reader_new_for_fd (int fd, guint64 size)
{
  BagByteReader *self = NULL;

  g_return_val_if_fail (fd >= 0, NULL);

  self = g_new0 (BagByteReader, 1);
  self->fd = fd;
  self->size = size;
  self->fill = BAG_BYTE_READER_FIRST_FILL;
  bag_limits_init (&self->limits);

  return self;
}

/**
 * bag_byte_reader_new_for_memory:
 * @data: (nullable): bytes that outlive the reader
 * @size: how many
 *
 * Returns: (transfer full): a reader
 */
BagByteReader *
bag_byte_reader_new_for_memory (gconstpointer data, gsize size)
{
  BagByteReader *self = NULL;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  self = g_new0 (BagByteReader, 1);
  self->fd = -1;
  self->size = size;
  self->memory = data;
  bag_limits_init (&self->limits);

  return self;
}

/**
 * bag_byte_reader_free:
 * @self: (transfer full) (nullable): a reader
 */
void
bag_byte_reader_free (BagByteReader *self)
{
  if (self == NULL)
    return;

  bag_inflater_free (self->inflater);
  g_clear_error (&self->failure);
  g_free (self->window);
  g_free (self);
}

/**
 * bag_byte_reader_inflate_from:
 * @self: a reader
 * @offset: where a raw deflate stream begins that goes on to the end of the file
 * @error: %BAG_ERROR_NO_MEMORY
 *
 * From now on everything from @offset on is inflated, and offsets count so.
 *
 * Returns: whether that can be done
 */
gboolean
bag_byte_reader_inflate_from (BagByteReader *self, guint64 offset, GError **error)
{
  BagByteReader *source = NULL;

  g_return_val_if_fail (self != NULL && self->inflater == NULL && offset <= self->size, FALSE);

  source = self->fd >= 0 ? bag_byte_reader_new_for_fd (self->fd, self->size) : bag_byte_reader_new_for_memory (self->memory, self->size);
  self->inflater = bag_inflater_new (source, offset, error);
  if (self->inflater == NULL)
    return FALSE;

  self->inflated_from = offset;
  self->window_length = 0;

  return TRUE;
}

/**
 * bag_byte_reader_set_limits:
 * @self: a reader
 * @limits: how far whoever reads from it goes; those that nobody has set until then
 */
void
bag_byte_reader_set_limits (BagByteReader *self, const BagLimits *limits)
{
  g_return_if_fail (self != NULL && limits != NULL);

  self->limits = *limits;
}

/**
 * bag_byte_reader_get_limits:
 * @self: a reader
 *
 * Returns: (transfer none): how far whoever reads from it goes
 */
const BagLimits *
bag_byte_reader_get_limits (const BagByteReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->limits;
}

/**
 * bag_byte_reader_set_fd:
 * @self: a reader of a file
 * @fd: the same file, opened anew; stays the caller's
 */
void
bag_byte_reader_set_fd (BagByteReader *self, int fd)
{
  g_return_if_fail (self != NULL && self->fd >= 0 && fd >= 0);

  self->fd = fd;
  g_clear_error (&self->failure);
  if (self->inflater != NULL)
    bag_inflater_set_fd (self->inflater, fd);
}

/**
 * bag_byte_reader_get_inflater:
 * @self: a reader
 *
 * Returns: (transfer none) (nullable): what inflates the file, when it is deflated
 */
BagInflater *
bag_byte_reader_get_inflater (BagByteReader *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->inflater;
}
