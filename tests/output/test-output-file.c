/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-fds.h"
#include "bag-test-wait.h"
#include "description/bag-error.h"
#include "output/bag-output-file.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a user finds in the folder afterwards: the old file or the new one, whole, and nothing else. */

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("bagscope-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->path = g_build_filename (self->folder, "picture.png", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_unlink (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static guint
count_files (Fixture *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (folder) != NULL)
    n_files++;

  return n_files;
}

static gboolean
save (const char *path, const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return bag_output_file_save (path, bytes, error);
}

static void
assert_content (const char *path, const char *wanted)
{
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, wanted);
}

static void
assert_refused (const char *path, BagError code, const char *wanted)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (path, "new", &error));
  g_assert_error (error, BAG_ERROR, (int) code);
  g_assert_cmpstr (error->message, ==, wanted);
}

static void
test_new (Fixture *self, gconstpointer data)
{
  mode_t mask = umask (0027);
  struct stat info;

  g_assert_true (save (self->path, "new", NULL));
  umask (mask);
  assert_content (self->path, "new");
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpint (stat (self->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0640);
}

static void
test_replaced (Fixture *self, gconstpointer data)
{
  struct stat info;

  g_assert_true (save (self->path, "a longer old one", NULL));
  g_assert_cmpint (g_chmod (self->path, 0604), ==, 0);
  g_assert_true (save (self->path, "new", NULL));
  assert_content (self->path, "new");
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpint (stat (self->path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0604);
}

/* While it is written nobody else may read what nobody else might read before. */
static void
test_private_meanwhile (Fixture *self, gconstpointer data)
{
  g_autoptr (BagOutputFile) file = NULL;
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n_checked = 0;

  g_assert_true (save (self->path, "old", NULL));
  g_assert_cmpint (g_chmod (self->path, 0600), ==, 0);
  file = bag_output_file_new (self->path, NULL);
  folder = g_dir_open (self->folder, 0, NULL);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);
      struct stat info;

      g_assert_cmpint (stat (path, &info), ==, 0);
      g_assert_cmpuint (info.st_mode & 07777, ==, 0600);
      n_checked++;
    }
  g_assert_cmpuint (n_checked, ==, 2);
}

static void
test_link_stays (Fixture *self, gconstpointer data)
{
  g_autofree char *link = g_build_filename (self->folder, "link", NULL);
  g_autofree char *target = NULL;

  g_assert_true (save (self->path, "old", NULL));
  g_assert_cmpint (symlink ("picture.png", link), ==, 0);
  g_assert_true (save (link, "new", NULL));
  target = g_file_read_link (link, NULL);
  g_assert_cmpstr (target, ==, "picture.png");
  assert_content (self->path, "new");
  g_assert_cmpuint (count_files (self), ==, 2);
  g_assert_cmpint (g_unlink (link), ==, 0);
}

static void
test_link_to_nothing (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (symlink ("absent.png", self->path), ==, 0);
  assert_refused (self->path, BAG_ERROR_NO_ACCESS, "“picture.png” was not written: it is a link that leads to no file. Choose the file that it should lead to. Nothing was left behind.");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (self->path, 0700), ==, 0);
  assert_refused (self->path, BAG_ERROR_NO_ACCESS, "“picture.png” was not written: it is a folder. Give the name of a file.");
  g_assert_cmpuint (count_files (self), ==, 1);
  g_assert_cmpint (g_rmdir (self->path), ==, 0);
}

static void
test_pipe (Fixture *self, gconstpointer data)
{
  struct stat info;

  g_assert_cmpint (mkfifo (self->path, 0600), ==, 0);
  assert_refused (self->path, BAG_ERROR_NO_ACCESS, "“picture.png” was not written: it is a device, a pipe or a socket, and stays one. Give the name of a file.");
  g_assert_cmpint (lstat (self->path, &info), ==, 0);
  g_assert_true (S_ISFIFO (info.st_mode));
  assert_refused ("/dev/full", BAG_ERROR_NO_ACCESS, "“full” was not written: it is a device, a pipe or a socket, and stays one. Give the name of a file.");
}

/* /dev/stdout leads to a pipe in a pipeline: to something without a name. */
static void
test_link_to_open_pipe (Fixture *self, gconstpointer data)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  path = g_strdup_printf ("/proc/self/fd/%d", fds[1]);
  g_assert_false (save (path, "new", &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (error->message, "a pipe"));
  close (fds[0]);
  close (fds[1]);
}

static void
test_no_name (Fixture *self, gconstpointer data)
{
  assert_refused ("-", BAG_ERROR_NO_ACCESS, "“-” is not the name of a file. Give one; a file called “-” is “./-”.");
  assert_refused ("", BAG_ERROR_NO_ACCESS, "“” is not the name of a file. Give one; a file called “-” is “./-”.");
}

