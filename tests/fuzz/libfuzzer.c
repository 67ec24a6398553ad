/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <stdlib.h>

/* A target as a fuzzer. Its seeds are made by code: `TARGET --write-seeds=FOLDER` writes
 * them as the files that libFuzzer wants. */

#define WRITE_SEEDS "--write-seeds="

int LLVMFuzzerInitialize (int *argc, char ***argv);

static void
write_seeds (const char *folder)
{
  g_autoptr (GPtrArray) seeds = fuzz_make_seeds ();

  for (guint i = 0; i < seeds->len; i++)
    {
      const GByteArray *seed = g_ptr_array_index (seeds, i);
      g_autofree char *path = g_strdup_printf ("%s/seed-%u", folder, i);
      g_autoptr (GError) error = NULL;

      g_file_set_contents (path, (const char *) seed->data, seed->len, &error);
      g_assert_no_error (error);
    }
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  if (*argc == 2 && g_str_has_prefix ((*argv)[1], WRITE_SEEDS))
    {
      write_seeds ((*argv)[1] + sizeof WRITE_SEEDS - 1);
      exit (0);
    }

  return 0;
}
