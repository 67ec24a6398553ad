/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decoder"

#include "config.h"

#include "decoder/bag-decoder-private.h"

#include <glib/gi18n.h>

/*
 * Each decoder process has one thread that starts it, waits for it and copies
 * out of it, because the kernel ends the process together with the thread that
 * started it. All threads serve one queue.
 *
 * A process has one request at a time. Rejected: sending the next one behind it, so
 * that the copy hides behind its decoding. A whole scan then loads some percent
 * faster at best, but the slice that somebody goes to meanwhile stands behind
 * two others instead of one, and waits nearly twice as long.
 *
 * Lock: @mutex guards the queue, the limits and @is_closing; it is never held while work
 * is done or a task returns. POSIX primitives, which ThreadSanitizer knows.
 */
typedef struct
{
  GTask *task;             /* (owned), or NULL for a call */
  BagDecoderTaskFunc func; /* with @task */
  BagDecoderCallFunc call; /* without */
  gpointer user_data;
  GDestroyNotify free_data; /* (nullable) */
  gboolean *is_done;        /* (not owned) of the caller that waits, or NULL when nobody does */
} BagDecoderWork;

G_DEFINE_FINAL_TYPE (BagDecoder, bag_decoder, G_TYPE_OBJECT)

static guint changed_signal;

static void
work_free (BagDecoderWork *work)
{
  g_clear_object (&work->task);
  if (work->free_data != NULL)
    work->free_data (work->user_data);
  g_free (work);
}

/* Call with the lock. */
static BagDecoderWork *
pop_work (BagDecoder *self)
{
  for (guint class = 0; class < BAG_POOL_N_CLASSES; class ++)
    {
      BagDecoderWork *work = g_queue_pop_head (&self->queues[class]);

      if (work != NULL)
        return work;
    }

  return NULL;
}

static BagDecoderWork *
wait_for_work (BagDecoder *self)
{
  BagDecoderWork *work = NULL;

  pthread_mutex_lock (&self->mutex);
  while (!self->is_closing && (work = pop_work (self)) == NULL)
    pthread_cond_wait (&self->has_work, &self->mutex);
  self->n_at_work += work != NULL ? 1 : 0;
  pthread_mutex_unlock (&self->mutex);

  return work;
}

/* Between two pieces of work: each begins and ends with the same limits. */
static void
take_limits (BagDecoderWorker *worker)
{
  BagDecoder *self = worker->decoder;

  pthread_mutex_lock (&self->mutex);
  if (worker->n_limits_taken != self->n_limits_set)
    bag_decoder_child_set_limits (worker->child, &self->limits);
  worker->n_limits_taken = self->n_limits_set;
  pthread_mutex_unlock (&self->mutex);
}

static void
push_work (BagDecoder *self, BagPoolClass class, BagDecoderWork *work)
{
  pthread_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->queues[class], work);
  bag_decoder_watch_begin (self);
  pthread_cond_signal (&self->has_work);
  pthread_mutex_unlock (&self->mutex);
}

static void
do_work (BagDecoder *self, BagDecoderChild *child, BagDecoderWork *work)
{
  if (work->task != NULL)
    {
      work->func (work->task, child);
      return;
    }

  work->call (child, work->user_data);
  if (work->is_done == NULL)
    return;

  pthread_mutex_lock (&self->mutex);
  *work->is_done = TRUE;
  pthread_cond_broadcast (&self->has_result);
  pthread_mutex_unlock (&self->mutex);
}

void
bag_decoder_emit_changed (BagDecoder *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static gboolean
emit_changed (gpointer reference)
{
  g_autoptr (BagDecoder) self = g_weak_ref_get (reference);

  if (self != NULL)
    bag_decoder_emit_changed (self);

  return G_SOURCE_REMOVE;
}

static void
release_reference (gpointer reference)
{
  g_atomic_rc_box_release_full (reference, (GDestroyNotify) g_weak_ref_clear);
}

/* A worker holds no reference on the decoder, which joins it before it goes. */
static void
on_child_changed (gpointer user_data)
{
  BagDecoderWorker *worker = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, emit_changed, g_atomic_rc_box_acquire (worker->decoder->reference), release_reference);
  g_source_attach (source, worker->decoder->context);
}

/* Who is stuck no more tells at once. */
static void
end_work (BagDecoderWorker *worker)
{
  BagDecoder *self = worker->decoder;

  bag_decoder_child_set_at_work (worker->child, FALSE);
  pthread_mutex_lock (&self->mutex);
  self->n_at_work--;
  pthread_mutex_unlock (&self->mutex);
  if (g_atomic_int_compare_and_exchange (&self->is_stuck, TRUE, FALSE))
    on_child_changed (worker);
}

