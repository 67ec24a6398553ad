/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder.h"
#include "decoder/bag-isolation-wish.h"

#include "obedience.h"

#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

/* Work that waits until it may go on, so that a queue forms behind it. */
typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  gboolean has_begun, is_open, has_ended;
} Gate;

typedef struct
{
  BagDecoder *decoder;
  Gate gate;
  GString *order;
  guint n_done, n_cancelled;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->decoder = bag_decoder_new (1);
  self->order = g_string_new (NULL);
  pthread_mutex_init (&self->gate.mutex, NULL);
  pthread_cond_init (&self->gate.changed, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  if (self->decoder != NULL)
    g_assert_finalize_object (self->decoder);
  g_string_free (self->order, TRUE);
  pthread_cond_destroy (&self->gate.changed);
  pthread_mutex_destroy (&self->gate.mutex);
}

static void
set_flag (Gate *gate, gboolean *flag)
{
  pthread_mutex_lock (&gate->mutex);
  *flag = TRUE;
  pthread_cond_broadcast (&gate->changed);
  pthread_mutex_unlock (&gate->mutex);
}

static void
wait_flag (Gate *gate, const gboolean *flag)
{
  pthread_mutex_lock (&gate->mutex);
  while (!*flag)
    pthread_cond_wait (&gate->changed, &gate->mutex);
  pthread_mutex_unlock (&gate->mutex);
}

static void
wait_at_gate (GTask *task, BagDecoderChild *child)
{
  Fixture *self = g_task_get_task_data (task);

  set_flag (&self->gate, &self->gate.has_begun);
  wait_flag (&self->gate, &self->gate.is_open);
  g_task_return_boolean (task, TRUE);
}

static void
do_nothing (GTask *task, BagDecoderChild *child)
{
  g_assert_nonnull (child);
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
      self->n_cancelled++;
    }
  if (g_task_get_name (G_TASK (result)) != NULL)
    g_string_append (self->order, g_task_get_name (G_TASK (result)));
  self->n_done++;
}

static void
push (Fixture *self, BagPoolClass class, const char *name, BagDecoderTaskFunc func)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_done, self);

  g_task_set_name (task, name);
  g_task_set_task_data (task, self, NULL);
  bag_decoder_run_task (self->decoder, class, task, func);
}

