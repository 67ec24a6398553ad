/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "description/bag-file-ids.h"

/* What the directory of a disc may name, and what of it may be followed. */

static void
test_round (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (ids, (gpointer) "DICOM\\A\\IM1");
  g_ptr_array_add (ids, (gpointer) "");
  bytes = bag_file_ids_to_bytes (ids);
  again = bag_file_ids_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (again->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (again, 0), ==, "DICOM\\A\\IM1");
  g_assert_cmpstr (g_ptr_array_index (again, 1), ==, "");
}

static void
assert_refused (gconstpointer data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_file_ids_from_bytes (bytes, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
}

static void
test_hostile (void)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) turned = NULL;
  g_autoptr (GBytes) bytes = NULL;

  assert_refused ("A\\B", 3);
  assert_refused ("\xff\xfe\0\x03", 4);

  for (guint i = 0; i <= BAG_MAX_FILE_IDS; i++)
    g_ptr_array_add (ids, (gpointer) "A");
  bytes = bag_file_ids_to_bytes (ids);
  assert_refused (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_ptr_array_set_size (ids, 0);
  g_ptr_array_add (ids, (gpointer) "A\n\xe2\x80\xae"
                                   "B");
  g_clear_pointer (&bytes, g_bytes_unref);
  bytes = bag_file_ids_to_bytes (ids);
  turned = bag_file_ids_from_bytes (bytes, NULL);
  g_assert_cmpstr (g_ptr_array_index (turned, 0), ==, "A \xef\xbf\xbd"
                                                      "B");
}

static void
assert_split (const char *id, const char *joined)
{
  g_auto (GStrv) names = bag_file_id_split (id);
  g_autofree char *text = names != NULL ? g_strjoinv ("|", names) : NULL;

  g_assert_cmpstr (text, ==, joined);
}

static void
test_split (void)
{
  g_autofree char *long_name = g_strnfill (256, 'A');

  assert_split ("IM1", "IM1");
  assert_split ("DICOM\\A\\IM1", "DICOM|A|IM1");
  assert_split ("DICOM\\A \\IM1 ", "DICOM|A|IM1");
  assert_split ("1\\2\\3\\4\\5\\6\\7\\8", "1|2|3|4|5|6|7|8");
  assert_split ("...", "...");

  assert_split ("", NULL);
  assert_split ("\\IM1", NULL);
  assert_split ("A\\\\IM1", NULL);
  assert_split ("A\\", NULL);
  assert_split ("..\\IM1", NULL);
  assert_split ("A\\..\\IM1", NULL);
  assert_split ("A\\ .. \\IM1", NULL);
  assert_split (".\\IM1", NULL);
  assert_split ("/etc/passwd", NULL);
  assert_split ("A/../IM1", NULL);
  assert_split ("1\\2\\3\\4\\5\\6\\7\\8\\9", NULL);
  assert_split (long_name, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/file-ids/round", test_round);
  g_test_add_func ("/file-ids/hostile", test_hostile);
  g_test_add_func ("/file-ids/split", test_split);

  return g_test_run ();
}
