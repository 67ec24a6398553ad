/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include <string.h>

/* Runs a target on its seeds, on its corpus, and on mutations of the seeds, the same ones each time. */

#define N_MUTATIONS "2000" /* a test's worth; BAGSCOPE_FUZZ_MUTATIONS asks for more */

static guint64
get_n_mutations (void)
{
  const char *wanted = g_getenv ("BAGSCOPE_FUZZ_MUTATIONS");

  return g_ascii_strtoull (wanted != NULL ? wanted : N_MUTATIONS, NULL, 10);
}

static void
run (const guint8 *data, gsize size)
{
  /* An exact copy, so that a sanitizer sees the first byte beyond. */
  g_autofree guint8 *copy = g_memdup2 (data, MAX (size, 1));

  LLVMFuzzerTestOneInput (copy, size);
}

static void
mutate (GRand *random, GByteArray *bytes)
{
  guint n = (guint) g_rand_int_range (random, 1, 6);

  for (guint i = 0; i < n && bytes->len > 0; i++)
    {
      guint at = (guint) g_rand_int_range (random, 0, (gint32) bytes->len);

      switch (g_rand_int_range (random, 0, 5))
        {
        case 0:
          bytes->data[at] = (guint8) g_rand_int (random);
          break;
        case 1:
          bytes->data[at] ^= (guint8) (1u << g_rand_int_range (random, 0, 8));
          break;
        case 2:
          bytes->data[at] = 0xff;
          break;
        case 3:
          g_byte_array_remove_index (bytes, at);
          break;
        default:
          if (g_rand_int_range (random, 0, 8) == 0)
            g_byte_array_set_size (bytes, at);
          else
            bytes->data[at] = 0;
          break;
        }
    }
}

/* What lies in the corpus of this target. */
static GPtrArray *
read_corpus (void)
{
  g_autofree char *program = g_path_get_basename (g_get_prgname ());
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", program + strlen ("fuzz-"), NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *corpus = fuzz_seeds_new ();
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *data = NULL;
      g_autoptr (GError) error = NULL;
      gsize size = 0;

      g_file_get_contents (path, &data, &size, &error);
      g_assert_no_error (error);
      fuzz_seeds_add (corpus, data, size);
    }

  return corpus;
}

static void
run_all (const GPtrArray *inputs)
{
  g_assert_cmpuint (inputs->len, >, 0);
  for (guint i = 0; i < inputs->len; i++)
    {
      const GByteArray *input = g_ptr_array_index (inputs, i);

      run (input->data, input->len);
    }
}

static void
test_corpus (void)
{
  g_autoptr (GPtrArray) corpus = read_corpus ();

  run_all (corpus);
}

static void
test_seeds (void)
{
  g_autoptr (GPtrArray) seeds = fuzz_make_seeds ();

  run_all (seeds);
  run ((const guint8 *) "", 0);
}

static void
test_mutations (void)
{
  g_autoptr (GPtrArray) seeds = fuzz_make_seeds ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20);

  for (guint64 i = 0, n = get_n_mutations (); i < n; i++)
    {
      GByteArray *seed = g_ptr_array_index (seeds, i % seeds->len);
      g_autoptr (GByteArray) bytes = g_byte_array_sized_new (seed->len);

      g_byte_array_append (bytes, seed->data, seed->len);
      mutate (random, bytes);
      run (bytes->data, bytes->len);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fuzz/seeds", test_seeds);
  g_test_add_func ("/fuzz/corpus", test_corpus);
  g_test_add_func ("/fuzz/mutations", test_mutations);

  return g_test_run ();
}
