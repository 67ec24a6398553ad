/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-common.h"

#include "scan/bag-source.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* Scans as the subcommands use them: one after the other, with the caller
 * waiting. Whatever needs a decoder runs on the decoder's own thread. */

typedef struct
{
  BagDecoder *decoder;
  const char *path;
  GPtrArray *scans;
  GError **error;
} BagCliOpenCall;

typedef struct
{
  BagScan *scan;
  guint index;
  gpointer dest;
  gsize dest_size;
  double *center, *width;
  BagSampleSums *sums;
  gboolean good;
  GError **error;
} BagCliScanCall;

static void
open_with_child (BagDecoderChild *child, gpointer user_data)
{
  BagCliOpenCall *call = user_data;
  const BagSourceContext context = { .child = child, .decoder = call->decoder };
  const char *const paths[] = { call->path, NULL };

  call->scans = bag_source_open_with (&context, paths, call->error);
}

/**
 * bag_cli_decoder_new:
 * @paths: (array zero-terminated=1): what is going to be opened
 *
 * Returns: (transfer full): a decoder, with a second process where there may be
 *   many files to read
 */
BagDecoder *
bag_cli_decoder_new (const char *const *paths)
{
  const BagLimits limits = bag_cli_get_limits ();
  BagDecoder *decoder = NULL;
  guint n_children = 1;

  for (guint i = 0; paths[i] != NULL; i++)
    if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
      n_children = 2;

  decoder = bag_decoder_new (n_children);
  bag_decoder_set_limits (decoder, &limits);

  return decoder;
}

/**
 * bag_cli_open:
 * @decoder: the decoder that reads the headers
 * @path: a file or a folder
 *
 * Returns: (transfer full) (element-type BagScan): the scans in their order,
 *   or %NULL with an error
 */
GPtrArray *
bag_cli_open (BagDecoder *decoder, const char *path, GError **error)
{
  BagCliOpenCall call = { .decoder = decoder, .path = path, .error = error };

  bag_decoder_call (decoder, open_with_child, &call);

  return call.scans;
}

/**
 * bag_cli_print_scans:
 *
 * Lists on stderr what `--scan` can pick.
 */
void
bag_cli_print_scans (GPtrArray *scans, const char *path)
{
  for (guint i = 0; i < scans->len; i++)
    {
      BagScan *scan = g_ptr_array_index (scans, i);
      const BagPixelLayout *layout = bag_scan_get_layout (scan);

      fprintf (stderr, "%s: --scan %u: %s, %ux%ux%u\n", path, i + 1, bag_scan_get_description (scan)->series, layout->columns, layout->rows, bag_scan_get_n_slices (scan));
    }
}

/**
 * bag_cli_pick:
 * @wanted: number given by `--scan`, from 1, or %BAG_CLI_ALL_SCANS
 * @range: (out): which scans are meant
 *
 * Returns: %FALSE when there is no such scan, after the list was printed
 */
gboolean
bag_cli_pick (GPtrArray *scans, const char *path, int wanted, BagCliRange *range)
{
  if (wanted == BAG_CLI_ALL_SCANS)
    {
      *range = (BagCliRange){ 0, scans->len };
      return TRUE;
    }
  if (wanted < 1 || (guint) wanted > scans->len)
    {
      fprintf (stderr, _ ("%s: there is no scan %d\n"), path, wanted);
      bag_cli_print_scans (scans, path);
      return FALSE;
    }

  *range = (BagCliRange){ (guint) wanted - 1, (guint) wanted };

  return TRUE;
}

static void
read_with_child (BagDecoderChild *child, gpointer user_data)
{
  BagCliScanCall *call = user_data;

  call->good = bag_scan_read_slice (call->scan, call->index, child, call->dest, call->dest_size, NULL, call->error);
}

/**
 * bag_cli_read_slice:
 * @dest: where the stored values go, in host order
 *
 * Reads one slice: a raw frame here, a compressed one on the decoder's thread.
 *
 * Returns: whether @dest holds the slice
 */
gboolean
bag_cli_read_slice (BagDecoder *decoder,
                    BagScan *scan,
                    guint index,
                    gpointer dest,
                    gsize dest_size,
                    GError **error)
{
  BagCliScanCall call = { .scan = scan, .index = index, .dest = dest, .dest_size = dest_size, .error = error };

  if (bag_scan_needs_decoder (scan, index))
    bag_decoder_call (decoder, read_with_child, &call);
  else
    read_with_child (NULL, &call);

  return call.good;
}

static void
sum_with_child (BagDecoderChild *child, gpointer user_data)
{
  BagCliScanCall *call = user_data;

  call->good = bag_scan_sum_slice (call->scan, call->index, child, call->dest, call->dest_size, call->sums, NULL, call->error);
}

/**
 * bag_cli_sum_slice:
 * @dest: where what a slot would hold goes
 * @sums: (out): of its samples
 *
 * As bag_cli_read_slice(), of a scan with wide samples.
 *
 * Returns: whether @dest holds the slice
 */
gboolean
bag_cli_sum_slice (BagDecoder *decoder, BagScan *scan, guint index, gpointer dest, gsize dest_size, BagSampleSums *sums, GError **error)
{
  BagCliScanCall call = { .scan = scan, .index = index, .dest = dest, .dest_size = dest_size, .sums = sums, .error = error };

  if (bag_scan_needs_decoder (scan, index))
    bag_decoder_call (decoder, sum_with_child, &call);
  else
    sum_with_child (NULL, &call);

  return call.good;
}

static void
measure_with_child (BagDecoderChild *child, gpointer user_data)
{
  BagCliScanCall *call = user_data;

  call->good = bag_scan_measure_window (call->scan, child, NULL, call->center, call->width, call->error);
}

/**
 * bag_cli_measure_window:
 * @center: (out): in values
 * @width: (out): in values
 *
 * Returns: whether the data gave a window
 */
gboolean
bag_cli_measure_window (BagDecoder *decoder, BagScan *scan, double *center, double *width, GError **error)
{
  BagCliScanCall call = { .scan = scan, .center = center, .width = width, .error = error };

  bag_decoder_call (decoder, measure_with_child, &call);

  return call.good;
}
