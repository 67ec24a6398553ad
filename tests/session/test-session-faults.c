/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "files-fixture.h"

#include <glib/gstdio.h>

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Decoders that are killed and files that change while their bag is on screen. */

#define N_SLICES 60u

static const guint64 sixteen = 16 * FILES_SLICE_BYTES;

static void
kill_children (void)
{
  g_autoptr (GArray) children = files_find_children ();

  g_assert_cmpuint (children->len, >, 0);
  for (guint i = 0; i < children->len; i++)
    kill (g_array_index (children, GPid, i), SIGKILL);
}

/* Until the slice is drawn, or said to be unreadable. Returns: (nullable): by which error */
static const char *
try (FilesFixture *self, guint index)
{
  bag_session_set_slice_index (self->session, index);
  bag_test_wait_until (bag_session_is_exact (self->session) || bag_session_get_slice_error (self->session) != NULL);

  return bag_session_is_exact (self->session) ? NULL : bag_session_get_error_name (self->session);
}

/* The watched session checks what is drawn. A slice whose decoder died is tried again when
 * the operator comes back to it, once: so the decoders die in places far from each other. */
static void
test_killed (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *bag = files_make_bag (self, "jpeg-lossless", N_SLICES, 61);

  files_open (self, bag);
  for (guint i = 0; i < N_SLICES; i++)
    {
      const char *error_name = NULL;

      bag_session_set_slice_index (self->session, i * 7 % N_SLICES);
      if (i % 40 == 10)
        kill_children ();
      error_name = try (self, i * 7 % N_SLICES);
      if (error_name != NULL)
        g_assert_cmpstr (error_name, ==, "decoder-died");
    }
  for (guint i = 0; i < N_SLICES; i++)
    files_go_to (self, i);
  g_assert_cmpstr (bag_session_get_message (self->session), ==, NULL);
}

/* What is in memory stays, what is not fails by name, and the next bag opens. */
static void
check_changed (FilesFixture *self, const FilesBag *bag, const char *error_name)
{
  const FilesBag *next = files_make_bag (self, "rle", 20, 79);
  guint n_failed = 0;

  for (guint i = 0; i < bag->n_slices; i++)
    {
      const char *failed = try (self, i);

      if (failed != NULL)
        {
          g_assert_cmpstr (failed, ==, error_name);
          g_assert_cmpint (bag_session_get_slice_state (self->session, i), ==, BAG_SLICE_STATE_FAILED);
          n_failed++;
        }
    }
  g_assert_cmpuint (n_failed, >=, bag->n_slices - 14);
  g_assert_cmpuint (n_failed, <, bag->n_slices);

  files_open (self, next);
  for (guint i = 0; i < next->n_slices; i++)
    files_go_to (self, i);
}

static gboolean
is_window_ready (FilesFixture *self)
{
  guint n = 0;

  for (guint i = 0; i < bag_session_get_n_slices (self->session); i++)
    n += bag_session_get_slice_state (self->session, i) == BAG_SLICE_STATE_READY ? 1 : 0;

  return n == 14;
}

static void
test_shrinks (FilesFixture *self, gconstpointer budget)
{
  const char *const syntaxes[] = { "explicit", "jpeg-lossless" };

  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    {
      const FilesBag *bag = files_make_bag (self, syntaxes[i], N_SLICES, 71 + i);

      files_open (self, bag);
      bag_test_wait_until (is_window_ready (self));
      g_assert_cmpint (truncate (bag->path, 20000), ==, 0);
      check_changed (self, bag, "file-changed");
      g_ptr_array_remove_index (self->bags, self->bags->len - 1);
    }
}

/* The session holds the file that it opened, whatever has its name by now. */
static void
test_renamed_over (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *bag = files_make_bag (self, "jpeg-lossless", N_SLICES, 81);
  const FilesBag *other = files_make_bag (self, "jpeg-lossless", N_SLICES, 82);

  files_open (self, bag);
  g_assert_cmpint (g_rename (other->path, bag->path), ==, 0);
  for (guint i = 0; i < N_SLICES; i++)
    files_go_to (self, i);
  g_assert_cmpuint (other->n_drawn, ==, 0);
}

#define ADD(path, function) g_test_add ("/session-faults/" path, FilesFixture, &sixteen, files_set_up, function, files_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("killed", test_killed);
  ADD ("shrinks", test_shrinks);
  ADD ("renamed-over", test_renamed_over);

  return g_test_run ();
}
