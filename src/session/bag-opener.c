/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-opener.h"

#include "pool/bag-hand-over.h"
#include "scan/bag-phantom.h"
#include "scan/bag-source.h"

/*
 * Opening reads headers, nine slices where the file brings no window, and for the
 * range of wide samples up to 64 MiB of them: all of
 * that away from the main thread, so that a bag comes on screen with
 * the window that it keeps. Files need a decoder and run on one of its threads;
 * a made-up bag runs in a worker.
 */
typedef struct
{
  /* Owned; the first that is set says what to do */
  GPtrArray *scans;
  char **paths;

  BagOpenProgress *progress; /* (owned) (nullable) */
  BagDecoder *decoder;       /* (not owned): runs the job on its own thread */

  BagOpened *opened; /* (owned): what was found so far */

  guint64 seed;
  guint chosen;
} BagOpenJob;

static void
bag_open_job_free (BagOpenJob *self)
{
  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->progress, bag_open_progress_unref);
  g_clear_pointer (&self->opened, bag_opened_free);
  g_free (self);
}

/**
 * bag_opened_free:
 * @self: (transfer full): what was found
 */
void
bag_opened_free (BagOpened *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->scans, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
open_demo (guint64 seed, GError **error)
{
  BagScan *scan = bag_source_open_demo (BAG_PHANTOM_COLUMNS, BAG_PHANTOM_ROWS, BAG_PHANTOM_SLICES, seed, error);
  GPtrArray *scans = NULL;

  if (scan == NULL)
    return NULL;

  scans = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (scans, scan);

  return scans;
}

static GPtrArray *
open_paths (BagOpenJob *job, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  const BagSourceContext context = {
    .child = child,
    .decoder = job->decoder,
    .cancellable = cancellable,
    .progress = bag_open_progress_tell,
    .progress_data = job->progress,
  };

  return bag_source_open_with (&context, (const char *const *) job->paths, error);
}

static GPtrArray *
find_scans (BagOpenJob *job, BagDecoderChild *child, GCancellable *cancellable, GError **error)
{
  if (job->scans != NULL)
    return g_ptr_array_ref (job->scans);
  if (job->paths != NULL)
    return open_paths (job, child, cancellable, error);

  return open_demo (job->seed, error);
}

/* A scan of which not one slice can be read still opens: each slice then says why. */
static gboolean
find_window (BagScan *scan, BagDecoderChild *child, GCancellable *cancellable, BagWindowLevel *window, GError **error)
{
  g_autoptr (GError) unreadable = NULL;
  BagWindowLevel found = { 0, BAG_WINDOW_MIN_WIDTH, bag_scan_get_window_function (scan) };

  if (!bag_scan_measure_range (scan, child, cancellable, &unreadable) || (!bag_scan_get_window (scan, &found.center, &found.width) && !bag_scan_measure_window (scan, child, cancellable, &found.center, &found.width, &unreadable)))
    {
      if (g_cancellable_is_cancelled (cancellable))
        {
          g_propagate_error (error, g_steal_pointer (&unreadable));
          return FALSE;
        }
      g_debug ("no window: %s", unreadable->message);
    }
  *window = bag_window_level_make_sane (&found);

  return TRUE;
}

static void
finish (GTask *task, GError *error)
{
  BagOpenJob *job = g_task_get_task_data (task);
  BagOpened *opened = error == NULL ? g_steal_pointer (&job->opened) : NULL;

  bag_hand_over_give (task);
  if (opened != NULL)
    g_task_return_pointer (task, opened, (GDestroyNotify) bag_opened_free);
  else
    g_task_return_error (task, error);
}

static BagScan *
get_chosen (const BagOpenJob *job)
{
  return g_ptr_array_index (job->opened->scans, job->chosen);
}

static void
look_for_window (GTask *task, BagDecoderChild *child)
{
  BagOpenJob *job = g_task_get_task_data (task);
  GError *error = NULL;

  find_window (get_chosen (job), child, g_task_get_cancellable (task), &job->opened->window, &error);
  finish (task, error);
}

static void
look_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  bag_hand_over_take (task);
  look_for_window (task, NULL);
}

/* Slices that need no decoder are read in a worker: one that the storage does not answer must not keep
 * a decoder from the next bag, nor the program from closing. */
