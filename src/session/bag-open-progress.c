/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-open-progress.h"

#include <pthread.h>

/*
 * Word is sent when there is some, never by a timer; what comes too soon after
 * the last is only noted, and goes with the next. An opening that is over before
 * the first interval is says nothing.
 *
 * Lock: @mutex guards what both threads touch; it is not held in a call.
 */
#define INTERVAL_US (G_USEC_PER_SEC / 5)

struct _BagOpenProgress
{
  GMainContext *context;    /* (owned) */
  BagOpenProgressFunc func; /* main thread only; NULL once stopped */
  gpointer user_data;

  pthread_mutex_t mutex;
  guint n_refs;
  guint n_done, n_files;
  gint64 interval_us;
  gint64 last_sent;
  gboolean is_on_its_way;
};

/**
 * bag_open_progress_new:
 * @func: told of progress, in the thread-default main context of this thread
 * @user_data: for @func
 *
 * Returns: (transfer full): a carrier
 */
BagOpenProgress *
bag_open_progress_new (BagOpenProgressFunc func, gpointer user_data)
{
  BagOpenProgress *self = g_new0 (BagOpenProgress, 1);

  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  self->n_refs = 1;
  self->interval_us = INTERVAL_US;
  self->last_sent = g_get_monotonic_time ();
  pthread_mutex_init (&self->mutex, NULL);

  return self;
}

/**
 * bag_open_progress_ref:
 * @self: a carrier
 *
 * Any thread.
 *
 * Returns: (transfer full): @self
 */
BagOpenProgress *
bag_open_progress_ref (BagOpenProgress *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  pthread_mutex_lock (&self->mutex);
  self->n_refs++;
  pthread_mutex_unlock (&self->mutex);

  return self;
}

/**
 * bag_open_progress_unref:
 * @self: (transfer full): a carrier
 *
 * Any thread.
 */
void
bag_open_progress_unref (BagOpenProgress *self)
{
  gboolean is_last;

  g_return_if_fail (self != NULL);

  pthread_mutex_lock (&self->mutex);
  is_last = --self->n_refs == 0;
  pthread_mutex_unlock (&self->mutex);
  if (!is_last)
    return;

  pthread_mutex_destroy (&self->mutex);
  g_main_context_unref (self->context);
  g_free (self);
}

static gboolean
deliver (gpointer data)
{
  BagOpenProgress *self = data;
  guint n_done, n_files;

  pthread_mutex_lock (&self->mutex);
  n_done = self->n_done;
  n_files = self->n_files;
  self->is_on_its_way = FALSE;
  pthread_mutex_unlock (&self->mutex);
  if (self->func != NULL)
    self->func (n_done, n_files, self->user_data);

  return G_SOURCE_REMOVE;
}

static void
send (BagOpenProgress *self)
{
  GSource *source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, bag_open_progress_ref (self), (GDestroyNotify) bag_open_progress_unref);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

/* Call with the lock. */
static gboolean
is_due (BagOpenProgress *self)
{
  gint64 now = g_get_monotonic_time ();

  if (self->is_on_its_way || now - self->last_sent < self->interval_us)
    return FALSE;

  self->last_sent = now;
  self->is_on_its_way = TRUE;

  return TRUE;
}

/**
 * bag_open_progress_tell:
 * @n_done: files looked at
 * @n_files: of how many
 * @self: (type BagOpenProgress): a carrier
 *
 * A #BagSourceProgressFunc. Any thread.
 */
void
bag_open_progress_tell (guint n_done, guint n_files, gpointer self)
{
  BagOpenProgress *progress = self;
  gboolean must_send;

  g_return_if_fail (progress != NULL);

  pthread_mutex_lock (&progress->mutex);
  progress->n_done = n_done;
  progress->n_files = n_files;
  must_send = is_due (progress);
  pthread_mutex_unlock (&progress->mutex);
  if (must_send)
    send (progress);
}

/**
 * bag_open_progress_set_interval:
 * @self: a carrier that nobody tells anything yet
 * @interval_us: how long to wait before the first word and between two, in microseconds
 */
void
bag_open_progress_set_interval (BagOpenProgress *self, gint64 interval_us)
{
  g_return_if_fail (self != NULL);

  self->interval_us = interval_us;
}

/**
 * bag_open_progress_stop:
 * @self: a carrier
 *
 * Has the function not called any more. The thread that made @self.
 */
void
bag_open_progress_stop (BagOpenProgress *self)
{
  g_return_if_fail (self != NULL);

  self->func = NULL;
}
