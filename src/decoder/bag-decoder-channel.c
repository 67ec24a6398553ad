/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-channel"

#include "config.h"

#include "decoder/bag-decoder-channel.h"

#include "decoder/bag-isolation-wish.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/*
 * Nothing that the decoder says is believed before it was checked, and what it
 * wrote is copied out of the staging memory first and looked at in the copy.
 *
 * A decoder that fell silent, answered nonsense or was given up is killed, and
 * the next call starts another: there is no answer left over that could be
 * taken for a later one. Most slices take a few milliseconds, starting a
 * decoder takes longer; so a cancelled call waits for its answer a little while
 * before it kills. Its answer is dropped either way.
 */
static const BagDecoderDeadlines default_deadlines = {
  .stall = 3 * G_USEC_PER_SEC,
  .silence = 30 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 20,
};

/* It may still be dying, and writing, while the next one is at work: that gets memory of its own. */
static void
end_process (BagDecoderChannel *self)
{
  bag_decoder_process_end (&self->process);
  bag_decoder_staging_clear (&self->staging);
  self->is_staged = FALSE;
  self->memory_bytes = 0;
}

static void
count_death (BagDecoderChannel *self)
{
  if (!self->is_trial)
    g_atomic_int_inc (&self->n_deaths);
}

static gboolean
fail_dead (BagDecoderChannel *self, GError **error, const char *message)
{
  end_process (self);
  count_death (self);
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_DECODER_DIED, message);

  return FALSE;
}

/**
 * bag_decoder_channel_reject:
 * @self: a channel
 * @error: return location, set to %BAG_ERROR_DECODER_DIED
 *
 * Ends a decoder whose answer cannot be true.
 *
 * Returns: %FALSE
 */
gboolean
bag_decoder_channel_reject (BagDecoderChannel *self, GError **error)
{
  return fail_dead (self, error, _ ("The decoder gave an answer that makes no sense and was ended."));
}

static gboolean
fail_cancelled (GError **error)
{
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_CANCELLED, _ ("Given up because something else was wanted."));

  return FALSE;
}

/* The file may be to blame: that the decoder was ended for it counts as a death. */
static gboolean
fail_too_long (BagDecoderChannel *self, const BagDecoderRequest *request, gint64 cpu_deadline, GError **error)
{
  BagLimit limit = request->kind == BAG_DECODER_DECODE ? BAG_LIMIT_SLICE_TIME : BAG_LIMIT_HEADER_TIME;

  count_death (self);
  g_set_error (error,
               BAG_ERROR,
               BAG_ERROR_TIMEOUT,
               _ ("The decoder needed too long for this, more than the limit of %1$.2f s of processor time (setting %2$s), and was ended. The file may be damaged."),
               (double) cpu_deadline / G_USEC_PER_SEC,
               bag_limit_get_info (limit)->name);

  return FALSE;
}

/* A decoder that waits for the disk has done nothing wrong, nor has the file. */
static gboolean
fail_unanswered (BagDecoderChannel *self, const BagDecoderRequest *request, BagDecoderWaitResult result, gint64 cpu_deadline, GError **error)
{
  end_process (self);
  if (result == BAG_DECODER_WAIT_CANCELLED)
    return fail_cancelled (error);
  if (result == BAG_DECODER_WAIT_TOO_LONG)
    return fail_too_long (self, request, cpu_deadline, error);

  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TIMEOUT, _ ("The storage did not answer in time. Check the disk or the network and open the file again."));

  return FALSE;
}

/* An idle decoder that is gone, or speaks without being asked, is replaced. */
static void
check_idle (BagDecoderChannel *self)
{
  BagDecoderReply reply;

  if (self->process.pid == 0 || (bag_decoder_receive (self->process.socket, &reply, sizeof reply, MSG_DONTWAIT, NULL) < 0 && errno == EAGAIN))
    return;

  end_process (self);
  count_death (self);
}

static void
tell_change (BagDecoderChannel *self, gint *figure, gint value)
{
  if (g_atomic_int_get (figure) == value)
    return;

  g_atomic_int_set (figure, value);
  if (self->changed != NULL)
    self->changed (self->user_data);
}

static void
on_stall (gboolean is_stalled, gpointer user_data)
{
  BagDecoderChannel *self = user_data;

  tell_change (self, &self->is_stalled, is_stalled);
}

/* Its first word tells which process the decoder is, where something is wrapped around it. */
static gssize
receive_reply (BagDecoderChannel *self, BagDecoderReply *reply)
{
  BagDecoderProcess *process = &self->process;

  if (process->decoder != 0)
    return bag_decoder_receive (process->socket, reply, sizeof *reply, MSG_DONTWAIT, NULL);

  return bag_decoder_receive_sender (process->socket, reply, sizeof *reply, &process->decoder);
}

/* A slice is asked for only of a file that was described before. What the file may be was settled then,
 * and whoever has set other limits since still sees the scan on screen. */