/* The decoder is not there any more afterwards, if nobody waits for the thread. */
static void
end_worker (BagDecoder *self)
{
  gboolean is_last;

  pthread_mutex_lock (&self->mutex);
  self->n_ended++;
  is_last = self->is_abandoned && self->n_ended == self->workers->len;
  pthread_cond_broadcast (&self->has_result);
  pthread_mutex_unlock (&self->mutex);
  if (is_last)
    g_object_unref (self);
}

static gpointer
run_worker (gpointer data)
{
  BagDecoderWorker *worker = data;
  BagDecoderWork *work;

  bag_decoder_child_start (worker->child);
  while ((work = wait_for_work (worker->decoder)) != NULL)
    {
      take_limits (worker);
      bag_decoder_child_set_at_work (worker->child, TRUE);
      do_work (worker->decoder, worker->child, work);
      work_free (work);
      end_work (worker);
    }
  bag_decoder_child_free (worker->child);
  end_worker (worker->decoder);

  return NULL;
}

/* Nobody can wait in bag_decoder_call() any more: that caller has a reference. */
static void
drop_work (BagDecoder *self)
{
  BagDecoderWork *work;

  while ((work = pop_work (self)) != NULL)
    {
      if (work->task != NULL)
        g_task_return_new_error (work->task, BAG_ERROR, BAG_ERROR_CANCELLED, "%s", _ ("Given up because something else was wanted."));
      work_free (work);
    }
}

/* Returns: whether all threads have ended, within the time that a thread has */
static gboolean
wait_for_workers (BagDecoder *self)
{
  gint64 end = g_get_monotonic_time () + self->patience;
  const struct timespec time = { .tv_sec = end / G_USEC_PER_SEC, .tv_nsec = end % G_USEC_PER_SEC * 1000 };
  int result = 0;

  while (result == 0 && self->n_ended < self->workers->len)
    result = pthread_cond_timedwait (&self->has_result, &self->mutex, &time);

  return self->n_ended == self->workers->len;
}

/*
 * A window that closes waits here: not for a process that has not even started, and not for ever for
 * a thread that sleeps in the kernel. The decoder lives on then for that one, which
 * may wake up some day; the program may end meanwhile. No thread ends, and
 * frees its process, before it is told to.
 */
static void
close_workers (BagDecoder *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    bag_decoder_child_give_up_start (g_array_index (self->workers, BagDecoderWorker, i).child);

  pthread_mutex_lock (&self->mutex);
  bag_decoder_watch_clear (self);
  self->is_closing = TRUE;
  pthread_cond_broadcast (&self->has_work);
  self->is_abandoned = !wait_for_workers (self);
  if (self->is_abandoned)
    g_object_ref (self);
  pthread_mutex_unlock (&self->mutex);
}

static void
let_go_of_threads (BagDecoder *self)
{
  for (guint i = 0; i < self->workers->len; i++)
    {
      GThread *thread = g_steal_pointer (&g_array_index (self->workers, BagDecoderWorker, i).thread);

      if (self->is_abandoned)
        g_thread_unref (thread);
      else
        g_thread_join (thread);
    }
}

static void
bag_decoder_dispose (GObject *object)
{
  BagDecoder *self = BAG_DECODER (object);

  if (!self->is_closing)
    {
      close_workers (self);
      let_go_of_threads (self);
      drop_work (self);
    }

  G_OBJECT_CLASS (bag_decoder_parent_class)->dispose (object);
}

static void
bag_decoder_finalize (GObject *object)
{
  BagDecoder *self = BAG_DECODER (object);

  drop_work (self);
  g_clear_pointer (&self->workers, g_array_unref);
  g_clear_pointer (&self->reference, release_reference);
  g_clear_pointer (&self->context, g_main_context_unref);
  pthread_cond_destroy (&self->has_result);
  pthread_cond_destroy (&self->has_work);
  pthread_mutex_destroy (&self->mutex);

  G_OBJECT_CLASS (bag_decoder_parent_class)->finalize (object);
}

