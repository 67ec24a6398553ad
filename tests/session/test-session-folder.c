/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"
#include "small-file.h"

#include "session/bag-session-status.h"

#include <glib/gstdio.h>

#include <math.h>
#include <string.h>
#include <unistd.h>

/* A bag of one file a slice, some of which change while it is on screen. */

#define N_FILES 30u

static const SmallFile template = { .series = "2.25.7", .value = 100, .bits_allocated = 16 };

static char *
write_slice (const char *folder, guint index, guint16 value)
{
  g_autofree char *name = g_strdup_printf ("slice-%02u.dcs", index);
  SmallFile file = template;

  file.z = index;
  file.instance = index;
  file.value = value;

  return small_file_write (folder, name, &file);
}

static void
assert_fails (SessionFixture *fixture, guint index, const char *error_name)
{
  bag_session_set_slice_index (fixture->session, index);
  bag_test_wait_until (bag_session_get_slice_error (fixture->session) != NULL);
  g_assert_cmpstr (bag_session_get_error_name (fixture->session), ==, error_name);
  g_assert_false (bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_drawn_index (fixture->session), !=, index);
}

static void
test_files_change (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);
  const char *const paths[] = { folder, NULL };
  char *files[N_FILES];

  for (guint i = 0; i < N_FILES; i++)
    files[i] = write_slice (folder, i, (guint16) (100 + i));
  bag_session_set_pool_budget (fixture->session, 8 * 64);
  bag_session_open (fixture->session, paths);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  g_assert_cmpuint (bag_session_get_n_slices (fixture->session), ==, N_FILES);

  g_assert_cmpint (truncate (files[20], 300), ==, 0);
  g_assert_cmpint (g_remove (files[22]), ==, 0);
  g_assert_cmpint (g_rename (files[25], files[24]), ==, 0);
  for (guint i = 0; i < N_FILES; i++)
    if (i == 20 || i == 24)
      assert_fails (fixture, i, "file-changed");
    else if (i == 22 || i == 25)
      assert_fails (fixture, i, "no-access");
    else
      session_go_to (fixture, i);
  for (guint i = 20; i-- > 0;)
    session_go_to (fixture, i);

  for (guint i = 0; i < N_FILES; i++)
    g_free (files[i]);
  small_file_remove_all (folder);
}

static char *
make_folder (const double *places, guint n)
{
  char *folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);
      SmallFile file = template;

      file.z = places[i];
      g_free (small_file_write (folder, name, &file));
    }

  return folder;
}

static void
open_folder (SessionFixture *fixture, const char *folder)
{
  const char *const paths[] = { folder, NULL };

  bag_session_open (fixture->session, paths);
}

static void
assert_marks (SessionFixture *fixture, guint index, const char *wanted)
{
  g_autofree char *text = bag_format_marks (bag_session_get_scan (fixture->session), index);

  g_assert_cmpstr (text, ==, wanted);
}

/* What the picture says of a slice beside a gap, and of one that stands where another does. */
static void
test_marks (SessionFixture *fixture, gconstpointer data)
{
  const double places[] = { 0, 2, 4, 12, 14, 14 };
  const double one_place[] = { 3, 3 };
  g_autofree char *folder = make_folder (places, G_N_ELEMENTS (places));
  g_autofree char *other = make_folder (one_place, G_N_ELEMENTS (one_place));

  open_folder (fixture, folder);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  assert_marks (fixture, 1, NULL);
  assert_marks (fixture, 2, "Gap after this slice: 8 mm to slice 4, else 2 mm");
  assert_marks (fixture, 3, "Gap before this slice: 8 mm from slice 3, else 2 mm");
  assert_marks (fixture, 4, NULL);
  assert_marks (fixture, 5, "In the same place as slice 5");
  g_assert_true (bag_scan_can_measure (bag_session_get_scan (fixture->session), NULL));
  g_assert_true (bag_scan_can_reslice (bag_session_get_scan (fixture->session), NULL));

  open_folder (fixture, other);
  bag_test_wait_until (!bag_session_get_loading (fixture->session));
  assert_marks (fixture, 1, "Places unknown: in the order of the file");
  g_assert_false (bag_scan_can_reslice (bag_session_get_scan (fixture->session), NULL));
  small_file_remove_all (folder);
  small_file_remove_all (other);
}

/* The bag on screen stays, nothing is said, and nothing comes later. */
static void
test_give_up (SessionFixture *fixture, gconstpointer data)
{
  const double places[] = { 0, 2, 4 };
  g_autofree char *folder = make_folder (places, G_N_ELEMENTS (places));
  g_autofree char *other = make_folder (places, G_N_ELEMENTS (places));
  BagScan *scan = NULL;

  open_folder (fixture, folder);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  scan = bag_session_get_scan (fixture->session);

  open_folder (fixture, other);
  g_assert_true (bag_session_get_loading (fixture->session));
  bag_session_cancel_opening (fixture->session);
  g_assert_false (bag_session_get_loading (fixture->session));
  g_assert_cmpstr (bag_session_get_opening_text (fixture->session), ==, "");
  session_go_to (fixture, 0);
  bag_test_drain ();
  g_assert_true (bag_session_get_scan (fixture->session) == scan);
  g_assert_cmpstr (bag_session_get_message (fixture->session), ==, NULL);
  g_assert_cmpuint (bag_session_get_bag_number (fixture->session), ==, 1);
  small_file_remove_all (folder);
  small_file_remove_all (other);
}