static void
address (BagDecoderChannel *self, BagDecoderRequest *request)
{
  request->magic = BAG_DECODER_MAGIC;
  request->sequence = ++self->sequence;
  if (request->kind == BAG_DECODER_DECODE)
    bag_limits_init_widest (&request->limits);
  else
    request->limits = self->limits;
}

/* One request and its checked reply. */
static gboolean
exchange (BagDecoderChannel *self,
          BagDecoderRequest *request,
          const int *fds,
          guint n_fds,
          gint64 cpu_deadline,
          BagDecoderReply *reply,
          GCancellable *cancellable,
          GError **error)
{
  BagDecoderWaitResult result;
  gssize size;

  address (self, request);
  if (!bag_decoder_send_files (self->process.socket, request, sizeof *request, fds, n_fds))
    return fail_dead (self, error, _ ("The decoder ended before it could start on this."));

  g_atomic_int_set (&self->work_time, 0);
  result = bag_decoder_wait (&self->process, &self->deadlines, cpu_deadline, cancellable, on_stall, self);
  bag_decoder_channel_set_at_work (self, self->is_at_work);
  if (result != BAG_DECODER_WAIT_ANSWERED)
    return fail_unanswered (self, request, result, cpu_deadline, error);

  size = receive_reply (self, reply);
  if (size <= 0)
    return fail_dead (self, error, _ ("The decoder ended while at work on this. The file may be damaged."));
  if (size != sizeof *reply)
    return bag_decoder_channel_reject (self, error);

  return TRUE;
}

/**
 * bag_decoder_channel_ask:
 * @self: a channel, prepared
 * @request: what to ask; gets its magic, its sequence number and its limits here
 * @fd: a file that goes with it, or -1
 * @cpu_deadline: processor time that it may take, in microseconds
 * @reply: (out caller-allocates): the reply
 * @cancellable: (nullable): gives the call up
 * @error: return location
 *
 * Sends one request and waits for its reply.
 *
 * Returns: whether there is a reply that can be one to @request and says
 *   success; else @error tells what failed, the decoder or the file
 */
gboolean
bag_decoder_channel_ask (BagDecoderChannel *self,
                         BagDecoderRequest *request,
                         int fd,
                         gint64 cpu_deadline,
                         BagDecoderReply *reply,
                         GCancellable *cancellable,
                         GError **error)
{
  return bag_decoder_channel_ask_files (self, request, &fd, fd >= 0 ? 1 : 0, cpu_deadline, reply, cancellable, error);
}

/**
 * bag_decoder_channel_ask_files:
 * @self: as bag_decoder_channel_ask()
 * @request: likewise
 * @fds: (array length=n_fds): files that go with it
 * @n_fds: how many, at most %BAG_DECODER_MAX_FILES
 * @cpu_deadline: as bag_decoder_channel_ask()
 * @reply: (out caller-allocates): likewise
 * @cancellable: (nullable): likewise
 * @error: likewise
 *
 * As bag_decoder_channel_ask(), with any number of files.
 *
 * Returns: likewise
 */
gboolean
bag_decoder_channel_ask_files (BagDecoderChannel *self,
                               BagDecoderRequest *request,
                               const int *fds,
                               guint n_fds,
                               gint64 cpu_deadline,
                               BagDecoderReply *reply,
                               GCancellable *cancellable,
                               GError **error)
{
  memset (reply, 0, sizeof *reply);
  if (!exchange (self, request, fds, n_fds, cpu_deadline, reply, cancellable, error))
    return FALSE;
  if (!bag_decoder_reply_check (reply, request, self->staging.half_bytes))
    return bag_decoder_channel_reject (self, error);
  if (g_cancellable_is_cancelled (cancellable))
    return fail_cancelled (error);
  if (reply->status == 0)
    return TRUE;

  bag_decoder_channel_take_error (reply->status, bag_decoder_staging_get_half (&self->staging, request->half), reply->length, error);

  return FALSE;
}

static gboolean
limit_memory (BagDecoderChannel *self, guint64 bytes, GError **error)
{
  if (bytes == self->memory_bytes)
    return TRUE;

  if (!bag_decoder_process_limit_memory (&self->process, bytes))
    return fail_dead (self, error, _ ("The memory of the decoder could not be limited, and it was ended."));
  self->memory_bytes = bytes;

  return TRUE;
}

/* What it says of itself counts only before it has seen the first file, and up to what was done for it. */
static void
take_isolation (BagDecoderChannel *self, const BagDecoderReply *reply)
{
  if (self->memory_bytes == 0)
    tell_change (self, &self->isolation, (gint) MIN ((guint) reply->total, (guint) self->process.isolation));
}

static gboolean
send_staging (BagDecoderChannel *self, GCancellable *cancellable, GError **error)
{
  BagDecoderRequest request = { .kind = BAG_DECODER_STAGING, .length = self->staging.half_bytes };
  BagDecoderReply reply;

  if (!bag_decoder_channel_ask (self, &request, self->staging.fd, self->deadlines.header, &reply, cancellable, error))
    return FALSE;

  take_isolation (self, &reply);
  self->is_staged = TRUE;

  return TRUE;
}

