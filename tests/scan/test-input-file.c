/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-input-file.h"

#include "bag-test-fds.h"
#include "small-file.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static BagLimits limits;

typedef struct
{
  char *folder;
  char *path; /* of a file "0123456789" */
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("bag-input-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "scan.dcs", NULL);
  g_assert_true (g_file_set_contents (self->path, "0123456789", -1, NULL));
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  small_file_remove_all (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static char *
name (const Fixture *self, const char *leaf)
{
  return g_build_filename (self->folder, leaf, NULL);
}

/* Refused in these words, and nothing is left open. */
static void
assert_refused (const char *path, const char *words)
{
  g_autoptr (GError) error = NULL;
  guint n_fds = bag_test_count_fds ();

  g_assert_null (bag_input_file_new (path, TRUE, &limits, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
}

/* Nobody writes into it: an opening that waits would never come back. */
static void
test_pipe (Fixture *self, gconstpointer data)
{
  g_autofree char *path = name (self, "pipe");

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_refused (path, "is a pipe");
}

static void
test_device (Fixture *self, gconstpointer data)
{
  g_autofree char *path = name (self, "link");

  assert_refused ("/dev/zero", "is a device");
  g_assert_cmpint (symlink ("/dev/zero", path), ==, 0);
  assert_refused (path, "is a device");
}

static void
test_socket (Fixture *self, gconstpointer data)
{
  g_autofree char *path = name (self, "socket");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  g_assert_cmpint (bind (fd, (const struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (path, "is a socket");
  close (fd);
}

static void
test_folder (Fixture *self, gconstpointer data)
{
  assert_refused (self->folder, "is a folder, not a file");
}

static void
test_loop (Fixture *self, gconstpointer data)
{
  g_autofree char *one = name (self, "one");
  g_autofree char *two = name (self, "two");

  g_assert_cmpint (symlink ("two", one), ==, 0);
  g_assert_cmpint (symlink ("one", two), ==, 0);
  assert_refused (one, "leads back to itself");
}

static void
test_missing (Fixture *self, gconstpointer data)
{
  g_autofree char *path = name (self, "none");
  g_autofree char *link = name (self, "link");
  g_autofree char *below = g_build_filename (self->path, "below", NULL);

  assert_refused (path, "does not exist");
  assert_refused (below, "does not exist");
  g_assert_cmpint (symlink ("none", link), ==, 0);
  assert_refused (link, "does not exist");
}

/* Root may read everything: somebody else tries. */
static void
test_unreadable (Fixture *self, gconstpointer data)
{
  uid_t user = geteuid ();

  g_assert_cmpint (chmod (self->path, 0), ==, 0);
  g_assert_cmpint (chmod (self->folder, 0755), ==, 0);
  g_assert_true (user != 0 || seteuid (65534) == 0);
  assert_refused (self->path, "not permitted");
  g_assert_true (user != 0 || seteuid (user) == 0);
  g_assert_cmpint (chmod (self->folder, 0700), ==, 0);
}

static void
test_flags (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;
  g_autoptr (BagInputFile) file = bag_input_file_new_acquired (self->path, FALSE, &limits, &fd, &error);

  g_assert_no_error (error);
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, ==, FD_CLOEXEC);
  g_assert_cmpint (fcntl (fd, F_GETFL) & (O_NONBLOCK | O_ACCMODE), ==, O_NONBLOCK | O_RDONLY);
  bag_input_file_release (file, fd);
}

static void
test_too_large (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (truncate (self->path, ((off_t) 8 << 30) + 1), ==, 0);
  g_assert_null (bag_input_file_new (self->path, TRUE, &limits, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "8.0\302\240GiB, more than the limit of 8192 MiB (setting limit-file-size)"));
}

typedef void (*Change) (const Fixture *self);

static void
replace (const Fixture *self)
{
  g_autofree char *other = name (self, "other");

  g_assert_true (g_file_set_contents (other, "9876543210", -1, NULL));
  g_assert_cmpint (g_rename (other, self->path), ==, 0);
}

static void
shrink (const Fixture *self)
{
  g_assert_cmpint (truncate (self->path, 4), ==, 0);
}

static void
grow (const Fixture *self)
{
  g_assert_cmpint (truncate (self->path, 40), ==, 0);
}

static void
write_over (const Fixture *self)
{
  const struct timespec times[2] = { { .tv_nsec = UTIME_OMIT }, { .tv_sec = 1000000000 } };
  int fd = open (self->path, O_WRONLY | O_CLOEXEC);

  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  g_assert_cmpint (futimens (fd, times), ==, 0);
  close (fd);
}

static void
assert_changed (const BagInputFile *file, int fd, const char *what)
{
  g_autoptr (GError) error = NULL;

  if (bag_input_file_check (file, fd, &error))
    g_error ("nobody notices: %s", what);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_FILE_CHANGED);
  g_assert_nonnull (strstr (error->message, "scan.dcs"));
}

/* One kept open, and one that is opened for each use. */
static void
test_changed (Fixture *self, gconstpointer data)
{
  const Change changes[] = { shrink, grow, write_over };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagInputFile) kept = bag_input_file_new (self->path, TRUE, &limits, NULL);
      g_autoptr (BagInputFile) closed = bag_input_file_new (self->path, FALSE, &limits, NULL);
      int fd = bag_input_file_acquire (kept, NULL);

      g_assert_true (bag_input_file_check (kept, fd, NULL));
      changes[i](self);
      assert_changed (kept, fd, "a change");
      g_assert_cmpint (bag_input_file_acquire (closed, &error), ==, -1);
      g_assert_error (error, BAG_ERROR, BAG_ERROR_FILE_CHANGED);
    }
}

/* The one that is open is still the one that it was. */
static void
test_replaced (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagInputFile) kept = bag_input_file_new (self->path, TRUE, &limits, NULL);
  g_autoptr (BagInputFile) closed = bag_input_file_new (self->path, FALSE, &limits, NULL);
  char bytes[10];
  int fd;

  replace (self);
  fd = bag_input_file_acquire (kept, &error);
  g_assert_no_error (error);
  g_assert_true (bag_input_file_read (kept, fd, 0, bytes, sizeof bytes, &error));
  g_assert_cmpmem (bytes, sizeof bytes, "0123456789", 10);
  g_assert_cmpint (bag_input_file_acquire (closed, &error), ==, -1);
  g_assert_error (error, BAG_ERROR, BAG_ERROR_FILE_CHANGED);
}

/* A short read of a file that was whole is told from one of a file that never was. */
static void
test_shrinks_while_read (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagInputFile) file = bag_input_file_new (self->path, TRUE, &limits, NULL);
  int fd = bag_input_file_acquire (file, NULL);
  char bytes[10];

  g_assert_false (bag_input_file_read (file, fd, 1, bytes, sizeof bytes, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED);
  g_clear_error (&error);
  shrink (self);
  g_assert_false (bag_input_file_read (file, fd, 0, bytes, sizeof bytes, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_FILE_CHANGED);
}

#define ADD(name, func) g_test_add ("/input-file/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  bag_limits_init (&limits);
  g_test_init (&argc, &argv, NULL);

  ADD ("pipe", test_pipe);
  ADD ("device", test_device);
  ADD ("socket", test_socket);
  ADD ("folder", test_folder);
  ADD ("loop", test_loop);
  ADD ("missing", test_missing);
  ADD ("unreadable", test_unreadable);
  ADD ("flags", test_flags);
  ADD ("too-large", test_too_large);
  ADD ("changed", test_changed);
  ADD ("replaced", test_replaced);
  ADD ("shrinks-while-read", test_shrinks_while_read);

  return g_test_run ();
}
