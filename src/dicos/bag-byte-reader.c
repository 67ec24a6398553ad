/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-byte-reader"

#include "config.h"

#include "dicos/bag-byte-reader.h"

#include "description/bag-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The only place of the reader that touches a file. Headers are read through a
 * window that starts small, because most files of a folder are looked at once
 * near their start, and doubles while the reading goes on from where it was. */

#define FIRST_FILL 4096u

struct _BagByteReader
{
  int fd; /* not owned; -1 for memory */
  guint64 size;
  const guint8 *memory; /* not owned */

  guint8 *window;
  guint64 window_offset;
  gsize window_length;
  gsize fill;
};

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
  self->fill = FIRST_FILL;
  self->window = g_malloc (BAG_BYTE_READER_WINDOW);

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

  g_free (self->window);
  g_free (self);
}

/**
 * bag_byte_reader_get_size:
 * @self: a reader
 *
 * Returns: the size it was made with
 */
guint64
bag_byte_reader_get_size (const BagByteReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}

/**
 * bag_byte_reader_contains:
 * @self: a reader
 * @offset: where
 * @length: how many bytes
 *
 * Returns: whether the span lies within the file, without overflow
 */
gboolean
bag_byte_reader_contains (const BagByteReader *self, guint64 offset, guint64 length)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return offset <= self->size && length <= self->size - offset;
}

static gboolean
check_span (const BagByteReader *self, guint64 offset, guint64 length, GError **error)
{
  if (bag_byte_reader_contains (self, offset, length))
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file ends at byte %" G_GUINT64_FORMAT ", but %" G_GUINT64_FORMAT " bytes are wanted at %" G_GUINT64_FORMAT, self->size, length, offset);
  return FALSE;
}

static gboolean
read_file (BagByteReader *self, guint64 offset, guint8 *dest, gsize length, GError **error)
{
  gsize done = 0;

  while (done < length)
    {
      ssize_t n = pread (self->fd, dest + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "Reading failed: %s", g_strerror (errno));
          return FALSE;
        }
      if (n == 0)
        {
          g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The file became shorter while it was read");
          return FALSE;
        }
      done += (gsize) n;
    }

  return TRUE;
}

/* The caller has checked that offset and length lie within the file. */
static gboolean
fill_window (BagByteReader *self, guint64 offset, gsize length, GError **error)
{
  gboolean goes_on = self->window_length > 0 && offset >= self->window_offset && offset - self->window_offset <= self->window_length;
  gsize wanted = 0;

  self->fill = goes_on ? MIN (self->fill * 2, BAG_BYTE_READER_WINDOW) : FIRST_FILL;
  wanted = (gsize) MIN (MAX (self->fill, length), self->size - offset);
  self->window_length = 0;
  if (!read_file (self, offset, self->window, wanted, error))
    return FALSE;

  self->window_offset = offset;
  self->window_length = wanted;

  return TRUE;
}

/**
 * bag_byte_reader_peek:
 * @self: a reader
 * @offset: where
 * @length: how many bytes, at most %BAG_BYTE_READER_WINDOW
 * @error: %BAG_ERROR_TRUNCATED, %BAG_ERROR_NO_ACCESS
 *
 * Returns: (transfer none): @length bytes, good until the next call, or %NULL
 */
const guint8 *
bag_byte_reader_peek (BagByteReader *self, guint64 offset, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length <= BAG_BYTE_READER_WINDOW, NULL);

  if (!check_span (self, offset, length, error))
    return NULL;
  if (self->fd < 0)
    return self->memory + offset;

  if (offset < self->window_offset || offset - self->window_offset > self->window_length || length > self->window_length - (offset - self->window_offset))
    if (!fill_window (self, offset, length, error))
      return NULL;

  return self->window + (offset - self->window_offset);
}

/**
 * bag_byte_reader_read:
 * @self: a reader
 * @offset: where
 * @dest: room for @length bytes
 * @length: how many
 * @error: %BAG_ERROR_TRUNCATED, %BAG_ERROR_NO_ACCESS
 *
 * Reads past the window, straight into @dest.
 *
 * Returns: whether all of it was read
 */
gboolean
bag_byte_reader_read (BagByteReader *self, guint64 offset, gpointer dest, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_span (self, offset, length, error))
    return FALSE;
  if (length == 0)
    return TRUE;
  if (self->fd >= 0)
    return read_file (self, offset, dest, length, error);

  memcpy (dest, self->memory + offset, length);
  return TRUE;
}
