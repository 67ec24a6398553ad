/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "four-slices.h"

/* usage: write-four-slices FOLDER: a file for each syntax, called as it. */
int
main (int argc, char *argv[])
{
  g_autoptr (BagPhantom) phantom = bag_phantom_new (FOUR_COLUMNS, FOUR_ROWS, FOUR_SLICES, 1, NULL);

  for (guint i = 0; argc == 2 && i < N_FOUR_SYNTAXES; i++)
    {
      g_autofree char *path = g_strconcat (argv[1], G_DIR_SEPARATOR_S, four_slices_get_name (i), NULL);

      four_slices_write (phantom, path, i);
    }

  return argc == 2 ? 0 : 2;
}
