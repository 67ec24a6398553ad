/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-byte-reader"

#include "config.h"

#include "dicos/bag-byte-reader-private.h"

#include "description/bag-error.h"
#include "dicos/bag-inflater.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The only place of the reader that touches a file. Headers are read through a
 * window that starts small, because most files of a folder are looked at once
 * near their start, and doubles while the reading goes on from where it was.
 *
 * A deflated file looks as if only its meta information stood in it as it is,
 * and the inflated bytes behind: offsets count in that. */

/**
 * bag_byte_reader_get_size:
 * @self: a reader
 *
 * Returns: the size it was made with; of a deflated file the size when it is
 *   inflated, or the most that can be before its end was seen
 */
guint64
bag_byte_reader_get_size (const BagByteReader *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->inflater != NULL ? self->inflated_from + bag_inflater_get_bound (self->inflater) : self->size;
}

/* Behind what can be read in one go from @offset on. */
static guint64
get_limit (const BagByteReader *self, guint64 offset)
{
  return self->inflater != NULL && offset < self->inflated_from ? self->inflated_from : bag_byte_reader_get_size (self);
}

/**
 * bag_byte_reader_contains:
 * @self: a reader
 * @offset: where
 * @length: how many bytes
 *
 * Returns: whether the span lies within the file, without overflow; of a
 *   deflated one whose end was not seen yet, whether it may
 */
gboolean
bag_byte_reader_contains (const BagByteReader *self, guint64 offset, guint64 length)
{
  guint64 limit = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  limit = get_limit (self, offset);

  return offset <= limit && length <= limit - offset;
}

/**
 * bag_byte_reader_ends_at:
 * @self: a reader
 * @offset: where
 *
 * Returns: whether the file ends there. A deflated one is inflated up to there
 *   for that, and one that was cut there does not end there
 */
gboolean
bag_byte_reader_ends_at (BagByteReader *self, guint64 offset)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->inflater == NULL)
    return offset == self->size;
  if (offset < self->inflated_from)
    return FALSE;

  bag_byte_reader_peek (self, offset, 1, NULL);

  return bag_inflater_ends_at (self->inflater, offset - self->inflated_from);
}

static gboolean
check_span (const BagByteReader *self, guint64 offset, guint64 length, GError **error)
{
  if (bag_byte_reader_contains (self, offset, length))
    return TRUE;

  if (self->inflater != NULL)
    g_set_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED, "The deflated file holds at most %" G_GUINT64_FORMAT " bytes, but %" G_GUINT64_FORMAT " are wanted at %" G_GUINT64_FORMAT, get_limit (self, offset), length, offset);
  else
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
          g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, "The storage failed while the file was read: %s. Try again, or copy the file to another drive.", g_strerror (errno));
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

static gboolean
try_read (BagByteReader *self, guint64 offset, guint8 *dest, gsize least, gsize most, gsize *n_read, GError **error)
{
  if (self->inflater != NULL && offset >= self->inflated_from)
    return bag_inflater_read (self->inflater, offset - self->inflated_from, dest, least, most, n_read, error);

  *n_read = most;
  if (self->fd >= 0)
    return read_file (self, offset, dest, most, error);

  memcpy (dest, self->memory + offset, most);
  return TRUE;
}

