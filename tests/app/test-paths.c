/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "app/bag-paths.h"

static void
test_text (void)
{
  g_auto (GStrv) one = bag_paths_from_text ("/a/bag one.dcs");
  g_auto (GStrv) two = bag_paths_from_text ("file:///a/b%20c.dcs\r\nfile:///d\r\n");

  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpstr (one[0], ==, "/a/bag one.dcs");
  g_assert_cmpuint (g_strv_length (two), ==, 2);
  g_assert_cmpstr (two[0], ==, "/a/b c.dcs");
  g_assert_cmpstr (two[1], ==, "/d");
}

static void
test_other_text (void)
{
  const char *const texts[] = { "", "\n\n", "a sentence", "relative/path", "/a\nand a sentence", "http://host/a.dcs", "file:" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (GStrv) paths = bag_paths_from_text (texts[i]);

      g_test_message ("%s", texts[i]);
      g_assert_nonnull (paths);
      g_assert_null (paths[0]);
    }
}

static void
test_files (void)
{
  g_autoptr (GFile) local = g_file_new_for_path ("/a/b");
  g_autoptr (GFile) remote = g_file_new_for_uri ("sftp://host/c");
  g_autoptr (GSList) files = g_slist_append (g_slist_append (NULL, remote), local);
  g_auto (GStrv) paths = bag_paths_from_files (files);

  g_assert_cmpuint (g_strv_length (paths), ==, 1);
  g_assert_cmpstr (paths[0], ==, "/a/b");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paths/text", test_text);
  g_test_add_func ("/paths/other-text", test_other_text);
  g_test_add_func ("/paths/files", test_files);

  return g_test_run ();
}