static void
bag_decoder_class_init (BagDecoderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bag_decoder_dispose;
  G_OBJECT_CLASS (klass)->finalize = bag_decoder_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* It is waited for with an end by the monotonic clock. */
static void
init_result_condition (BagDecoder *self)
{
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (&self->has_result, &attributes);
  pthread_condattr_destroy (&attributes);
}

static void
bag_decoder_init (BagDecoder *self)
{
  self->workers = g_array_new (FALSE, TRUE, sizeof (BagDecoderWorker));
  self->context = g_main_context_ref_thread_default ();
  self->reference = g_atomic_rc_box_new0 (GWeakRef);
  g_weak_ref_init (self->reference, self);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->has_work, NULL);
  init_result_condition (self);
  for (guint class = 0; class < BAG_POOL_N_CLASSES; class ++)
    g_queue_init (&self->queues[class]);
  bag_decoder_watch_init (self);
}

/**
 * bag_decoder_new:
 * @n_children: how many processes, at least 1
 *
 * Starts the processes in the background, each on a thread of its own.
 *
 * Drop the last reference on any thread but those. Work in hand is then
 * finished, or left alone after some seconds, and tasks still queued return %BAG_ERROR_CANCELLED.
 *
 * Returns: (transfer full): a decoder
 */
BagDecoder *
bag_decoder_new (guint n_children)
{
  BagDecoder *self;

  g_return_val_if_fail (n_children > 0, NULL);

  self = g_object_new (BAG_TYPE_DECODER, NULL);
  g_array_set_size (self->workers, n_children);
  for (guint i = 0; i < n_children; i++)
    {
      BagDecoderWorker *worker = &g_array_index (self->workers, BagDecoderWorker, i);

      worker->decoder = self;
      worker->child = bag_decoder_child_new ();
      bag_decoder_child_watch (worker->child, on_child_changed, worker);
      worker->thread = g_thread_new ("bag-decoder", run_worker, worker);
    }

  return self;
}

/**
 * bag_decoder_run_task:
 * @self: a decoder
 * @class: how urgent it is: view is served before load, load before prefetch
 * @task: a task
 * @func: runs on a thread of the decoder, and completes @task there
 *
 * Queues work and returns at once. A task whose cancellable is cancelled still
 * runs @func, which finds out by itself: nothing is returned behind its back.
 */
void
bag_decoder_run_task (BagDecoder *self, BagPoolClass class, GTask *task, BagDecoderTaskFunc func)
{
  BagDecoderWork *work;

  g_return_if_fail (BAG_IS_DECODER (self));
  g_return_if_fail ((guint) class < BAG_POOL_N_CLASSES);
  g_return_if_fail (G_IS_TASK (task) && func != NULL);

  work = g_new0 (BagDecoderWork, 1);
  work->task = g_object_ref (task);
  work->func = func;
  push_work (self, class, work);
}

/**
 * bag_decoder_call:
 * @self: a decoder
 * @func: (scope call): what to do with a decoder process
 * @user_data: for @func
 *
 * Has @func run on a thread of the decoder, before all work but what has the
 * same urgency, and waits until it is done. Never on the main thread of a
 * window, nor on a thread of the decoder.
 */
void
bag_decoder_call (BagDecoder *self, BagDecoderCallFunc func, gpointer user_data)
{
  BagDecoderWork *work;
  gboolean is_done = FALSE;

  g_return_if_fail (BAG_IS_DECODER (self));
  g_return_if_fail (func != NULL);

  work = g_new0 (BagDecoderWork, 1);
  work->call = func;
  work->user_data = user_data;
  work->is_done = &is_done;
  push_work (self, BAG_POOL_CLASS_VIEW, work);

  pthread_mutex_lock (&self->mutex);
  while (!is_done)
    pthread_cond_wait (&self->has_result, &self->mutex);
  pthread_mutex_unlock (&self->mutex);
}

/**
 * bag_decoder_lend:
 * @self: a decoder
 * @class: how urgent it is
 * @func: what to do with a decoder process
 * @user_data: for @func
 * @free_data: (nullable): called when @func is done, and also when it never ran because @self goes
 *
 * Queues work that nobody waits for and that may as well not be done.
 */
void
bag_decoder_lend (BagDecoder *self, BagPoolClass class, BagDecoderCallFunc func, gpointer user_data, GDestroyNotify free_data)
{
  BagDecoderWork *work;

  g_return_if_fail (BAG_IS_DECODER (self));
  g_return_if_fail ((guint) class < BAG_POOL_N_CLASSES);
  g_return_if_fail (func != NULL);

  work = g_new0 (BagDecoderWork, 1);
  work->call = func;
  work->user_data = user_data;
  work->free_data = free_data;
  push_work (self, class, work);
}
