/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder-channel"

#include "config.h"

#include "decoder/bag-decoder-wait.h"

#include <poll.h>

/*
 * Deadlines count the decoder's processor time, so that a busy machine or a
 * slow disk does not turn good slices into bad ones. A decoder that uses none
 * waits for the storage: that is said after a while, and much later it is
 * ended, but neither it nor the file is blamed.
 */
#define PROGRESS_US 1000 /* of processor time; a decoder that only waits uses none */

typedef struct
{
  const BagDecoderProcess *process;
  const BagDecoderDeadlines *deadlines;
  BagDecoderStallFunc on_stall;
  gpointer user_data;

  gint64 cpu_end;       /* processor time that it must not reach */
  gint64 cpu_seen;      /* at the last progress */
  gint64 progress_time; /* of the clock, likewise */
  gint64 cancel_time;   /* when the call is given up; G_MAXINT64: it was not cancelled */
  gboolean is_stalled;
} Wait;

static void
set_stalled (Wait *self, gboolean is_stalled)
{
  if (self->is_stalled != is_stalled)
    self->on_stall (is_stalled, self->user_data);
  self->is_stalled = is_stalled;
}

static void
look_for_progress (Wait *self, gint64 cpu, gint64 now)
{
  if (cpu >= self->cpu_seen + PROGRESS_US)
    {
      self->cpu_seen = cpu;
      self->progress_time = now;
    }
  set_stalled (self, now >= self->progress_time + self->deadlines->stall);
}

static gboolean
is_over (const Wait *self, gint64 cpu, gint64 now, BagDecoderWaitResult *result)
{
  if (now >= self->cancel_time)
    *result = BAG_DECODER_WAIT_CANCELLED;
  else if (cpu >= self->cpu_end)
    *result = BAG_DECODER_WAIT_TOO_LONG;
  else if (now >= self->progress_time + self->deadlines->silence)
    *result = BAG_DECODER_WAIT_SILENT;
  else
    return FALSE;

  return TRUE;
}

/* Sleeps until there is an answer: the processor time cannot grow faster than
 * the clock, so it is read again only when all that is left may be used up. */
static int
get_timeout_ms (const Wait *self, gint64 cpu, gint64 now)
{
  gint64 to_silence = self->progress_time + self->deadlines->silence - now;
  gint64 to_stall = self->is_stalled ? self->deadlines->stall : self->progress_time + self->deadlines->stall - now;
  gint64 us = MIN (self->cpu_end - cpu, MIN (to_silence, to_stall));

  return (int) CLAMP (MIN (us, self->cancel_time - now) / 1000 + 1, 1, G_MAXINT);
}

static BagDecoderWaitResult
wait_for_answer (Wait *self, int cancelled_fd)
{
  struct pollfd fds[2] = {
    { .fd = self->process->socket, .events = POLLIN },
    { .fd = cancelled_fd, .events = POLLIN },
  };
  BagDecoderWaitResult result;

  for (;;)
    {
      gint64 cpu = bag_decoder_process_get_cpu_time (self->process);
      gint64 now = g_get_monotonic_time ();

      look_for_progress (self, cpu, now);
      if (poll (fds, G_N_ELEMENTS (fds), get_timeout_ms (self, cpu, now)) > 0 && fds[0].revents != 0)
        return BAG_DECODER_WAIT_ANSWERED;
      if (fds[1].revents != 0)
        {
          fds[1] = (struct pollfd){ .fd = -1 };
          self->cancel_time = g_get_monotonic_time () + self->deadlines->cancelled;
        }
      if (is_over (self, bag_decoder_process_get_cpu_time (self->process), g_get_monotonic_time (), &result))
        return result;
    }
}

/**
 * bag_decoder_wait:
 * @process: a decoder that was asked something
 * @deadlines: how long it may take
 * @cpu_deadline: processor time that it may take from now on, in microseconds
 * @cancellable: (nullable): gives the call up
 * @on_stall: (scope call): told when there is no progress, and when there is again. It is told
 *   that there is before this returns
 * @user_data: for @on_stall
 *
 * Sleeps until @process has something to say, or has ended, or will be waited for no longer.
 *
 * Returns: which of these
 */
BagDecoderWaitResult
bag_decoder_wait (const BagDecoderProcess *process,
                  const BagDecoderDeadlines *deadlines,
                  gint64 cpu_deadline,
                  GCancellable *cancellable,
                  BagDecoderStallFunc on_stall,
                  gpointer user_data)
{
  gint64 cpu = bag_decoder_process_get_cpu_time (process);
  Wait self = {
    .process = process,
    .deadlines = deadlines,
    .on_stall = on_stall,
    .user_data = user_data,
    .cpu_end = cpu + cpu_deadline,
    .cpu_seen = cpu,
    .progress_time = g_get_monotonic_time (),
    .cancel_time = G_MAXINT64,
  };
  GPollFD cancelled = { .fd = -1 };
  BagDecoderWaitResult result;

  g_cancellable_make_pollfd (cancellable, &cancelled);
  result = wait_for_answer (&self, cancelled.fd);
  if (cancelled.fd >= 0)
    g_cancellable_release_fd (cancellable);
  set_stalled (&self, FALSE);

  return result;
}