static void
assert_window (BagSession *session, double center, double width, BagVoiFunction function)
{
  const BagWindowLevel wanted = { center, width, function };
  BagWindowLevel window;
  guint shown = BAG_N_VOI_FUNCTIONS;

  bag_session_get_window (session, &window);
  g_assert_cmpfloat (window.center, ==, center);
  g_assert_cmpfloat (window.width, ==, width);
  g_assert_true (bag_window_level_equal (&window, &wanted));
  g_object_get (session, "window-function", &shown, NULL);
  g_assert_cmpuint (shown, ==, function);
}

static void
open_file (SessionFixture *fixture, const char *folder, const char *function)
{
  SmallFile file = template;
  g_autofree char *path = NULL;
  const char *paths[] = { NULL, NULL };

  file.function = function;
  path = small_file_write (folder, "one.dcs", &file);
  paths[0] = path;
  bag_session_open (fixture->session, paths);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
}

static void
count_notify (BagSession *session, GParamSpec *pspec, guint *n)
{
  (*n)++;
}

/* The function comes with the window of the file, stays while its numbers change, and
 * goes with a window that is not of the file. */
static void
test_window_function (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);
  BagSession *session = fixture->session;
  BagWindowLevel linear = { 150, 0.5, BAG_VOI_FUNCTION_LINEAR };
  guint n = 0;

  g_signal_connect (session, "notify::window-function", G_CALLBACK (count_notify), &n);
  open_file (fixture, folder, "SIGMOID");
  assert_window (session, 150, 0.5, BAG_VOI_FUNCTION_SIGMOID);
  g_assert_cmpuint (n, ==, 1);
  bag_session_set_window (session, 90, 7);
  assert_window (session, 90, 7, BAG_VOI_FUNCTION_SIGMOID);
  g_object_set (session, "window-width", 0.25, NULL);
  assert_window (session, 90, 0.25, BAG_VOI_FUNCTION_SIGMOID);
  bag_session_use_window (session, &linear);
  assert_window (session, 150, 1, BAG_VOI_FUNCTION_LINEAR);
  bag_session_reset_window (session);
  assert_window (session, 150, 0.5, BAG_VOI_FUNCTION_SIGMOID);
  bag_session_auto_window (session);
  assert_window (session, 100.5, 1, BAG_VOI_FUNCTION_LINEAR);
  g_assert_cmpuint (n, ==, 4);

  open_file (fixture, folder, "LINEAR_EXACT");
  assert_window (session, 150, 0.5, BAG_VOI_FUNCTION_LINEAR_EXACT);
  open_file (fixture, folder, NULL);
  assert_window (session, 100.5, 1, BAG_VOI_FUNCTION_LINEAR);
  open_file (fixture, folder, "LOGISTIC");
  assert_window (session, 150, 1, BAG_VOI_FUNCTION_LINEAR);
  g_assert_nonnull (strstr (bag_session_get_notice (session), "LOGISTIC"));
  small_file_remove_all (folder);
}

static void
assert_probe (SessionFixture *fixture, guint column, guint row, const char *at_once, const char *text)
{
  bag_session_set_pointer (fixture->session, TRUE, column, row);
  if (at_once != NULL)
    g_assert_nonnull (strstr (bag_session_get_probe (fixture->session), at_once));
  bag_test_wait_until (g_str_has_suffix (bag_session_get_probe (fixture->session), text));
}

/* A slot tells 65,534 samples apart: the value under the pointer is the file's all the same. */
static void
test_wide_probe (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);
  const char *const paths[] = { folder, NULL };
  float numbers[SMALL_N];
  SmallFile file = { .series = "2.25.7", .bits_allocated = 32, .numbers = numbers };
  g_autofree char *path = NULL;

  for (guint i = 0; i < SMALL_N; i++)
    numbers[i] = 1000.0f * (float) i + 0.125f;
  numbers[2] = NAN;
  numbers[3] = INFINITY;
  path = small_file_write (folder, "one.dcs", &file);
  bag_session_open (fixture->session, paths);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
  g_assert_nonnull (strstr (bag_session_get_notice (fixture->session), "All values are shown, from 0.125 to 23000.1"));

  assert_probe (fixture, 5, 1, "· ≈ 11000 ", "· 11000.12 raw");
  assert_probe (fixture, 2, 0, "not a number", "· not a number");
  assert_probe (fixture, 3, 0, "not a number", "· infinite");
  bag_session_set_pointer (fixture->session, TRUE, 0, 3);
  assert_probe (fixture, 1, 3, "≈", "· 19000.12 raw");
  bag_session_set_pointer (fixture->session, FALSE, 0, 0);
  g_assert_cmpstr (bag_session_get_probe (fixture->session), ==, "");

  g_assert_cmpint (truncate (path, 300), ==, 0);
  assert_probe (fixture, 4, 1, "≈", "≈ 10000 raw");
  small_file_remove_all (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-folder/files-change", SessionFixture, NULL, session_set_up, test_files_change, session_tear_down);
  g_test_add ("/session-folder/marks", SessionFixture, NULL, session_set_up, test_marks, session_tear_down);
  g_test_add ("/session-folder/give-up", SessionFixture, NULL, session_set_up, test_give_up, session_tear_down);
  g_test_add ("/session-folder/window-function", SessionFixture, NULL, session_set_up, test_window_function, session_tear_down);
  g_test_add ("/session-folder/wide-probe", SessionFixture, NULL, session_set_up, test_wide_probe, session_tear_down);

  return g_test_run ();
}