static gboolean
stage (BagDecoderChannel *self, gsize frame_bytes, guint64 memory_bytes, GCancellable *cancellable, GError **error)
{
  gsize half_bytes = bag_decoder_staging_get_wanted_bytes (&self->staging, frame_bytes);

  if (half_bytes != self->staging.half_bytes)
    {
      self->is_staged = FALSE;
      if (!bag_decoder_staging_make (&self->staging, half_bytes, error))
        return FALSE;
    }
  memory_bytes += BAG_DECODER_N_HALVES * (guint64) half_bytes;
  if (self->memory_bytes != 0 && !limit_memory (self, memory_bytes, error))
    return FALSE;
  if (!self->is_staged && !send_staging (self, cancellable, error))
    return FALSE;

  return limit_memory (self, memory_bytes, error);
}

/* Until a decoder has said its first word nobody knows whether it can be shut in so far. */
static gboolean
start (BagDecoderChannel *self, gsize frame_bytes, guint64 memory_bytes, GCancellable *cancellable, GError **error)
{
  for (guint n_failed = 0;; n_failed++)
    {
      g_autoptr (GError) local = NULL;
      BagIsolation isolation = bag_isolation_wish_choose (n_failed);
      gboolean has_started;

      self->is_trial = bag_isolation_wish_is_open (isolation);
      has_started = bag_decoder_process_start (&self->process, isolation, &local) && stage (self, frame_bytes, memory_bytes, cancellable, &local);
      if (has_started)
        bag_isolation_wish_learn (isolation);
      else if (self->is_trial && g_error_matches (local, BAG_ERROR, BAG_ERROR_DECODER_DIED))
        continue;

      self->is_trial = FALSE;
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));

      return has_started;
    }
}

/**
 * bag_decoder_channel_prepare:
 * @self: a channel
 * @frame_bytes: what a half of the staging memory has to hold
 * @codec_slices: how many times @frame_bytes the codec may take besides
 * @cancellable: (nullable): gives the call up
 * @error: return location
 *
 * Starts a decoder when none runs, and makes the staging memory anew when
 * slices have another size. Before any file is sent the decoder's memory is
 * limited to what that file can need.
 *
 * Returns: whether the decoder can be asked
 */
gboolean
bag_decoder_channel_prepare (BagDecoderChannel *self, gsize frame_bytes, guint codec_slices, GCancellable *cancellable, GError **error)
{
  guint64 memory_bytes = BAG_DECODER_BASE_MEMORY_BYTES + codec_slices * (guint64) frame_bytes;

  if (g_cancellable_is_cancelled (cancellable))
    return fail_cancelled (error);

  check_idle (self);
  if (self->process.pid == 0)
    return start (self, frame_bytes, memory_bytes, cancellable, error);

  return stage (self, frame_bytes, memory_bytes, cancellable, error);
}

/**
 * bag_decoder_channel_next_half:
 * @self: a channel
 *
 * Returns: the half of the staging memory for the next request: they take
 *   turns, so that none writes where the last one did
 */
guint32
bag_decoder_channel_next_half (const BagDecoderChannel *self)
{
  return self->sequence % BAG_DECODER_N_HALVES;
}

/**
 * bag_decoder_channel_init:
 * @self: memory for it
 */
void
bag_decoder_channel_init (BagDecoderChannel *self)
{
  memset (self, 0, sizeof *self);
  bag_decoder_process_init (&self->process);
  bag_decoder_staging_init (&self->staging);
  self->deadlines = default_deadlines;
  self->isolation = -1;
  bag_limits_init (&self->limits);
  bag_decoder_channel_set_limits (self, &self->limits);
}

/**
 * bag_decoder_channel_set_at_work:
 * @self: a channel
 * @is_at_work: whether this thread does something for which it has @self
 *
 * From now on counts how long that takes, if it does.
 */
void
bag_decoder_channel_set_at_work (BagDecoderChannel *self, gboolean is_at_work)
{
  self->is_at_work = is_at_work;
  g_atomic_int_set (&self->work_time, is_at_work ? (gint) (g_get_monotonic_time () / 1000) | 1 : 0);
}

/**
 * bag_decoder_channel_set_limits:
 * @self: a channel
 * @limits: for what is asked from now on
 */
void
bag_decoder_channel_set_limits (BagDecoderChannel *self, const BagLimits *limits)
{
  self->limits = *limits;
  self->deadlines.header = limits->values[BAG_LIMIT_HEADER_TIME] * (gint64) 1000;
  self->deadlines.slice = limits->values[BAG_LIMIT_SLICE_TIME] * (gint64) 1000;
  self->deadlines.pixels = limits->values[BAG_LIMIT_PIXEL_TIME] * (gint64) 1000;
}

/**
 * bag_decoder_channel_clear:
 * @self: a channel
 *
 * Ends the decoder.
 */
void
bag_decoder_channel_clear (BagDecoderChannel *self)
{
  bag_decoder_process_clear (&self->process);
  bag_decoder_staging_clear (&self->staging);
}
