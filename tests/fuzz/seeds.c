/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

/**
 * fuzz_seeds_new:
 *
 * Returns: (transfer full) (element-type GByteArray): no seeds yet
 */
GPtrArray *
fuzz_seeds_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);
}

/**
 * fuzz_seeds_add:
 * @seeds: some seeds
 * @data: another one
 * @size: its bytes
 */
void
fuzz_seeds_add (GPtrArray *seeds, gconstpointer data, gsize size)
{
  GByteArray *seed = g_byte_array_sized_new ((guint) size);

  g_byte_array_append (seed, data, (guint) size);
  g_ptr_array_add (seeds, seed);
}
