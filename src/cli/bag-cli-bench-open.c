/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-open.h"

#include "cli/bag-cli-bench-file.h"
#include "cli/bag-cli-common.h"
#include "description/bag-error.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <unistd.h>

/* How long it takes from a path to the description, to the first slice, and to
 * all slices; each beside plain reads of the very same bytes, in turns, so that
 * both meet the same caches and the same load. The first round warms up. */

typedef struct
{
  const char *path;
  BagDecoder *decoder;
  BagScan *scan;  /* owned */
  guint8 *buffer; /* owned; a slice, or what is read of the file for it */
  gsize buffer_size;
  double share; /* of the bytes of a deflated file in those it holds; else 1 */
} BagCliOpenBench;

static void
bench_clear (BagCliOpenBench *self)
{
  g_clear_object (&self->scan);
  g_clear_pointer (&self->buffer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagCliOpenBench, bench_clear)

static gboolean
open_scan (BagCliOpenBench *self, GError **error)
{
  g_autoptr (GPtrArray) scans = bag_cli_open (self->decoder, self->path, error);

  if (scans == NULL)
    return FALSE;
  g_set_object (&self->scan, g_ptr_array_index (scans, 0));

  return TRUE;
}

static gboolean
read_slice (BagCliOpenBench *self, guint index, GError **error)
{
  return bag_cli_read_slice (self->decoder, self->scan, index, self->buffer, bag_scan_get_slice_bytes (self->scan), error);
}

static gboolean
open_and_read_first (BagCliOpenBench *self, GError **error)
{
  return open_scan (self, error) && read_slice (self, 0, error);
}

static gboolean
read_all (BagCliOpenBench *self, GError **error)
{
  for (guint i = 0; i < bag_scan_get_n_slices (self->scan); i++)
    if (!read_slice (self, i, error))
      return FALSE;

  return TRUE;
}

static guint64
get_header_bytes (BagCliOpenBench *self)
{
  guint64 offset = G_MAXUINT64;

  for (guint i = 0; i < bag_scan_get_n_slices (self->scan); i++)
    offset = MIN (offset, bag_scan_get_slice (self->scan, i)->frame.offset);

  return offset;
}

static gboolean
read_plain (BagCliOpenBench *self, int fd, guint64 offset, guint64 length, GError **error)
{
  offset = (guint64) ((double) offset * self->share);
  length = (guint64) ((double) length * self->share);
  while (length > 0)
    {
      gssize n = TEMP_FAILURE_RETRY (pread (fd, self->buffer, MIN (length, self->buffer_size), (off_t) offset));

      if (n <= 0)
        {
          g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("the file cannot be read"));
          return FALSE;
        }
      offset += (guint64) n;
      length -= (guint64) n;
    }

  return TRUE;
}

static gboolean
read_frame_plain (BagCliOpenBench *self, int fd, guint index, GError **error)
{
  const BagFrame *frame = &bag_scan_get_slice (self->scan, index)->frame;

  return read_plain (self, fd, frame->offset, frame->length, error);
}

/* The same bytes as open_scan(), open_and_read_first() and read_all() need. */
static gboolean
floor_of_open (BagCliOpenBench *self, int fd, GError **error)
{
  return read_plain (self, fd, 0, get_header_bytes (self), error);
}

static gboolean
floor_of_first (BagCliOpenBench *self, int fd, GError **error)
{
  return floor_of_open (self, fd, error) && read_frame_plain (self, fd, 0, error);
}

static gboolean
floor_of_all (BagCliOpenBench *self, int fd, GError **error)
{
  for (guint i = 0; i < bag_scan_get_n_slices (self->scan); i++)
    if (!read_frame_plain (self, fd, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
run_floor (BagCliOpenBench *self, gboolean (*run) (BagCliOpenBench *, int, GError **), GError **error)
{
  int fd = g_open (self->path, O_RDONLY | O_CLOEXEC, 0);
  gboolean good = FALSE;

  if (fd < 0)
    {
      g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("the file cannot be opened"));
      return FALSE;
    }
  good = run (self, fd, error);
  close (fd);

  return good;
}

static gboolean
measure (BagCliOpenBench *self,
         const char *name,
         gboolean (*run) (BagCliOpenBench *, GError **),
         gboolean (*run_plain) (BagCliOpenBench *, int, GError **),
         GArray *results,
         GError **error)
{
  gint64 times[BAG_CLI_BENCH_ROUNDS] = { 0 }, floors[BAG_CLI_BENCH_ROUNDS] = { 0 };
  BagCliBenchResult result = { .name = name, .unit = "ms" };

  for (guint round = 0; round <= BAG_CLI_BENCH_ROUNDS; round++)
    {
      gint64 start = g_get_monotonic_time ();
      gint64 middle = 0;

      if (!run (self, error))
        return FALSE;
      middle = g_get_monotonic_time ();
      if (!run_floor (self, run_plain, error))
        return FALSE;
      if (round > 0)
        {
          times[round - 1] = middle - start;
          floors[round - 1] = g_get_monotonic_time () - middle;
        }
    }

  result.value = bag_cli_bench_get_median_ms (times);
  result.floor = bag_cli_bench_get_median_ms (floors);
  g_array_append_val (results, result);

  return TRUE;
}

/* Of a deflated file as many bytes are read plainly as are inflated, on the average. */
static double
get_share (BagCliOpenBench *self)
{
  const BagFrame *last = &bag_scan_get_slice (self->scan, bag_scan_get_n_slices (self->scan) - 1)->frame;
  GStatBuf info;

  if (bag_scan_get_description (self->scan)->codec != BAG_FRAME_CODEC_DEFLATED || g_stat (self->path, &info) != 0)
    return 1;

  return (double) info.st_size / (double) MAX (last->offset + last->length, (guint64) info.st_size);
}

/* Opens the scan once, to learn how much memory the rest needs. */
static gboolean
prepare (BagCliOpenBench *self, GError **error)
{
  if (!open_scan (self, error))
    return FALSE;

  self->share = get_share (self);
  self->buffer_size = MAX (bag_scan_get_slice_bytes (self->scan), 1u << 20);
  self->buffer = g_try_malloc0 (self->buffer_size);
  if (self->buffer == NULL)
    g_set_error (error, BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for one slice"));

  return self->buffer != NULL;
}

static gboolean
measure_file (const char *path, GArray *results, GError **error)
{
  g_autoptr (BagDecoder) decoder = bag_decoder_new (1);
  g_auto (BagCliOpenBench) self = { .path = path, .decoder = decoder };

  return prepare (&self, error) && measure (&self, "description", open_scan, floor_of_open, results, error) && measure (&self, "first-slice", open_and_read_first, floor_of_first, results, error) && measure (&self, "all-slices", read_all, floor_of_all, results, error);
}

/**
 * bag_cli_bench_open:
 * @path: (nullable): a file; a made-up bag when it is %NULL
 * @results: (element-type BagCliBenchResult): gets medians, in ms
 */
gboolean
bag_cli_bench_open (const char *path, GArray *results, GError **error)
{
  if (path == NULL)
    return bag_cli_bench_made_up_bag (BAG_DICOS_SYNTAX_EXPLICIT, measure_file, results, error);

  return measure_file (path, results, error);
}
