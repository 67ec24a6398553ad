/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-decode.h"

#include "cli/bag-cli-bench-file.h"
#include "cli/bag-cli-common.h"
#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <pthread.h>

/* How long the real decoders take for all slices of a compressed scan: one process, and
 * two beside half of what one takes, in turns. Each takes the next slice that nobody
 * has on its own thread, as those of a program that loads a scan. Of a deflated scan also how
 * long it takes to go back from its end to its middle, beside what inflating one
 * interval between two places to go back to takes on the way through the whole scan. */

#define DEFLATED_INTERVAL (4u << 20)

typedef struct
{
  BagScan *scan;           /* (owned) */
  BagDecoder *decoders[2]; /* (owned): of one process, of two */
  gsize slice_bytes;
} BagCliDecodeBench;

/* One load: shared by the threads of the decoder. */
typedef struct
{
  BagCliDecodeBench *bench; /* borrowed */
  gint next;                /* atomic: the next slice that nobody has */

  pthread_mutex_t mutex; /* guards all below */
  pthread_cond_t has_ended;
  guint n_at_work;
  GError *error; /* (owned) of the first that failed */
} BagCliLoad;

static void
bench_clear (BagCliDecodeBench *self)
{
  g_clear_object (&self->scan);
  g_clear_object (&self->decoders[0]);
  g_clear_object (&self->decoders[1]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagCliDecodeBench, bench_clear)

static gboolean
prepare (BagCliDecodeBench *self, const char *path, GError **error)
{
  g_autoptr (GPtrArray) scans = NULL;

  self->decoders[0] = bag_decoder_new (1);
  self->decoders[1] = bag_decoder_new (2);
  scans = bag_cli_open (self->decoders[0], path, error);
  if (scans == NULL)
    return FALSE;

  self->scan = g_object_ref (g_ptr_array_index (scans, 0));
  self->slice_bytes = bag_scan_get_slice_bytes (self->scan);
  if (bag_scan_needs_decoder (self->scan, 0))
    return TRUE;

  g_set_error (error, BAG_ERROR, BAG_ERROR_UNSUPPORTED_SYNTAX, _ ("no slice of it is compressed"));

  return FALSE;
}

static gboolean
read_slices (BagCliLoad *self, BagDecoderChild *child, GError **error)
{
  BagCliDecodeBench *bench = self->bench;
  g_autofree guint8 *dest = g_try_malloc (bench->slice_bytes);
  gint n = (gint) bag_scan_get_n_slices (bench->scan);
  gint index;

  if (dest == NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for one slice"));
      return FALSE;
    }
  while ((index = g_atomic_int_add (&self->next, 1)) < n)
    if (!bag_scan_read_slice (bench->scan, (guint) index, child, dest, bench->slice_bytes, NULL, error))
      return FALSE;

  return TRUE;
}

static void
take_part (BagDecoderChild *child, gpointer user_data)
{
  BagCliLoad *self = user_data;
  g_autoptr (GError) error = NULL;

  if (read_slices (self, child, &error))
    return;

  pthread_mutex_lock (&self->mutex);
  if (self->error == NULL)
    self->error = g_steal_pointer (&error);
  pthread_mutex_unlock (&self->mutex);
}

static void
end_part (gpointer user_data)
{
  BagCliLoad *self = user_data;

  pthread_mutex_lock (&self->mutex);
  self->n_at_work--;
  pthread_cond_signal (&self->has_ended);
  pthread_mutex_unlock (&self->mutex);
}

static void
wait_for_end (BagCliLoad *self)
{
  pthread_mutex_lock (&self->mutex);
  while (self->n_at_work > 0)
    pthread_cond_wait (&self->has_ended, &self->mutex);
  pthread_mutex_unlock (&self->mutex);
  pthread_cond_destroy (&self->has_ended);
  pthread_mutex_destroy (&self->mutex);
}

/* Returns in @time how long all slices took. */
static gboolean
load_all (BagCliDecodeBench *self, guint n_children, gint64 *time, GError **error)
{
  BagCliLoad load = { .bench = self, .n_at_work = n_children };
  gint64 start = g_get_monotonic_time ();
  gboolean good;

  pthread_mutex_init (&load.mutex, NULL);
  pthread_cond_init (&load.has_ended, NULL);
  for (guint i = 0; i < n_children; i++)
    bag_decoder_lend (self->decoders[n_children - 1], BAG_POOL_CLASS_LOAD, take_part, &load, end_part);
  wait_for_end (&load);
  *time = g_get_monotonic_time () - start;

  good = load.error == NULL;
  if (!good)
    g_propagate_error (error, load.error);

  return good;
}

static gboolean
measure_decoders (BagCliDecodeBench *self, GArray *results, GError **error)
{
  gint64 one[BAG_CLI_BENCH_ROUNDS], two[BAG_CLI_BENCH_ROUNDS];
  BagCliBenchResult result = { .name = "two-decoders", .unit = "ms" };

  for (guint round = 0; round <= BAG_CLI_BENCH_ROUNDS; round++)
    {
      guint place = round > 0 ? round - 1 : 0;

      if (!load_all (self, 1, &one[place], error) || !load_all (self, 2, &two[place], error))
        return FALSE;
    }
  result.value = bag_cli_bench_get_median_ms (two);
  result.floor = bag_cli_bench_get_median_ms (one) / 2;
  g_array_append_val (results, result);

  return TRUE;
}

/* One slice on the single decoder. */
static gboolean
read_slice (BagCliDecodeBench *self, guint index, guint8 *dest, gint64 *time, GError **error)
{
  gint64 start = g_get_monotonic_time ();
  gboolean good = bag_cli_read_slice (self->decoders[0], self->scan, index, dest, self->slice_bytes, error);

  *time = g_get_monotonic_time () - start;

  return good;
}

/* The share of one interval and one slice in all that is inflated for the scan. */
static double
get_interval_share (BagCliDecodeBench *self)
{
  const BagFrame *last = &bag_scan_get_slice (self->scan, bag_scan_get_n_slices (self->scan) - 1)->frame;
  double all = (double) (last->offset + last->length);

  return MIN (1, (double) (DEFLATED_INTERVAL + last->length) / all);
}

static gboolean
measure_going_back (BagCliDecodeBench *self, GArray *results, GError **error)
{
  guint n = bag_scan_get_n_slices (self->scan);
  g_autofree guint8 *dest = g_try_malloc (self->slice_bytes);
  gint64 back[BAG_CLI_BENCH_ROUNDS], all[BAG_CLI_BENCH_ROUNDS];
  BagCliBenchResult result = { .name = "going-back", .unit = "ms" };

  if (dest == NULL)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for one slice"));
      return FALSE;
    }
  for (guint round = 0; round <= BAG_CLI_BENCH_ROUNDS; round++)
    {
      guint place = round > 0 ? round - 1 : 0;
      gint64 end = 0;

      if (!load_all (self, 1, &all[place], error) || !read_slice (self, n - 1, dest, &end, error) || !read_slice (self, n / 2, dest, &back[place], error))
        return FALSE;
    }
  result.value = bag_cli_bench_get_median_ms (back);
  result.floor = bag_cli_bench_get_median_ms (all) * get_interval_share (self);
  g_array_append_val (results, result);

  return TRUE;
}

static gboolean
measure_file (const char *path, GArray *results, GError **error)
{
  g_auto (BagCliDecodeBench) self = { 0 };

  if (!prepare (&self, path, error) || !measure_decoders (&self, results, error))
    return FALSE;

  return bag_scan_get_description (self.scan)->codec != BAG_FRAME_CODEC_DEFLATED || measure_going_back (&self, results, error);
}

/**
 * bag_cli_bench_decode:
 * @path: (nullable): a compressed scan; a made-up bag in JPEG lossless when it is %NULL
 * @results: (element-type BagCliBenchResult): gets medians, in ms
 */
gboolean
bag_cli_bench_decode (const char *path, GArray *results, GError **error)
{
  if (path == NULL)
    return bag_cli_bench_made_up_bag (BAG_DICOS_SYNTAX_JPEG_LOSSLESS, measure_file, results, error);

  return measure_file (path, results, error);
}
