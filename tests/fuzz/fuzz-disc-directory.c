/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"

#include "description/bag-file-ids.h"
#include "dicos/bag-disc-directory.h"

#include <string.h>

/* The directory of a disc. What the reader says must always pass the check on the other side,
 * and whatever may be followed leads down. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (data, size);
  g_autoptr (GPtrArray) ids = bag_disc_directory_read (reader, NULL);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (ids == NULL)
    return 0;

  bytes = bag_file_ids_to_bytes (ids);
  again = bag_file_ids_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, ids->len);
  for (guint i = 0; i < again->len; i++)
    {
      g_auto (GStrv) names = bag_file_id_split (g_ptr_array_index (again, i));

      for (guint k = 0; names != NULL && names[k] != NULL; k++)
        g_assert_false (g_str_equal (names[k], "..") || strchr (names[k], '/') != NULL);
    }

  return 0;
}

static void
put (GByteArray *bytes, guint group, guint element, const char *vr, const char *value)
{
  gsize length = strlen (value);
  const guint8 head[] = { (guint8) group, (guint8) (group >> 8), (guint8) element, (guint8) (element >> 8), (guint8) vr[0], (guint8) vr[1], (guint8) (length + length % 2), 0 };

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) value, (guint) length);
  if (length % 2 != 0)
    g_byte_array_append (bytes, (const guint8 *) "", 1);
}

static void
put_records (GByteArray *bytes, guint n)
{
  static const guint8 sequence[] = { 0x04, 0, 0x20, 0x12, 'S', 'Q', 0, 0, 0xff, 0xff, 0xff, 0xff };
  static const guint8 item[] = { 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff };
  static const guint8 item_end[] = { 0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0 };
  static const guint8 sequence_end[] = { 0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0 };

  g_byte_array_append (bytes, sequence, sizeof sequence);
  for (guint i = 0; i < n; i++)
    {
      g_byte_array_append (bytes, item, sizeof item);
      put (bytes, 0x0004, 0x1430, "CS", i % 3 == 2 ? "SERIES" : "IMAGE");
      put (bytes, 0x0004, 0x1500, "CS", i % 2 == 0 ? "DICOM\\A\\IM1" : "..\\A");
      g_byte_array_append (bytes, item_end, sizeof item_end);
    }
  g_byte_array_append (bytes, sequence_end, sizeof sequence_end);
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint n = 0; n < 4; n++)
    {
      GByteArray *bytes = g_byte_array_new ();
      guint8 preamble[128] = { 0 };

      g_byte_array_append (bytes, preamble, sizeof preamble);
      g_byte_array_append (bytes, (const guint8 *) "DICM", 4);
      put (bytes, 0x0002, 0x0002, "UI", "1.2.840.10008.1.3.10");
      put (bytes, 0x0002, 0x0010, "UI", "1.2.840.10008.1.2.1");
      put_records (bytes, n);
      g_ptr_array_add (seeds, bytes);
    }

  return seeds;
}
