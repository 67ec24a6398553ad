/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-commands.h"
#include "cli/bag-cli-common.h"
#include "cli/bag-cli-sums.h"

#include "description/bag-error.h"

#include <glib/gi18n.h>

#include <stdio.h>

/* `hash`: a line a slice, so that two readers can be compared bit for bit. */

/* The hash is of little-endian words: on a little-endian machine, of @values as they are. */
static char *
hash_values (guint16 *values, gsize n_values)
{
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    for (gsize i = 0; i < n_values; i++)
      values[i] = GUINT16_TO_LE (values[i]);

  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) values, n_values * sizeof *values);
}

static void
print_slice (BagScan *scan, guint index, guint16 *values, gsize n_values)
{
  g_autofree char *frame = bag_scan_get_frame_name (scan, index);
  g_autofree char *hash = NULL;
  BagCliSums sums = { 0 };

  bag_cli_sums_measure (&sums, values, n_values, bag_scan_get_layout (scan)->is_signed);
  hash = hash_values (values, n_values);
  printf ("%u\t%s\t%d\t%d\t%.6f\t%s\n", index + 1, frame, sums.min, sums.max, (double) sums.sum / (double) n_values, hash);
}

static void
print_unreadable (BagScan *scan, guint index, const char *path, const GError *error)
{
  g_autofree char *frame = bag_scan_get_frame_name (scan, index);

  printf ("%u\t%s\t-\t-\t-\t%s\n", index + 1, frame, bag_error_name_of (error));
  bag_cli_print_slice_error (path, index + 1, error);
}

/* Samples that are mapped for display have no stored values that another reader would know. */
static gboolean
check_kind (BagScan *scan, const char *path)
{
  g_autoptr (GError) error = NULL;

  if (!bag_scan_is_wide (scan))
    return TRUE;

  error = g_error_new (BAG_ERROR, BAG_ERROR_UNSUPPORTED_IMAGE, _ ("The pixels are %s: they have no stored values of 16 bits to hash"), bag_pixel_layout_get_name (bag_scan_get_layout (scan)));
  bag_cli_print_error (path, error);

  return FALSE;
}

static int
hash_scan (BagDecoder *decoder, BagScan *scan, const char *path)
{
  gsize size = bag_scan_get_slice_bytes (scan);
  g_autofree guint16 *values = g_try_malloc (size);
  int exit_code = BAG_CLI_GOOD;

  if (!check_kind (scan, path))
    return BAG_CLI_FAILED;
  if (values == NULL)
    {
      g_autoptr (GError) error = g_error_new (BAG_ERROR, BAG_ERROR_NO_MEMORY, _ ("there is no memory for one slice"));

      bag_cli_print_error (path, error);
      return BAG_CLI_FAILED;
    }

  for (guint i = 0; i < bag_scan_get_n_slices (scan); i++)
    {
      g_autoptr (GError) error = NULL;

      if (bag_cli_read_slice (decoder, scan, i, values, size, &error))
        print_slice (scan, i, values, size / sizeof *values);
      else
        {
          print_unreadable (scan, i, path, error);
          exit_code = BAG_CLI_FAILED;
        }
    }

  return exit_code;
}

static int
hash_path (const char *path, int wanted)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (BagDecoder) decoder = bag_cli_decoder_new (paths);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) scans = bag_cli_open (decoder, path, &error);
  BagCliRange range = { 0 };
  int exit_code = BAG_CLI_GOOD;

  if (scans == NULL)
    {
      bag_cli_print_error (path, error);
      return BAG_CLI_FAILED;
    }
  if (!bag_cli_pick (scans, path, wanted, &range))
    return BAG_CLI_USAGE;

  for (guint i = range.first; i < range.last; i++)
    {
      BagScan *scan = g_ptr_array_index (scans, i);

      if (range.last - range.first > 1)
        printf ("# scan %u %s\n", i + 1, bag_scan_get_description (scan)->series);
      if (hash_scan (decoder, scan, path) != BAG_CLI_GOOD)
        exit_code = BAG_CLI_FAILED;
    }

  return exit_code;
}

/**
 * bag_cli_hash:
 *
 * Without header: slice, frame, min, max, mean and SHA-256 of the stored values.
 */
int
bag_cli_hash (int argc, char *argv[])
{
  g_auto (GStrv) paths = NULL;
  int wanted = BAG_CLI_ALL_SCANS;
  int exit_code = BAG_CLI_GOOD;
  const GOptionEntry entries[] = {
    { "scan", 0, 0, G_OPTION_ARG_INT, &wanted, N_ ("Only scan K, from 1"), "K" },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &paths, NULL, NULL },
    { NULL }
  };

  if (!bag_cli_parse (entries, _ ("PATH"), _ ("Prints range, mean and SHA-256 of the stored values of each slice."), &argc, &argv, &exit_code))
    return exit_code;
  if (paths == NULL || paths[1] != NULL)
    return bag_cli_usage_error (_ ("hash: give one path"));

  return hash_path (paths[0], wanted);
}
