/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"
#include "small-file.h"

#include <glib/gstdio.h>

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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-folder/files-change", SessionFixture, NULL, session_set_up, test_files_change, session_tear_down);

  return g_test_run ();
}
