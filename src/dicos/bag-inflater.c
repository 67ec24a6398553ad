/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-inflater"

#include "config.h"

#include "dicos/bag-inflater.h"

#include "description/bag-description.h"
#include "description/bag-error.h"
#include "dicos/bag-restart-points.h"

/* Inflating goes one way only; restart points lead back. Where the stream ends nobody knows before it was inflated to there. Until
 * then the ratio that deflate cannot exceed bounds it. */

#define SKIP_BYTES 65536u
#define RAW_WINDOW_BITS (-15)

struct _BagInflater
{
  /* Owned */
  BagByteReader *source;
  z_stream *stream; /* its input lies in the window of @source */
  BagRestartPoints *points;
  guint8 *waste; /* where skipped bytes go */

  guint64 start;    /* of the deflated bytes in the source */
  guint64 fed;      /* offset in the source behind what @stream was given */
  guint64 position; /* inflated bytes before the next one */
  guint64 end;      /* where the stream ends or breaks; %G_MAXUINT64 until known */
  BagError end_error;
  const char *end_words;
  gboolean is_finished; /* the stream said itself that it ends */
  guint64 n_inflated;
};

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, "No memory to inflate the file");
  return FALSE;
}

/**
 * bag_inflater_new:
 * @source: (transfer full): the file, used by nobody else
 * @start: where its deflated bytes begin
 * @error: %BAG_ERROR_NO_MEMORY
 *
 * Returns: (transfer full): an inflater that has read nothing yet, or %NULL
 */
BagInflater *
bag_inflater_new (BagByteReader *source, guint64 start, GError **error)
{
  g_autoptr (BagByteReader) owned = source;
  z_stream *stream = NULL;
  BagInflater *self = NULL;

  g_return_val_if_fail (source != NULL && start <= bag_byte_reader_get_size (source), NULL);

  stream = g_new0 (z_stream, 1);
  if (inflateInit2 (stream, RAW_WINDOW_BITS) != Z_OK)
    {
      g_free (stream);
      fail_memory (error);
      return NULL;
    }

  self = g_new0 (BagInflater, 1);
  self->source = g_steal_pointer (&owned);
  self->stream = stream;
  self->points = bag_restart_points_new (BAG_INFLATER_INTERVAL);
  self->waste = g_malloc (SKIP_BYTES);
  self->start = start;
  self->fed = start;
  self->end = G_MAXUINT64;

  return self;
}

/**
 * bag_inflater_free:
 * @self: (transfer full) (nullable): an inflater
 */
void
bag_inflater_free (BagInflater *self)
{
  if (self == NULL)
    return;

  bag_restart_points_free (self->points);
  bag_restart_stream_free (self->stream);
  bag_byte_reader_free (self->source);
  g_free (self->waste);
  g_free (self);
}

/**
 * bag_inflater_set_fd:
 * @self: an inflater
 * @fd: the same file, opened anew; stays the caller's
 */
void
bag_inflater_set_fd (BagInflater *self, int fd)
{
  g_return_if_fail (self != NULL);

  bag_byte_reader_set_fd (self->source, fd);
}

/**
 * bag_inflater_get_bound:
 * @self: an inflater
 *
 * Returns: the inflated bytes of the whole stream once it was inflated to its
 *   end; until then, and of a damaged one, the most that it can have
 */
guint64
bag_inflater_get_bound (const BagInflater *self)
{
  guint64 deflated = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->end != G_MAXUINT64 && self->end_error == BAG_ERROR_TRUNCATED)
    return self->end;

  deflated = bag_byte_reader_get_size (self->source) - self->start;

  return MIN (deflated, BAG_MAX_FILE_BYTES / BAG_MAX_DEFLATE_RATIO) * BAG_MAX_DEFLATE_RATIO;
}

/**
 * bag_inflater_ends_at:
 * @self: an inflater
 * @offset: where, counted in inflated bytes
 *
 * Returns: whether the stream is known to end there, by its own word and not
 *   because the file was cut or damaged
 */
gboolean
bag_inflater_ends_at (const BagInflater *self, guint64 offset)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_finished && self->end == offset;
}

/**
 * bag_inflater_get_n_inflated:
 * @self: an inflater
 *
 * Returns: all bytes that were ever inflated, skipped and repeated ones included
 */
guint64
bag_inflater_get_n_inflated (const BagInflater *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_inflated;
}

/**
 * bag_inflater_get_n_points:
 * @self: an inflater
 *
 * Returns: restart points kept, some 40 KiB each
 */
guint
bag_inflater_get_n_points (const BagInflater *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return bag_restart_points_get_n (self->points);
}

static gboolean
restart_at (BagInflater *self, const BagRestartPoint *point, GError **error)
{
  z_stream *stream = NULL;

  if (point != NULL)
    {
      stream = bag_restart_stream_copy (point->state);
      if (stream == NULL)
        return fail_memory (error);
      bag_restart_stream_free (self->stream);
      self->stream = stream;
    }
  else
    inflateReset (self->stream);

  self->stream->avail_in = 0;
  self->fed = point != NULL ? point->input : self->start;
  self->position = point != NULL ? point->output : 0;

  return TRUE;
}

/* Goes back, or ahead, to a restart point where that is less to inflate. */
static gboolean
begin_before (BagInflater *self, guint64 offset, GError **error)
{
  const BagRestartPoint *point = bag_restart_points_find (self->points, offset);

  if (offset >= self->position && (point == NULL || point->output <= self->position))
    return TRUE;

  return restart_at (self, point, error);
}

