/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "description/bag-data-element.h"
#include "dicos/bag-element-lister.h"

#include <string.h>

/* What a decoder that was taken over may send in place of a list of elements. */

static void
check_row (const BagElementRow *row)
{
  g_assert_true (g_utf8_validate (row->text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (row->text, -1), <=, BAG_MAX_ELEMENT_TEXT);
  g_assert_cmpuint (row->depth, <=, 2 * BAG_MAX_DEPTH);
  if (bag_data_element_find (row->tag) == NULL || strcmp (row->vr, "PN") == 0)
    g_assert_cmpstr (row->text, ==, "");
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (BagElementList) list = bag_element_list_from_bytes (bytes, FALSE, NULL);

  for (guint i = 0; list != NULL && i < list->rows->len; i++)
    check_row (bag_element_list_get (list, i));

  return 0;
}

static GByteArray *
make_seed (TestShape shape)
{
  static const TestChange changes[] = { { 0x00100010u, "PN", "DOE^JANE" }, { 0x00111001u, "LO", "private" } };
  g_autoptr (GByteArray) file = test_file_new (TEST_EXPLICIT, shape, changes, G_N_ELEMENTS (changes));
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (file->data, file->len);
  g_autoptr (BagElementList) list = bag_element_lister_read (reader, FALSE, NULL);

  return g_bytes_unref_to_array (bag_element_list_to_bytes (list));
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  g_ptr_array_add (seeds, make_seed (0));
  g_ptr_array_add (seeds, make_seed (TEST_DEFINED));
  g_ptr_array_add (seeds, make_seed (TEST_UNKNOWN));

  return seeds;
}
