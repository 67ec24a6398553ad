/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window-checks.h"

#include <glib/gstdio.h>

/* Runs of the whole program, as a script would start it. */

typedef struct
{
  int status;
  char *errors;
  gboolean is_done;
} Run;

static void
on_communicate_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  g_assert_true (g_subprocess_communicate_utf8_finish (G_SUBPROCESS (source), result, NULL, &run->errors, NULL));
  run->status = g_subprocess_get_exit_status (G_SUBPROCESS (source));
  run->is_done = TRUE;
}

static gboolean
is_done (gpointer data)
{
  return ((Run *) data)->is_done;
}

static Run
run_program (const char *arguments)
{
  g_autofree char *line = g_strdup_printf ("%s %s", g_getenv ("BAGSCOPE"), arguments);
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDERR_PIPE, NULL);
  Run run = { 0 };

  g_assert_nonnull (process);
  g_subprocess_communicate_utf8_async (process, NULL, NULL, on_communicate_ready, &run);
  bag_test_wait_until (is_done (&run));

  return run;
}

static char *
new_picture_path (void)
{
  g_autofree char *folder = g_dir_make_tmp ("bagscope-test-XXXXXX", NULL);

  return g_build_filename (folder, "picture.png", NULL);
}

static void
remove_picture (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_remove (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
test_screenshot (void)
{
  g_autofree char *path = new_picture_path ();
  g_autofree char *arguments = g_strdup_printf ("--demo --slice=300 --size=1000x700 --screenshot=%s", path);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  Run run = run_program (arguments);

  g_assert_cmpstr (run.errors, ==, "");
  g_assert_cmpint (run.status, ==, 0);
  texture = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 1000);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 700);
  remove_picture (path);
  g_free (run.errors);
}

static void
test_missing_file (void)
{
  g_autofree char *path = new_picture_path ();
  g_autofree char *arguments = g_strdup_printf ("--screenshot=%s /no-such-file.dcs", path);
  Run run = run_program (arguments);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_true (g_str_has_prefix (run.errors, "/no-such-file.dcs: "));
  g_assert_true (g_str_has_suffix (run.errors, " [no-access]\n"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  remove_picture (path);
  g_free (run.errors);
}

static void
test_slice_beyond (void)
{
  g_autofree char *path = new_picture_path ();
  g_autofree char *arguments = g_strdup_printf ("--demo --slice=100000 --screenshot=%s", path);
  Run run = run_program (arguments);

  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.errors, "100000"));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  remove_picture (path);
  g_free (run.errors);
}

static void
test_unwritable (void)
{
  Run run = run_program ("--demo --screenshot=/no-such-folder/picture.png");

  g_assert_cmpint (run.status, ==, 1);
  g_assert_nonnull (strstr (run.errors, "/no-such-folder/picture.png: "));
  g_assert_true (g_str_has_suffix (run.errors, " [no-access]\n"));
  g_free (run.errors);
}

static void
test_usage (void)
{
  Run run = run_program ("--slice=none");

  g_assert_cmpint (run.status, ==, 2);
  g_assert_cmpstr (run.errors, !=, "");
  g_free (run.errors);
}

static void
add_tests (void)
{
  g_test_add_func ("/program/screenshot", test_screenshot);
  g_test_add_func ("/program/missing-file", test_missing_file);
  g_test_add_func ("/program/slice-beyond", test_slice_beyond);
  g_test_add_func ("/program/unwritable", test_unwritable);
  g_test_add_func ("/program/usage", test_usage);
}

int
main (int argc, char *argv[])
{
  if (bag_test_init_display (&argc, &argv))
    add_tests ();

  return g_test_run ();
}
