/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-folder-listing.h"

#include "description/bag-error.h"

#include "bag-test-fds.h"
#include "small-file.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders that never end, or hold too much: what is listed is bounded, and nothing is listed twice. */

typedef struct
{
  char *folder;
  guint n_fds;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->n_fds = bag_test_count_fds ();
  self->folder = g_dir_make_tmp ("bag-listing-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  small_file_remove_all (self->folder);
  g_free (self->folder);
  g_assert_cmpuint (bag_test_count_fds (), ==, self->n_fds);
}

static void
make_folder (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
}

static void
make_file (Fixture *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
}

static void
make_link (Fixture *self, const char *target, const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

/* Names below the folder, parted by blanks. */
static char *
list (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = bag_folder_listing_new (self->folder, NULL, &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);

      g_assert_true (g_str_has_prefix (path, self->folder));
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", path + strlen (self->folder) + 1);
    }

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
test_kinds (Fixture *self, gconstpointer data)
{
  g_autofree char *names = NULL;
  g_autofree char *pipe = g_build_filename (self->folder, "c-pipe", NULL);

  make_folder (self, "inner");
  make_folder (self, ".hidden");
  make_file (self, "b");
  make_file (self, "a");
  make_file (self, ".h");
  make_file (self, "inner/z");
  make_file (self, ".hidden/x");
  make_link (self, "a", "link-to-file");
  make_link (self, "nowhere", "link-to-nothing");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  names = list (self);
  g_assert_cmpstr (names, ==, "a b inner/z link-to-file");
}

static void
test_loops (Fixture *self, gconstpointer data)
{
  g_autofree char *names = NULL;

  make_folder (self, "inner/deeper");
  make_file (self, "inner/a");
  make_link (self, ".", "self");
  make_link (self, "../..", "inner/deeper/up");
  make_link (self, "inner", "other");
  make_link (self, "round", "about");
  make_link (self, "about", "round");
  names = list (self);
  g_assert_cmpstr (names, ==, "inner/a");
}

static void
test_deep (Fixture *self, gconstpointer data)
{
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GString) deepest = g_string_new (NULL);
  g_autofree char *names = NULL;

  for (guint depth = 1; depth <= BAG_FOLDER_MAX_DEPTH + 20; depth++)
    {
      g_string_append_printf (path, "%sd", depth > 1 ? "/" : "");
      if (depth == BAG_FOLDER_MAX_DEPTH)
        g_string_append_printf (deepest, "%s/f", path->str);
      if (depth == BAG_FOLDER_MAX_DEPTH || depth == BAG_FOLDER_MAX_DEPTH + 1)
        {
          g_autofree char *file = g_strconcat (path->str, "/f", NULL);

          make_folder (self, path->str);
          make_file (self, file);
        }
    }
  make_folder (self, path->str);
  names = list (self);
  g_assert_cmpstr (names, ==, deepest->str);
}

/* Many names for one file, which costs no more than the names. */
static void
test_many (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  int dir;

  make_file (self, "0");
  dir = open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  for (guint i = 1; i < BAG_FOLDER_MAX_FILES; i++)
    {
      char name[16];

      g_snprintf (name, sizeof name, "%u", i);
      g_assert_cmpint (symlinkat ("0", dir, name), ==, 0);
    }
  files = bag_folder_listing_new (self->folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (files->len, ==, BAG_FOLDER_MAX_FILES);
  g_clear_pointer (&files, g_ptr_array_unref);

  make_file (self, "one-more");
  g_assert_null (bag_folder_listing_new (self->folder, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
  g_assert_nonnull (strstr (error->message, "65535"));
  close (dir);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  make_file (self, "a");
  g_cancellable_cancel (cancellable);
  g_assert_null (bag_folder_listing_new (self->folder, cancellable, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/folder-listing/kinds", Fixture, NULL, set_up, test_kinds, tear_down);
  g_test_add ("/folder-listing/loops", Fixture, NULL, set_up, test_loops, tear_down);
  g_test_add ("/folder-listing/deep", Fixture, NULL, set_up, test_deep, tear_down);
  g_test_add ("/folder-listing/many", Fixture, NULL, set_up, test_many, tear_down);
  g_test_add ("/folder-listing/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);

  return g_test_run ();
}
