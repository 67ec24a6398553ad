/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-bench-folder.h"

#include "cli/bag-cli-bench-file.h"
#include "cli/bag-cli-common.h"
#include "description/bag-error.h"
#include "scan/bag-folder-listing.h"
#include "writer/bag-dicos-writer.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* How long the headers of a folder take, with one process that reads and with
 * two, in turns with stat() and pread() of as many bytes of the same files. */

#define N_FILES 600u
#define N_SIZES 2u /* one process, two */

typedef struct
{
  const char *path;
  GPtrArray *files;                                /* (owned) (element-type filename) */
  gsize n_bytes;                                   /* of a header */
  guint8 *buffer;                                  /* (owned) of so many bytes */
  gint64 times[N_SIZES + 1][BAG_CLI_BENCH_ROUNDS]; /* the last: the floor */
} BagCliFolderBench;

static void
bench_clear (BagCliFolderBench *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->buffer, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BagCliFolderBench, bench_clear)

static gboolean
read_file_plain (BagCliFolderBench *self, const char *path)
{
  struct stat info;
  int fd = -1;
  gssize n = -1;

  if (stat (path, &info) == 0 && (fd = g_open (path, O_RDONLY | O_CLOEXEC, 0)) >= 0)
    n = TEMP_FAILURE_RETRY (pread (fd, self->buffer, self->n_bytes, 0));
  if (fd >= 0)
    close (fd);

  return n > 0;
}

static gboolean
read_plain (BagCliFolderBench *self, GError **error)
{
  for (guint i = 0; i < self->files->len; i++)
    if (!read_file_plain (self, g_ptr_array_index (self->files, i)))
      {
        g_set_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS, _ ("a file of the folder cannot be read"));
        return FALSE;
      }

  return TRUE;
}

/* Also what learns how long headers are: the first round warms up. */
static gboolean
open_folder (BagCliFolderBench *self, BagDecoder *decoder, GError **error)
{
  g_autoptr (GPtrArray) scans = bag_cli_open (decoder, self->path, error);

  if (scans == NULL)
    return FALSE;
  if (self->buffer == NULL)
    {
      self->n_bytes = (gsize) CLAMP (bag_scan_get_slice (g_ptr_array_index (scans, 0), 0)->frame.offset, 1, 1u << 20);
      self->buffer = g_malloc0 (self->n_bytes);
    }

  return TRUE;
}

static gboolean
run_round (BagCliFolderBench *self, BagDecoder *const decoders[N_SIZES], guint round, GError **error)
{
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i <= N_SIZES; i++)
    {
      gint64 end;

      if (i < N_SIZES ? !open_folder (self, decoders[i], error) : !read_plain (self, error))
        return FALSE;
      end = g_get_monotonic_time ();
      self->times[i][round % BAG_CLI_BENCH_ROUNDS] = MAX (end - start, 1);
      start = end;
    }

  return TRUE;
}

static gboolean
measure_folder (const char *path, GArray *results, GError **error)
{
  static const char *const names[N_SIZES] = { "headers-one-process", "headers" };
  g_auto (BagCliFolderBench) self = { .path = path };
  g_autoptr (BagDecoder) one = bag_decoder_new (1);
  g_autoptr (BagDecoder) two = bag_decoder_new (2);
  BagDecoder *const decoders[N_SIZES] = { one, two };
  double floor_ms;

  self.files = bag_folder_listing_new (path, NULL, error);
  if (self.files == NULL)
    return FALSE;
  for (guint round = 0; round <= BAG_CLI_BENCH_ROUNDS; round++)
    if (!run_round (&self, decoders, round, error))
      return FALSE;

  floor_ms = bag_cli_bench_get_median_ms (self.times[N_SIZES]);
  for (guint i = 0; i < N_SIZES; i++)
    {
      BagCliBenchResult result = { .name = names[i], .unit = "ms", .value = bag_cli_bench_get_median_ms (self.times[i]), .floor = floor_ms };

      g_array_append_val (results, result);
    }

  return TRUE;
}

static gboolean
write_slice (const char *folder, guint number, GError **error)
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (48, 40, 3, number, error);
  g_autofree char *name = g_strdup_printf ("%04u.dcs", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return phantom != NULL && bag_dicos_writer_write (phantom, path, BAG_DICOS_SYNTAX_EXPLICIT, BAG_DICOS_FLAVOR_TOOLKIT, error);
}

static void
remove_slice (const char *folder, guint number)
{
  g_autofree char *name = g_strdup_printf ("%04u.dcs", number);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_unlink (path);
}

static gboolean
measure_made_up_folder (GArray *results, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("bagscope-XXXXXX", error);
  gboolean good = folder != NULL;

  for (guint i = 0; good && i < N_FILES; i++)
    good = write_slice (folder, i + 1, error);
  good = good && measure_folder (folder, results, error);
  for (guint i = 0; folder != NULL && i < N_FILES; i++)
    remove_slice (folder, i + 1);
  if (folder != NULL)
    g_rmdir (folder);

  return good;
}

/**
 * bag_cli_bench_folder:
 * @path: (nullable): a folder; 600 small made-up files when it is %NULL
 * @results: (element-type BagCliBenchResult): gets medians, in ms
 */
gboolean
bag_cli_bench_folder (const char *path, GArray *results, GError **error)
{
  return path != NULL ? measure_folder (path, results, error) : measure_made_up_folder (results, error);
}