static void
open_scans (GTask *task, BagDecoderChild *child)
{
  BagOpenJob *job = g_task_get_task_data (task);
  GPtrArray *scans = NULL;
  GError *error = NULL;

  bag_hand_over_take (task);
  scans = find_scans (job, child, g_task_get_cancellable (task), &error);
  if (scans == NULL)
    {
      finish (task, error);
      return;
    }

  job->opened = g_new0 (BagOpened, 1);
  job->opened->scans = scans;
  job->opened->chosen = job->chosen;
  if (child == NULL || bag_scan_needs_decoder (get_chosen (job), 0))
    {
      look_for_window (task, child);
      return;
    }
  bag_hand_over_give (task);
  g_task_run_in_thread (task, look_in_worker);
}

static void
open_in_worker (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  open_scans (task, NULL);
}

/* Nothing is returned behind the back of the thread that reads. */
static void
run_job (BagOpenJob *job, BagDecoder *decoder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_name (task, "[bagscope] open");
  g_task_set_source_tag (task, bag_opener_finish);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_priority (task, G_PRIORITY_HIGH);
  g_task_set_task_data (task, job, (GDestroyNotify) bag_open_job_free);

  bag_hand_over_give (task);
  if (decoder != NULL)
    bag_decoder_run_task (decoder, BAG_POOL_CLASS_VIEW, task, open_scans);
  else
    g_task_run_in_thread (task, open_in_worker);
}

/**
 * bag_opener_open_async:
 * @paths: (array zero-terminated=1): files and folders, at least one
 * @decoder: reads them, all of its processes where there are many files
 * @progress: (scope notified): told on this thread's main context how many files were looked
 *   at, with @user_data, and not any more once bag_opener_finish() was called
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context
 * @user_data: for @callback and @progress
 *
 * Opens the scans behind @paths and finds a window for the first.
 */
void
bag_opener_open_async (const char *const *paths, BagDecoder *decoder, BagOpenProgressFunc progress, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  BagOpenJob *job = NULL;

  g_return_if_fail (paths != NULL && paths[0] != NULL);
  g_return_if_fail (BAG_IS_DECODER (decoder));

  job = g_new0 (BagOpenJob, 1);
  job->paths = g_strdupv ((char **) paths);
  job->decoder = decoder;
  job->progress = bag_open_progress_new (progress, user_data);
  run_job (job, decoder, cancellable, callback, user_data);
}

/**
 * bag_opener_open_demo_async:
 * @seed: which made-up bag
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context
 * @user_data: for @callback
 *
 * Opens the made-up bag, which needs no decoder.
 */
void
bag_opener_open_demo_async (guint64 seed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  BagOpenJob *job = g_new0 (BagOpenJob, 1);

  job->seed = seed;
  run_job (job, NULL, cancellable, callback, user_data);
}

/**
 * bag_opener_choose_async:
 * @scans: (element-type BagScan) (transfer none): scans that are open; not changed any more
 * @chosen: the one to look at
 * @decoder: (nullable): where its slices need one
 * @cancellable: (nullable): gives it up
 * @callback: called on this thread's main context
 * @user_data: for @callback
 *
 * Finds a window for another one of several scans.
 */
void
bag_opener_choose_async (GPtrArray *scans, guint chosen, BagDecoder *decoder, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  BagOpenJob *job = NULL;

  g_return_if_fail (scans != NULL && chosen < scans->len);
  g_return_if_fail (decoder == NULL || BAG_IS_DECODER (decoder));

  job = g_new0 (BagOpenJob, 1);
  job->scans = g_ptr_array_ref (scans);
  job->chosen = chosen;
  run_job (job, decoder, cancellable, callback, user_data);
}

/**
 * bag_opener_finish:
 * @result: what the callback of any of the three got
 * @error: return location, in the domain %BAG_ERROR
 *
 * Returns: (transfer full): what was found, or %NULL
 */
BagOpened *
bag_opener_finish (GAsyncResult *result, GError **error)
{
  BagOpenJob *job = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  bag_hand_over_take (result);
  job = g_task_get_task_data (G_TASK (result));
  if (job->progress != NULL)
    bag_open_progress_stop (job->progress);

  return g_task_propagate_pointer (G_TASK (result), error);
}