/* The caller has checked the span. Of inflated bytes, fewer than @most may be there. */
static gboolean
read_bytes (BagByteReader *self, guint64 offset, guint8 *dest, gsize least, gsize most, gsize *n_read, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (try_read (self, offset, dest, least, most, n_read, &local))
    return TRUE;

  if (self->failure == NULL && g_error_matches (local, BAG_ERROR, BAG_ERROR_NO_ACCESS))
    self->failure = g_error_copy (local);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * bag_byte_reader_take_failure:
 * @error: (inout): what was made of what could be read: not to be believed then, and replaced
 *
 * Returns: whether the storage has refused a read
 */
gboolean
bag_byte_reader_take_failure (const BagByteReader *self, GError **error)
{
  if (self->failure == NULL)
    return FALSE;

  g_clear_error (error);
  g_propagate_error (error, g_error_copy (self->failure));
  return TRUE;
}

/* Most headers fit into the first fill: to take and give back more for each file of a folder
 * costs more than to grow. @n: at most BAG_BYTE_READER_WINDOW */
static void
make_room (BagByteReader *self, gsize n)
{
  if (n <= self->window_size)
    return;

  self->window = g_realloc (self->window, n);
  self->window_size = n;
}

/* What the window already holds of it is not read again: a deflated file would
 * have to be inflated from farther back for that. */
static gboolean
fill_window (BagByteReader *self, guint64 offset, gsize length, GError **error)
{
  gboolean goes_on = self->window_length > 0 && offset >= self->window_offset && offset - self->window_offset <= self->window_length;
  gsize kept = goes_on ? self->window_length - (gsize) (offset - self->window_offset) : 0;
  gsize wanted = 0;
  gsize n_read = 0;

  self->fill = goes_on ? MIN (self->fill * 2, BAG_BYTE_READER_WINDOW) : BAG_BYTE_READER_FIRST_FILL;
  wanted = (gsize) MIN (MAX (self->fill, length), get_limit (self, offset) - offset);
  if (kept > 0)
    memmove (self->window, self->window + self->window_length - kept, kept);
  make_room (self, MAX (wanted, BAG_BYTE_READER_FIRST_FILL));
  self->window_offset = offset;
  self->window_length = kept;
  if (!read_bytes (self, offset + kept, self->window + kept, length - kept, wanted - kept, &n_read, error))
    return FALSE;

  self->window_length += n_read;

  return TRUE;
}

static inline gboolean
is_in_window (const BagByteReader *self, guint64 offset, gsize length)
{
  return self->window != NULL && offset >= self->window_offset && offset - self->window_offset <= self->window_length && length <= self->window_length - (offset - self->window_offset);
}

/**
 * bag_byte_reader_peek:
 * @self: a reader
 * @offset: where
 * @length: how many bytes, at most %BAG_BYTE_READER_WINDOW
 * @error: %BAG_ERROR_TRUNCATED, %BAG_ERROR_NO_ACCESS; of deflated files also
 *   %BAG_ERROR_MALFORMED, %BAG_ERROR_NO_MEMORY
 *
 * Returns: (transfer none): @length bytes, good until the next call, or %NULL
 */
const guint8 *
bag_byte_reader_peek (BagByteReader *self, guint64 offset, gsize length, GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (length <= BAG_BYTE_READER_WINDOW, NULL);

  /* What the window holds, the file does. */
  if (G_LIKELY (is_in_window (self, offset, length)))
    return self->window + (offset - self->window_offset);

  if (!check_span (self, offset, length, error))
    return NULL;
  if (self->fd < 0 && (self->inflater == NULL || offset < self->inflated_from))
    return self->memory + offset;

  return fill_window (self, offset, length, error) ? self->window : NULL;
}

static gsize
take_from_window (const BagByteReader *self, guint64 offset, gpointer dest, gsize length)
{
  gsize n = 0;

  if (offset < self->window_offset || offset - self->window_offset >= self->window_length)
    return 0;
  n = MIN (length, self->window_length - (gsize) (offset - self->window_offset));
  memcpy (dest, self->window + (offset - self->window_offset), n);

  return n;
}

/**
 * bag_byte_reader_read:
 * @self: a reader
 * @offset: where
 * @dest: room for @length bytes
 * @length: how many
 * @error: %BAG_ERROR_TRUNCATED, %BAG_ERROR_NO_ACCESS; of deflated files also
 *   %BAG_ERROR_MALFORMED, %BAG_ERROR_NO_MEMORY
 *
 * Reads past the window, straight into @dest.
 *
 * Returns: whether all of it was read
 */
gboolean
bag_byte_reader_read (BagByteReader *self, guint64 offset, gpointer dest, gsize length, GError **error)
{
  gsize taken = 0;
  gsize n_read = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  if (!check_span (self, offset, length, error))
    return FALSE;
  if (self->inflater != NULL)
    taken = take_from_window (self, offset, dest, length);
  if (taken == length)
    return TRUE;

  return read_bytes (self, offset + taken, (guint8 *) dest + taken, length - taken, length - taken, &n_read, error);
}

/**
 * bag_byte_reader_approach:
 * @self: a reader of a deflated file
 * @offset: where somebody will read
 * @most: how many bytes to inflate at most
 * @reached: (out): where it stands now: @offset, or before it
 * @error: as bag_byte_reader_read()
 *
 * Comes nearer to @offset by a bounded amount of work.
 *
 * Returns: whether the file goes on to @reached
 */
gboolean
bag_byte_reader_approach (BagByteReader *self, guint64 offset, guint64 most, guint64 *reached, GError **error)
{
  g_return_val_if_fail (self != NULL && self->inflater != NULL && reached != NULL, FALSE);
  g_return_val_if_fail (offset >= self->inflated_from, FALSE);

  if (!check_span (self, offset, 0, error) || !bag_inflater_approach (self->inflater, offset - self->inflated_from, most, reached, error))
    return FALSE;
  *reached += self->inflated_from;

  return TRUE;
}
