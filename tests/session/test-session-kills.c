/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "files-fixture.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/*
 * Decoders that are killed at random moments while 600 slices are loaded, again and again. In the
 * end every slice is there with all of its values, and no slot, descriptor or process is left; the
 * fixture sees to that, and to every slice that is drawn meanwhile.
 *
 * environment: BAGSCOPE_KILLS, how many; 30 unless it is set
 */
#define N_SLICES 600u
#define MOST_PROGRESS 40 /* slices from one kill to the next */

static const guint64 all_of_them = 64u << 20;

/* A thread that kills. A moment is a number of slices that have come: nothing sleeps. */
typedef struct
{
  pthread_mutex_t mutex;
  pthread_cond_t has_changed;
  guint n_come; /* slices */
  guint n_kills, n_wanted;
  gboolean is_over;
  GRand *rand;
} Killer;

/* What was started, and the decoder inside it. */
static GArray *
find_processes (void)
{
  GArray *processes = files_find_children ();
  const guint n = processes->len;

  for (guint i = 0; i < n; i++)
    {
      GPid pid = g_array_index (processes, GPid, i);
      g_autofree char *path = g_strdup_printf ("/proc/%d/task/%d/children", pid, pid);
      g_autofree char *text = NULL;
      GPid inside = g_file_get_contents (path, &text, NULL, NULL) ? (GPid) strtol (text, NULL, 10) : 0;

      if (inside > 0)
        g_array_append_val (processes, inside);
    }

  return processes;
}

/* As proc(5) has it: the name is cut off at 15 characters, and a process that has ended has lost its memory. */
static gboolean
is_decoder (GPid pid)
{
  g_autofree char *name_path = g_strdup_printf ("/proc/%d/comm", pid);
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", pid);
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  return g_file_get_contents (name_path, &name, NULL, NULL) && g_str_has_prefix (name, "bagscope-decode") && g_file_get_contents (path, &text, NULL, NULL) && !g_str_has_prefix (text, "0 ");
}

/* Returns: whether one was killed that lived */
static gboolean
kill_one (GRand *rand)
{
  g_autoptr (GArray) processes = find_processes ();

  for (guint i = processes->len; i > 0; i--)
    if (!is_decoder (g_array_index (processes, GPid, i - 1)))
      g_array_remove_index_fast (processes, i - 1);

  if (processes->len == 0)
    return FALSE;

  return kill (g_array_index (processes, GPid, g_rand_int_range (rand, 0, (gint32) processes->len)), SIGKILL) == 0;
}

static gpointer
run_killer (gpointer data)
{
  Killer *self = data;
  guint next = 0;

  pthread_mutex_lock (&self->mutex);
  while (!self->is_over && self->n_kills < self->n_wanted)
    {
      if (self->n_come < next)
        {
          pthread_cond_wait (&self->has_changed, &self->mutex);
          continue;
        }
      pthread_mutex_unlock (&self->mutex);
      next += (guint) g_rand_int_range (self->rand, 1, MOST_PROGRESS);
      if (kill_one (self->rand))
        {
          pthread_mutex_lock (&self->mutex);
          self->n_kills++;
        }
      else
        pthread_mutex_lock (&self->mutex);
    }
  pthread_mutex_unlock (&self->mutex);
  g_main_context_wakeup (NULL);

  return NULL;
}

static void
on_states_changed (BagSession *session, guint first, guint last, Killer *killer)
{
  pthread_mutex_lock (&killer->mutex);
  killer->n_come++;
  pthread_cond_signal (&killer->has_changed);
  pthread_mutex_unlock (&killer->mutex);
}

static gboolean
is_done (Killer *killer)
{
  gboolean is_done;

  pthread_mutex_lock (&killer->mutex);
  is_done = killer->n_kills >= killer->n_wanted;
  pthread_mutex_unlock (&killer->mutex);

  return is_done;
}

static guint
count (FilesFixture *self, BagSliceState state)
{
  guint n = 0;

  for (guint i = 0; i < N_SLICES; i++)
    n += bag_session_get_slice_state (self->session, i) == state ? 1 : 0;

  return n;
}

/* Nothing moves any more: each slice is there, or its decoder died at work on it. */
static void
load (FilesFixture *self)
{
  bag_test_wait_until (count (self, BAG_SLICE_STATE_READY) + count (self, BAG_SLICE_STATE_FAILED) == N_SLICES);
}

/* What opens a bag may die as well; the operator tries again. */
static void
open_under_fire (FilesFixture *self, const FilesBag *bag)
{
  do
    {
      files_begin_open (self, bag->path);
      bag_test_wait_until (!bag_session_get_loading (self->session));
      g_assert_true (bag_session_get_message (self->session) == NULL || strstr (bag_session_get_message (self->session), "The decoder ended") != NULL);
    }
  while (bag_session_get_message (self->session) != NULL);
}

/* As an operator would: goes to what has failed, and opens the bag again where that does not help. */
static void
mend (FilesFixture *self, const FilesBag *bag)
{
  for (guint i = 0; i < N_SLICES; i++)
    if (bag_session_get_slice_state (self->session, i) == BAG_SLICE_STATE_FAILED)
      {
        bag_session_set_slice_index (self->session, (i + N_SLICES / 2) % N_SLICES);
        bag_session_set_slice_index (self->session, i);
        bag_test_wait_until (bag_session_is_exact (self->session) || bag_session_get_slice_error (self->session) != NULL);
      }
  if (count (self, BAG_SLICE_STATE_FAILED) > 0)
    open_under_fire (self, bag); /* the last one killed may only be dying */
  files_wait_all_ready (self);
}

static guint
get_n_wanted (void)
{
  const char *text = g_getenv ("BAGSCOPE_KILLS");

  return text != NULL ? (guint) strtoul (text, NULL, 10) : 30;
}

static void
test_load (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *bags[] = { files_make_bag (self, "jpeg-lossless", N_SLICES, 91), files_make_bag (self, "rle", N_SLICES, 92) };
  Killer killer = { .n_wanted = get_n_wanted (), .rand = g_rand_new_with_seed (93) };
  guint n_rounds = 0;
  GThread *thread = NULL;

  pthread_mutex_init (&killer.mutex, NULL);
  pthread_cond_init (&killer.has_changed, NULL);
  files_open (self, bags[0]);
  g_signal_connect (self->session, "slice-states-changed", G_CALLBACK (on_states_changed), &killer);
  thread = g_thread_new ("killer", run_killer, &killer);
  for (; !is_done (&killer); n_rounds++)
    {
      open_under_fire (self, bags[n_rounds % G_N_ELEMENTS (bags)]);
      load (self);
    }
  g_thread_join (thread);
  g_signal_handlers_disconnect_by_data (self->session, &killer);
  g_test_message ("%u kills in %u rounds, seed 93", killer.n_kills, n_rounds);

  for (guint k = 0; k < G_N_ELEMENTS (bags); k++)
    {
      files_open (self, bags[k]);
      load (self);
      mend (self, bags[k]);
      for (guint i = 0; i < N_SLICES; i++)
        files_go_to (self, i);
    }

  pthread_cond_destroy (&killer.has_changed);
  pthread_mutex_destroy (&killer.mutex);
  g_rand_free (killer.rand);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-kills/load", FilesFixture, &all_of_them, files_set_up, test_load, files_tear_down);

  return g_test_run ();
}
