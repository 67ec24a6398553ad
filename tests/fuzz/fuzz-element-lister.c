/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-element-lister.h"

/* All elements of a file. What the reader says must always pass the check on the other side. */

static void
list (const unsigned char *data, size_t size, gboolean reveal)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  g_autoptr (BagElementList) elements = bag_element_lister_read (reader, reveal, NULL);
  g_autoptr (BagElementList) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (elements == NULL)
    return;

  bytes = bag_element_list_to_bytes (elements);
  again = bag_element_list_from_bytes (bytes, reveal, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->rows->len, ==, elements->rows->len);
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  list (data, size, FALSE);
  list (data, size, TRUE);

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  static const char *const syntaxes[] = { TEST_EXPLICIT, TEST_IMPLICIT, TEST_BIG_ENDIAN, TEST_DEFLATED, TEST_RLE };
  static const TestShape shapes[] = { 0, TEST_DEFINED, TEST_UNKNOWN, TEST_SPLIT | TEST_ICON };
  static const TestChange changes[] = { { 0x00100010u, "PN", "DOE^JANE" }, { 0x00111001u, "LO", "private" } };
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    for (guint k = 0; k < G_N_ELEMENTS (shapes); k++)
      g_ptr_array_add (seeds, test_file_new (syntaxes[i], shapes[k], changes, G_N_ELEMENTS (changes)));

  return seeds;
}
