/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "session-fixture.h"
#include "small-file.h"

/* The data elements of files on disk, asked of the real decoder. */

#define N_FILES 5u
#define PERSON "Doe^Jane"

static char *
write_folder (void)
{
  char *folder = g_dir_make_tmp ("bag-elements-XXXXXX", NULL);

  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.dcs", i);
      const SmallFile file = { .series = "2.25.7", .value = 100, .bits_allocated = 16, .z = i, .instance = i, .person = PERSON };
      g_autofree char *path = small_file_write (folder, name, &file);
    }

  return folder;
}

static void
open_path (SessionFixture *fixture, const char *path)
{
  const char *const paths[] = { path, NULL };

  bag_session_open (fixture->session, paths);
  bag_test_wait_until (!bag_session_get_loading (fixture->session) && bag_session_is_exact (fixture->session));
}

/* The text of the first element with that tag, or NULL without a list. */
static const char *
find (SessionFixture *fixture, guint32 tag)
{
  BagElementList *list = bag_session_get_element_list (fixture->session);

  for (guint i = 0; list != NULL && i < list->rows->len; i++)
    if (bag_element_list_get (list, i)->tag == tag)
      return bag_element_list_get (list, i)->text;

  return NULL;
}

static void
count (guint *n)
{
  ++*n;
}

static void
test_shown (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = write_folder ();
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->session, "notify::elements", G_CALLBACK (count), &n_notified);
  open_path (fixture, folder);
  bag_test_drain ();
  g_assert_null (bag_session_get_element_list (fixture->session));
  g_assert_cmpuint (n_notified, ==, 0);

  bag_session_show_elements (fixture->session, TRUE);
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
  g_assert_cmpstr (find (fixture, 0x00100020), ==, "BAG");
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_null (bag_session_get_elements_text (fixture->session));

  bag_session_show_elements (fixture->session, FALSE);
  g_assert_null (bag_session_get_element_list (fixture->session));
  g_assert_cmpuint (n_notified, ==, 2);
  small_file_remove_all (folder);
}

/* The list is that of the file in which the wanted slice stands. */
static void
test_follows_slice (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = write_folder ();

  open_path (fixture, folder);
  bag_session_show_elements (fixture->session, TRUE);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *instance = g_strdup_printf ("2.25.%u", i + 1);

      bag_session_set_slice_index (fixture->session, i);
      bag_test_wait_until (g_strcmp0 (find (fixture, 0x00080018), instance) == 0);
    }
  small_file_remove_all (folder);
}

static void
test_revealed (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = write_folder ();
  guint n_notified = 0;

  g_signal_connect_swapped (fixture->session, "notify::elements-revealed", G_CALLBACK (count), &n_notified);
  open_path (fixture, folder);
  bag_session_show_elements (fixture->session, TRUE);
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
  g_assert_cmpstr (find (fixture, 0x00100010), ==, "");
  g_assert_cmpstr (find (fixture, 0x00401102), ==, "");

  bag_session_reveal_elements (fixture->session, TRUE);
  bag_session_reveal_elements (fixture->session, TRUE);
  g_assert_cmpuint (n_notified, ==, 1);
  bag_test_wait_until (g_strcmp0 (find (fixture, 0x00100010), PERSON) == 0);
  g_assert_cmpstr (find (fixture, 0x00401102), ==, PERSON);
  bag_session_set_slice_index (fixture->session, 3);
  bag_test_wait_until (g_strcmp0 (find (fixture, 0x00080018), "2.25.4") == 0);
  g_assert_cmpstr (find (fixture, 0x00100010), ==, PERSON);

  /* Hidden again, they are gone at once. */
  bag_session_reveal_elements (fixture->session, FALSE);
  g_assert_null (bag_session_get_element_list (fixture->session));
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
  g_assert_cmpstr (find (fixture, 0x00100010), ==, "");
  small_file_remove_all (folder);
}

/* Another scan is masked, from the moment that it is on screen. */
static void
test_next_scan (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = write_folder ();
  g_autofree char *one = g_build_filename (folder, "2.dcs", NULL);

  open_path (fixture, folder);
  bag_session_show_elements (fixture->session, TRUE);
  bag_session_reveal_elements (fixture->session, TRUE);
  bag_test_wait_until (g_strcmp0 (find (fixture, 0x00100010), PERSON) == 0);

  open_path (fixture, one);
  g_assert_false (bag_session_get_elements_revealed (fixture->session));
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
  g_assert_cmpstr (find (fixture, 0x00080018), ==, "2.25.3");
  g_assert_cmpstr (find (fixture, 0x00100010), ==, "");

  bag_session_close (fixture->session);
  g_assert_null (bag_session_get_element_list (fixture->session));
  bag_session_reveal_elements (fixture->session, TRUE);
  g_assert_false (bag_session_get_elements_revealed (fixture->session));
  small_file_remove_all (folder);
}

static void
test_no_file (SessionFixture *fixture, gconstpointer data)
{
  bag_session_open_demo (fixture->session, 1);
  bag_session_show_elements (fixture->session, TRUE);
  bag_test_wait_until (bag_session_get_elements_text (fixture->session) != NULL && g_str_has_prefix (bag_session_get_elements_text (fixture->session), "This bag is made up"));
  g_assert_null (bag_session_get_element_list (fixture->session));
}

/* A file that changed since is not listed in place of the one that is shown. */
static void
test_file_changed (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = write_folder ();
  g_autofree char *one = g_build_filename (folder, "2.dcs", NULL);
  g_autofree char *other = g_build_filename (folder, "3.dcs", NULL);
  g_autofree char *content = NULL;
  gsize length = 0;

  open_path (fixture, folder);
  g_assert_true (g_file_get_contents (one, &content, &length, NULL));
  g_assert_true (g_file_set_contents (other, content, (gssize) length, NULL));
  bag_session_show_elements (fixture->session, TRUE);
  bag_test_wait_until (bag_session_get_element_list (fixture->session) != NULL);
  bag_session_set_slice_index (fixture->session, 3);
  bag_test_wait_until (bag_session_get_element_list (fixture->session) == NULL);
  g_assert_nonnull (bag_session_get_elements_text (fixture->session));
  small_file_remove_all (folder);
}

#define ADD(name, func) g_test_add ("/session-elements/" name, SessionFixture, NULL, session_set_up, func, session_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("shown", test_shown);
  ADD ("follows-slice", test_follows_slice);
  ADD ("revealed", test_revealed);
  ADD ("next-scan", test_next_scan);
  ADD ("no-file", test_no_file);
  ADD ("file-changed", test_file_changed);

  return g_test_run ();
}