static void
test_no_folder (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "absent", "x.png", NULL);
  g_autofree char *in_file = g_build_filename (self->path, "x.png", NULL);

  assert_refused (path, BAG_ERROR_NO_ACCESS, "“x.png” was not written: its folder does not exist. Check the name of the folder and whether its drive is connected. Nothing was left behind.");
  g_assert_true (save (self->path, "old", NULL));
  assert_refused (in_file, BAG_ERROR_NO_ACCESS, "“x.png” was not written: its folder does not exist. Check the name of the folder and whether its drive is connected. Nothing was left behind.");
  assert_content (self->path, "old");
}

/* The hidden file must not need more room for its name than the file. */
static void
test_long_name (Fixture *self, gconstpointer data)
{
  g_autofree char *name = g_strnfill (255, 'n');
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  g_autofree char *longer = g_strconcat (path, "n", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (path, "new", NULL));
  assert_content (path, "new");
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_false (save (longer, "new", &error));
  g_assert_nonnull (strstr (error->message, "its name is too long"));
}

static void
test_given_up (Fixture *self, gconstpointer data)
{
  guint n_fds = bag_test_count_fds ();

  g_assert_true (save (self->path, "old", NULL));
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (BagOutputFile) file = bag_output_file_new (self->path, NULL);

      g_assert_true (bag_output_file_write (file, "new", 3));
      g_assert_cmpuint (count_files (self), ==, 2);
    }
  g_assert_cmpuint (count_files (self), ==, 1);
  assert_content (self->path, "old");
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
}

/* Small pieces, pieces larger than the buffer, and nothing at all. */
static void
test_pieces (Fixture *self, gconstpointer data)
{
  g_autoptr (BagOutputFile) file = bag_output_file_new (self->path, NULL);
  g_autoptr (GByteArray) wanted = g_byte_array_new ();
  g_autofree guint8 *bytes = g_malloc (300000);
  g_autofree char *found = NULL;
  const gsize sizes[] = { 1, 0, 65535, 1, 65536, 3, 65537, 300000, 7, 65530, 0, 12 };
  gsize size = 0;

  for (guint i = 0; i < 300000; i++)
    bytes[i] = (guint8) (i * 7 + i / 251);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_byte_array_append (wanted, bytes, (guint) sizes[i]);
      g_assert_true (bag_output_file_write (file, bytes, sizes[i]));
    }
  g_assert_true (bag_output_file_close (file, NULL));
  g_assert_true (g_file_get_contents (self->path, &found, &size, NULL));
  g_assert_cmpmem (found, size, wanted->data, wanted->len);
}

/* As on a full disk: the kernel takes a part of the bytes, and then no more. */
static void
test_no_room (Fixture *self, gconstpointer data)
{
  g_autoptr (BagOutputFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = g_malloc0 (300000);
  struct rlimit limit, small;

  g_assert_true (save (self->path, "old", NULL));
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  small = limit;
  small.rlim_cur = 100000;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  file = bag_output_file_new (self->path, NULL);
  g_assert_true (bag_output_file_write (file, bytes, 90000));
  g_assert_false (bag_output_file_write (file, bytes, 300000));
  g_assert_false (bag_output_file_write (file, bytes, 1));
  g_assert_false (bag_output_file_close (file, &error));
  setrlimit (RLIMIT_FSIZE, &limit);

  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "“picture.png” was not written: it would be larger than the disk or a limit of the system allows. Choose another disk, or have the limit raised. The old file is unchanged.");
  g_clear_pointer (&file, bag_output_file_free);
  assert_content (self->path, "old");
  g_assert_cmpuint (count_files (self), ==, 1);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GError **error = user_data;

  if (bag_output_file_save_finish (result, error))
    *error = g_error_new_literal (BAG_ERROR, BAG_N_ERRORS, "no error");
}

static void
test_async (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("new", 3);
  g_autoptr (GError) good = NULL;
  g_autoptr (GError) bad = NULL;

  bag_output_file_save_async (self->path, bytes, NULL, on_saved, &good);
  bag_output_file_save_async (self->folder, bytes, NULL, on_saved, &bad);
  g_assert_true (good == NULL && bad == NULL);
  bag_test_wait_until (good != NULL && bad != NULL);
  g_assert_cmpint (good->code, ==, BAG_N_ERRORS);
  assert_content (self->path, "new");
  g_assert_error (bad, BAG_ERROR, BAG_ERROR_NO_ACCESS);
}

#define ADD(name, function) g_test_add ("/output-file/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new", test_new);
  ADD ("replaced", test_replaced);
  ADD ("private-meanwhile", test_private_meanwhile);
  ADD ("link-stays", test_link_stays);
  ADD ("link-to-nothing", test_link_to_nothing);
  ADD ("folder", test_folder);
  ADD ("pipe", test_pipe);
  ADD ("link-to-open-pipe", test_link_to_open_pipe);
  ADD ("no-name", test_no_name);
  ADD ("no-folder", test_no_folder);
  ADD ("long-name", test_long_name);
  ADD ("given-up", test_given_up);
  ADD ("pieces", test_pieces);
  ADD ("no-room", test_no_room);
  ADD ("async", test_async);

  return g_test_run ();
}