static gboolean
feed (BagInflater *self, GError **error)
{
  guint64 left = bag_byte_reader_get_size (self->source) - self->fed;
  gsize length = (gsize) MIN (left, BAG_BYTE_READER_WINDOW);
  const guint8 *bytes = NULL;

  if (self->stream->avail_in > 0 || length == 0)
    return TRUE;
  bytes = bag_byte_reader_peek (self->source, self->fed, length, error);
  if (bytes == NULL)
    return FALSE;

  self->stream->next_in = (Bytef *) bytes;
  self->stream->avail_in = (uInt) length;
  self->fed += length;

  return TRUE;
}

static gboolean
fail_end (const BagInflater *self, GError **error)
{
  g_set_error (error, BAG_ERROR, (int) self->end_error, "%s, %" G_GUINT64_FORMAT " inflated bytes from its start", self->end_words, self->end);
  return FALSE;
}

/* What zlib says when it cannot go on. */
static void
note_end (BagInflater *self, int status)
{
  self->end = self->position;
  self->is_finished = status == Z_STREAM_END;
  self->end_error = status == Z_DATA_ERROR ? BAG_ERROR_MALFORMED : BAG_ERROR_TRUNCATED;
  if (status == Z_DATA_ERROR)
    self->end_words = "The deflated data are damaged";
  else if (status == Z_STREAM_END)
    self->end_words = "The deflated data end before what the header promises";
  else
    self->end_words = "The file ends within its deflated data";
}

/* Inflates up to @length bytes; fewer only where the stream ends. */
static gboolean
inflate_piece (BagInflater *self, guint8 *dest, gsize length, GError **error)
{
  z_stream *stream = self->stream;
  int status = Z_OK;

  stream->next_out = dest;
  stream->avail_out = (uInt) length;
  while (stream->avail_out > 0 && status == Z_OK)
    {
      uInt before = stream->avail_out;

      if (!feed (self, error))
        return FALSE;
      status = inflate (stream, Z_NO_FLUSH);
      self->position += before - stream->avail_out;
      self->n_inflated += before - stream->avail_out;
    }

  if (status == Z_MEM_ERROR)
    return restart_at (self, NULL, error) && fail_memory (error);
  if (status != Z_OK)
    note_end (self, status);

  return TRUE;
}

/* To @dest, or nowhere; stops where the stream ends. */
static gboolean
inflate_on (BagInflater *self, guint8 *dest, guint64 length, guint64 *done, GError **error)
{
  for (*done = 0; *done < length && self->position < self->end;)
    {
      guint64 mark = bag_restart_points_get_next_output (self->points);
      guint64 room = self->position < mark ? mark - self->position : BAG_INFLATER_INTERVAL;
      guint64 piece = MIN (length - *done, MIN (room, dest != NULL ? BAG_INFLATER_INTERVAL : SKIP_BYTES));
      guint64 before = self->position;

      if (!inflate_piece (self, dest != NULL ? dest + *done : self->waste, (gsize) piece, error))
        return FALSE;
      *done += self->position - before;
      if (self->position >= mark && self->position < self->end)
        bag_restart_points_add (self->points, self->stream, self->position, self->fed - self->stream->avail_in);
    }

  return TRUE;
}

static gboolean
go_to (BagInflater *self, guint64 offset, GError **error)
{
  guint64 done = 0;

  if (offset > self->end)
    return fail_end (self, error);
  if (!begin_before (self, offset, error) || !inflate_on (self, NULL, offset - self->position, &done, error))
    return FALSE;

  return self->position == offset || fail_end (self, error);
}

/**
 * bag_inflater_read:
 * @self: an inflater
 * @offset: where, counted in inflated bytes
 * @dest: (out): room for @most bytes
 * @least: how many are needed
 * @most: how many are welcome
 * @n_read: (out): how many there were
 * @error: %BAG_ERROR_TRUNCATED when the stream ends before @least bytes,
 *   %BAG_ERROR_MALFORMED when it breaks there, %BAG_ERROR_NO_MEMORY or a read error
 *
 * Reading on from where the last call ended inflates nothing twice.
 *
 * Returns: whether @dest holds at least @least bytes
 */
gboolean
bag_inflater_read (BagInflater *self,
                   guint64 offset,
                   gpointer dest,
                   gsize least,
                   gsize most,
                   gsize *n_read,
                   GError **error)
{
  guint64 done = 0;

  g_return_val_if_fail (self != NULL && dest != NULL && n_read != NULL && least <= most, FALSE);

  if (!go_to (self, offset, error) || !inflate_on (self, dest, most, &done, error))
    return FALSE;

  *n_read = (gsize) done;

  return done >= least || fail_end (self, error);
}

/**
 * bag_inflater_approach:
 * @self: an inflater
 * @offset: where somebody will read, counted in inflated bytes
 * @most: how many bytes to inflate at most
 * @reached: (out): where it stands now: @offset, or before it
 * @error: as bag_inflater_read()
 *
 * Comes nearer to @offset by a bounded amount of work.
 *
 * Returns: whether the stream goes on to @reached
 */
gboolean
bag_inflater_approach (BagInflater *self, guint64 offset, guint64 most, guint64 *reached, GError **error)
{
  guint64 done = 0;
  guint64 wanted = 0;

  g_return_val_if_fail (self != NULL && reached != NULL, FALSE);

  if (offset > self->end)
    return fail_end (self, error);
  if (!begin_before (self, offset, error))
    return FALSE;

  wanted = MIN (offset - self->position, most);
  if (!inflate_on (self, NULL, wanted, &done, error))
    return FALSE;
  *reached = self->position;

  return done == wanted || fail_end (self, error);
}
