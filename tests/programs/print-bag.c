/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "scan/bag-phantom.h"

#include <stdio.h>
#include <stdlib.h>

/* Prints what a made-up bag holds, straight from the generator: a line "slice NUMBER
 * SHA-256" for each slice, a line "voxel X Y Z" for each voxel of the marked object. */

static void
print_slice (const BagPhantom *phantom, guint index, guint16 *values, gsize n_values)
{
  g_autofree char *hash = NULL;

  bag_phantom_draw_slice (phantom, index, values);
  for (gsize i = 0; i < n_values; i++)
    values[i] = GUINT16_TO_LE (values[i]);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) values, n_values * sizeof *values);
  printf ("slice %u %s\n", index + 1, hash);
}

static void
print_threat (const BagPhantom *phantom, guint columns, guint rows, guint index)
{
  for (guint row = 0; row < rows; row++)
    for (guint column = 0; column < columns; column++)
      if (bag_phantom_is_threat (phantom, column, row, index))
        printf ("voxel %u %u %u\n", column, row, index);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagPhantom) phantom = NULL;
  g_autofree guint16 *values = NULL;
  guint columns, rows, n_slices;

  if (argc != 5)
    return 2;
  phantom = bag_phantom_new ((guint) atoi (argv[1]), (guint) atoi (argv[2]), (guint) atoi (argv[3]), g_ascii_strtoull (argv[4], NULL, 10), &error);
  if (phantom == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }

  bag_phantom_get_size (phantom, &columns, &rows, &n_slices);
  values = g_new (guint16, (gsize) columns * rows);
  for (guint index = 0; index < n_slices; index++)
    {
      print_slice (phantom, index, values, (gsize) columns * rows);
      print_threat (phantom, columns, rows, index);
    }
  return 0;
}
