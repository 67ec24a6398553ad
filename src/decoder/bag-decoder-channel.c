/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-channel"

#include "config.h"

#include "decoder/bag-decoder-channel.h"

#include <glib/gi18n.h>

#include <errno.h>
#include <poll.h>
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
 *
 * Deadlines count the decoder's processor time, so that a busy machine or a
 * slow disk does not turn good slices into bad ones; the time without any
 * answer is limited as well, much more widely.
 */
typedef enum
{
  WAIT_ANSWERED,
  WAIT_TIMEOUT,
  WAIT_CANCELLED,
} WaitResult;

static const BagDecoderDeadlines default_deadlines = {
  .header = 2 * G_USEC_PER_SEC,
  .slice = 2 * G_USEC_PER_SEC,
  .silence = 30 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 20,
};

static void
end_process (BagDecoderChannel *self)
{
  bag_decoder_process_end (&self->process);
  self->is_staged = FALSE;
}

static gboolean
fail_dead (BagDecoderChannel *self, GError **error, const char *message)
{
  end_process (self);
  g_atomic_int_inc (&self->n_deaths);
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

static gboolean
fail_unanswered (BagDecoderChannel *self, WaitResult result, GError **error)
{
  end_process (self);
  if (result == WAIT_CANCELLED)
    return fail_cancelled (error);

  g_atomic_int_inc (&self->n_deaths);
  g_set_error_literal (error, BAG_ERROR, BAG_ERROR_TIMEOUT, _ ("The decoder needed too long for this and was ended. The file may be damaged."));

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
  g_atomic_int_inc (&self->n_deaths);
}

static int
to_poll_ms (gint64 us)
{
  return (int) CLAMP (us / 1000 + 1, 1, G_MAXINT);
}

/* Sleeps until there is an answer: the processor time cannot grow faster than
 * the clock, so it is read again only when all that is left may be used up. */
static WaitResult
wait_for_answer (BagDecoderChannel *self, gint64 cpu_deadline, GPollFD *cancelled)
{
  struct pollfd fds[2] = {
    { .fd = self->process.socket, .events = POLLIN },
    { .fd = cancelled->fd, .events = POLLIN },
  };
  gint64 cpu_end = bag_decoder_process_get_cpu_time (&self->process) + cpu_deadline;
  gint64 end = g_get_monotonic_time () + self->deadlines.silence;

  for (;;)
    {
      gint64 cpu_left = cpu_end - bag_decoder_process_get_cpu_time (&self->process);
      gint64 left = end - g_get_monotonic_time ();
      int n = poll (fds, G_N_ELEMENTS (fds), to_poll_ms (MIN (left, MAX (cpu_left, 0))));

      if (n > 0 && fds[0].revents != 0)
        return WAIT_ANSWERED;
      if (n == 0 && (left <= 0 || cpu_left <= 0))
        return fds[1].fd < 0 && cancelled->fd >= 0 ? WAIT_CANCELLED : WAIT_TIMEOUT;
      if (n > 0 && fds[1].revents != 0)
        {
          fds[1].fd = -1;
          end = MIN (end, g_get_monotonic_time () + self->deadlines.cancelled);
        }
    }
}

static WaitResult
wait_or_cancel (BagDecoderChannel *self, gint64 cpu_deadline, GCancellable *cancellable)
{
  GPollFD cancelled = { .fd = -1 };
  WaitResult result;

  g_cancellable_make_pollfd (cancellable, &cancelled);
  result = wait_for_answer (self, cpu_deadline, &cancelled);
  if (cancelled.fd >= 0)
    g_cancellable_release_fd (cancellable);

  return result;
}

static const char *const default_messages[BAG_N_ERRORS] = {
  [BAG_ERROR_CORRUPT_FRAME] = N_ ("This slice is damaged."),
  [BAG_ERROR_LIMIT] = N_ ("This is larger than Bagscope reads."),
  [BAG_ERROR_NO_ACCESS] = N_ ("The file could not be read."),
  [BAG_ERROR_NO_MEMORY] = N_ ("There is not enough memory for this."),
};

static const char *
get_default_message (BagError code)
{
  return default_messages[code] != NULL ? _ (default_messages[code]) : _ ("This file cannot be shown.");
}

static void
take_error (BagDecoderChannel *self, const BagDecoderRequest *request, const BagDecoderReply *reply, GError **error)
{
  BagError code = (BagError) (reply->status - 1);
  g_autofree char *copy = NULL;
  g_autofree char *message = NULL;

  copy = g_strndup ((const char *) bag_decoder_staging_get_half (&self->staging, request->half), reply->length);
  message = bag_text_sanitize (copy, -1);
  g_set_error_literal (error, BAG_ERROR, (int) code, *message != '\0' ? message : get_default_message (code));
}

/* One request and its checked reply. */
static gboolean
exchange (BagDecoderChannel *self,
          BagDecoderRequest *request,
          int fd,
          gint64 cpu_deadline,
          BagDecoderReply *reply,
          GCancellable *cancellable,
          GError **error)
{
  WaitResult result;
  gssize size;

  request->magic = BAG_DECODER_MAGIC;
  request->sequence = ++self->sequence;
  if (!bag_decoder_send (self->process.socket, request, sizeof *request, fd))
    return fail_dead (self, error, _ ("The decoder ended before it could start on this."));

  result = wait_or_cancel (self, cpu_deadline, cancellable);
  if (result != WAIT_ANSWERED)
    return fail_unanswered (self, result, error);

  size = bag_decoder_receive (self->process.socket, reply, sizeof *reply, MSG_DONTWAIT, NULL);
  if (size <= 0)
    return fail_dead (self, error, _ ("The decoder ended while at work on this. The file may be damaged."));
  if (size != sizeof *reply)
    return bag_decoder_channel_reject (self, error);

  return TRUE;
}

/**
 * bag_decoder_channel_ask:
 * @self: a channel, prepared
 * @request: what to ask; gets its magic and its sequence number here
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
  memset (reply, 0, sizeof *reply);
  if (!exchange (self, request, fd, cpu_deadline, reply, cancellable, error))
    return FALSE;
  if (!bag_decoder_reply_check (reply, request, self->staging.half_bytes))
    return bag_decoder_channel_reject (self, error);
  if (g_cancellable_is_cancelled (cancellable))
    return fail_cancelled (error);
  if (reply->status == 0)
    return TRUE;

  take_error (self, request, reply, error);

  return FALSE;
}

static gboolean
send_staging (BagDecoderChannel *self, GCancellable *cancellable, GError **error)
{
  BagDecoderRequest request = { .kind = BAG_DECODER_STAGING, .length = self->staging.half_bytes };
  BagDecoderReply reply;

  if (!bag_decoder_channel_ask (self, &request, self->staging.fd, self->deadlines.header, &reply, cancellable, error))
    return FALSE;

  g_atomic_int_set (&self->isolation, 1 + (guint) reply.total);
  self->is_staged = TRUE;

  return TRUE;
}

/**
 * bag_decoder_channel_prepare:
 * @self: a channel
 * @frame_bytes: what a half of the staging memory has to hold
 * @cancellable: (nullable): gives the call up
 * @error: return location
 *
 * Starts a decoder when none runs, and makes the staging memory anew when
 * slices have another size.
 *
 * Returns: whether the decoder can be asked
 */
gboolean
bag_decoder_channel_prepare (BagDecoderChannel *self, gsize frame_bytes, GCancellable *cancellable, GError **error)
{
  gsize half_bytes = bag_decoder_staging_get_wanted_bytes (&self->staging, frame_bytes);

  if (g_cancellable_is_cancelled (cancellable))
    return fail_cancelled (error);

  check_idle (self);
  if (self->process.pid == 0 && !bag_decoder_process_start (&self->process, error))
    return FALSE;

  if (half_bytes != self->staging.half_bytes)
    {
      self->is_staged = FALSE;
      if (!bag_decoder_staging_make (&self->staging, half_bytes, error))
        return FALSE;
    }

  return self->is_staged || send_staging (self, cancellable, error);
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