static void
wait_done (Fixture *self, guint n)
{
  while (self->n_done < n)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_order (Fixture *self, gconstpointer data)
{
  push (self, BAG_POOL_CLASS_PREFETCH, "gate", wait_at_gate);
  wait_flag (&self->gate, &self->gate.has_begun);
  push (self, BAG_POOL_CLASS_PREFETCH, " p1", do_nothing);
  push (self, BAG_POOL_CLASS_LOAD, " l1", do_nothing);
  push (self, BAG_POOL_CLASS_VIEW, " v1", do_nothing);
  push (self, BAG_POOL_CLASS_PREFETCH, " p2", do_nothing);
  push (self, BAG_POOL_CLASS_VIEW, " v2", do_nothing);
  set_flag (&self->gate, &self->gate.is_open);
  wait_done (self, 6);

  g_assert_cmpstr (self->order->str, ==, "gate v1 v2 l1 p1 p2");
}

static gpointer
open_gate (gpointer user_data)
{
  Fixture *self = user_data;

  set_flag (&self->gate, &self->gate.is_open);

  return NULL;
}

/* Whatever was queued when the decoder went comes back once, done or cancelled. */
static void
test_finalize_with_work (Fixture *self, gconstpointer data)
{
  GThread *thread;

  push (self, BAG_POOL_CLASS_VIEW, NULL, wait_at_gate);
  wait_flag (&self->gate, &self->gate.has_begun);
  for (guint i = 0; i < 20; i++)
    push (self, BAG_POOL_CLASS_PREFETCH, NULL, do_nothing);
  thread = g_thread_new ("gate", open_gate, self);
  g_assert_finalize_object (g_steal_pointer (&self->decoder));
  g_thread_join (thread);
  wait_done (self, 21);

  g_assert_cmpuint (self->n_done, ==, 21);
  g_assert_cmpuint (self->n_cancelled, <=, 20);
}

static void
on_changed (BagDecoder *decoder, guint *n_changes)
{
  (*n_changes)++;
}

/* Storage that does not answer the thread itself: that is said, and taken back once it does. */
static void
test_stuck (Fixture *self, gconstpointer data)
{
  guint n_changes = 0;

  push (self, BAG_POOL_CLASS_VIEW, NULL, do_nothing);
  wait_done (self, 1);
  bag_decoder_set_patience (self->decoder, G_USEC_PER_SEC / 50);
  g_signal_connect (self->decoder, "changed", G_CALLBACK (on_changed), &n_changes);
  g_assert_false (bag_decoder_is_stalled (self->decoder));
  push (self, BAG_POOL_CLASS_VIEW, NULL, wait_at_gate);
  wait_flag (&self->gate, &self->gate.has_begun);
  while (!bag_decoder_is_stalled (self->decoder))
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_changes, >=, 1);

  n_changes = 0;
  set_flag (&self->gate, &self->gate.is_open);
  wait_done (self, 2);
  while (bag_decoder_is_stalled (self->decoder) || n_changes == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
call_at_gate (BagDecoderChild *child, gpointer user_data)
{
  Gate *gate = user_data;

  set_flag (gate, &gate->has_begun);
  wait_flag (gate, &gate->is_open);
}

static void
end_at_gate (gpointer user_data)
{
  Gate *gate = user_data;

  set_flag (gate, &gate->has_ended);
}

/* Nobody waits for such a thread when the decoder goes, nor for what stands behind it; once it comes back
 * it clears away what it used. */
static void
test_left_alone (Fixture *self, gconstpointer data)
{
  bag_decoder_set_patience (self->decoder, G_USEC_PER_SEC / 50);
  bag_decoder_lend (self->decoder, BAG_POOL_CLASS_VIEW, call_at_gate, &self->gate, end_at_gate);
  wait_flag (&self->gate, &self->gate.has_begun);
  for (guint i = 0; i < 3; i++)
    push (self, BAG_POOL_CLASS_PREFETCH, NULL, do_nothing);
  g_clear_object (&self->decoder);
  g_assert_false (self->gate.has_ended);
  wait_done (self, 3);
  g_assert_cmpuint (self->n_cancelled, ==, 3);

  set_flag (&self->gate, &self->gate.is_open);
  wait_flag (&self->gate, &self->gate.has_ended);
}

typedef struct
{
  int fd;
  gboolean good;
  BagError code;
} DecodeCall;

static void
decode (BagDecoderChild *child, gpointer user_data)
{
  const BagPixelLayout layout = { .rows = 8, .columns = 8, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  DecodeCall *call = user_data;
  g_autoptr (GError) error = NULL;
  guint16 values[64];

  call->good = bag_decoder_child_decode (child, call->fd, BAG_FRAME_CODEC_RLE, &layout, 0, 10, values, sizeof values, NULL, &error);
  call->code = error != NULL ? (BagError) error->code : 0;
  if (error != NULL)
    g_test_message ("%s", error->message);
}

static void
test_call (Fixture *self, gconstpointer data)
{
  DecodeCall call = { .fd = memfd_create ("input", MFD_CLOEXEC) };

  bag_decoder_call (self->decoder, decode, &call);
  g_assert_true (call.good);
  g_assert_cmpuint (bag_decoder_get_n_deaths (self->decoder), ==, 0);
  g_assert_cmpstr (bag_decoder_get_isolation (self->decoder), ==, "off");

  obey ("die", BAG_DECODER_DECODE);
  g_clear_object (&self->decoder);
  self->decoder = bag_decoder_new (1);
  bag_decoder_call (self->decoder, decode, &call);
  behave ();
  g_assert_false (call.good);
  g_assert_cmpint (call.code, ==, BAG_ERROR_DECODER_DIED);
  g_assert_cmpuint (bag_decoder_get_n_deaths (self->decoder), ==, 1);
  bag_decoder_call (self->decoder, decode, &call);
  g_assert_true (call.good);

  close (call.fd);
}

#define N_CALLERS 4u
#define N_CALLS 50u

static gpointer
call_often (gpointer user_data)
{
  DecodeCall call = { .fd = memfd_create ("input", MFD_CLOEXEC) };
  guint n_good = 0;

  for (guint i = 0; i < N_CALLS; i++)
    {
      bag_decoder_call (user_data, decode, &call);
      n_good += call.good;
    }
  close (call.fd);

  return GUINT_TO_POINTER (n_good);
}

static void
test_threads (void)
{
  g_autoptr (BagDecoder) decoder = bag_decoder_new (3);
  GThread *threads[N_CALLERS];

  for (guint i = 0; i < N_CALLERS; i++)
    threads[i] = g_thread_new ("caller", call_often, decoder);
  for (guint i = 0; i < N_CALLERS; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (threads[i])), ==, N_CALLS);
  g_assert_cmpuint (bag_decoder_get_n_deaths (decoder), ==, 0);
}

#define ADD(name, func) g_test_add ("/decoder/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  bag_isolation_wish_set ("off");
  obedience_begin ();
  ADD ("order", test_order);
  ADD ("finalize-with-work", test_finalize_with_work);
  ADD ("call", test_call);
  ADD ("stuck", test_stuck);
  ADD ("left-alone", test_left_alone);
  g_test_add_func ("/decoder/threads", test_threads);
  result = g_test_run ();
  obedience_end ();

  return result;
}
