/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bag-test-fds.h"
#include "files-fixture.h"

#include <glib/gstdio.h>

#include <string.h>

/* Ten blocks of 4x4 voxels in a made-up slice tell its number from 1. */
#define N_BLOCKS 10u
#define BLOCK_SIZE 4u
#define METAL 3000u

static void
files_bag_free (gpointer data)
{
  FilesBag *bag = data;

  g_free (bag->path);
  g_free (bag->bag_id);
  bag_phantom_free (bag->phantom);
  g_free (bag);
}

static guint
read_number (const guint16 *values)
{
  guint number = 0;

  for (guint i = 0; i < N_BLOCKS; i++)
    number = number << 1 | (values[i * BLOCK_SIZE + 1 + FILES_COLUMNS] > METAL ? 1u : 0u);

  return number;
}

static FilesBag *
find_bag (FilesFixture *self, const char *bag_id)
{
  for (guint i = 0; i < self->bags->len; i++)
    {
      FilesBag *bag = g_ptr_array_index (self->bags, i);

      if (g_str_equal (bag->bag_id, bag_id))
        return bag;
    }

  g_error ("the session names a bag that nobody made: “%s”", bag_id);
}

static void
check_drawn (FilesFixture *self, FilesBag *bag)
{
  guint16 wanted[FILES_COLUMNS * FILES_ROWS];
  BagSlice *slice = bag_session_get_slice (self->session);
  guint index = bag_session_get_drawn_index (self->session);

  g_assert_cmpuint (index, <, bag->n_slices);
  g_assert_cmpuint (bag_slice_get_size (slice), ==, sizeof wanted);
  g_assert_cmpuint (read_number (bag_slice_get_data (slice)), ==, index + 1);
  bag_phantom_draw_slice (bag->phantom, index, wanted);
  g_assert_cmpmem (bag_slice_get_data (slice), sizeof wanted, wanted, sizeof wanted);
  bag->n_drawn++;
}

/* Noise is everywhere in a made-up bag: one of another seed has other values. */
static void
on_notify (BagSession *session, GParamSpec *pspec, FilesFixture *self)
{
  FilesBag *bag = NULL;

  if (bag_session_get_scan (session) == NULL)
    {
      g_assert_null (bag_session_get_slice (session));
      return;
    }

  bag = find_bag (self, bag_session_get_bag_id (session));
  g_assert_true (g_str_has_prefix (bag_session_get_title (session), bag->bag_id));
  g_assert_cmpstr (bag_scan_get_bag_id (bag_session_get_scan (session)), ==, bag->bag_id);
  if (bag_session_get_slice (session) != NULL)
    check_drawn (self, bag);
}

static void
append_children (GArray *children, const char *thread)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", thread, "children", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;

  words = g_strsplit (g_strstrip (text), " ", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      GPid child = (GPid) g_ascii_strtoll (words[i], NULL, 10);

      if (child > 0)
        g_array_append_val (children, child);
    }
}

/* The kernel lists them by the thread that started them. */
GArray *
files_find_children (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  GArray *children = g_array_new (FALSE, FALSE, sizeof (GPid));
  const char *thread;

  while ((thread = g_dir_read_name (dir)) != NULL)
    append_children (children, thread);

  return children;
}

/* @budget: a pointer to the bytes that slices may take */
void
files_set_up (FilesFixture *self, gconstpointer budget)
{
  static const char *const watched[] = { "slice", "drawn-index", "exact", "title", "bag-id", "scan" };

  g_type_ensure (G_TYPE_TASK); /* GLib's own thread and its descriptor stay */
  bag_test_drain ();
  self->n_fds = bag_test_count_fds ();
  self->folder = g_dir_make_tmp ("bag-session-XXXXXX", NULL);
  self->bags = g_ptr_array_new_with_free_func (files_bag_free);
  self->session = bag_session_new (*(const guint64 *) budget);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    {
      g_autofree char *signal = g_strconcat ("notify::", watched[i], NULL);

      g_signal_connect (self->session, signal, G_CALLBACK (on_notify), self);
    }
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
wake (BagPool *pool, gpointer user_data)
{
  g_main_context_wakeup (NULL);
}

static gboolean
is_home (BagPool *pool)
{
  BagPoolStats stats;

  bag_pool_get_stats (pool, &stats);

  return stats.in_use + stats.n_leaving + stats.heap_in_use == 0;
}

/* No slot is out, no descriptor is open and no process is left. */
void
files_tear_down (FilesFixture *self, gconstpointer budget)
{
  g_autoptr (BagPool) pool = bag_pool_ref (bag_session_get_pool (self->session));
  g_autoptr (GArray) children = NULL;

  bag_session_close (self->session);
  g_assert_finalize_object (self->session);
  bag_pool_set_change_func (pool, wake, NULL);
  bag_test_wait_until (is_home (pool));
  bag_pool_set_change_func (pool, NULL, NULL);
  bag_test_drain ();

  children = files_find_children ();
  g_assert_cmpuint (children->len, ==, 0);
  g_assert_cmpuint (bag_test_count_fds (), ==, self->n_fds);
  g_ptr_array_unref (self->bags);
  remove_folder (self->folder);
  g_free (self->folder);
}

static void
run_make_bag (const char *path, const char *syntax, guint n_slices, guint seed)
{
  g_autofree char *size = g_strdup_printf ("%ux%ux%u", FILES_COLUMNS, FILES_ROWS, n_slices);
  g_autofree char *seed_text = g_strdup_printf ("%u", seed);
  const char *arguments[] = { g_getenv ("BAGSCOPE_CLI"), "make-bag", path, "--size", size, "--syntax", syntax, "--seed", seed_text, NULL };
  g_autoptr (GError) error = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer none): the bag; another seed is another bag */
FilesBag *
files_make_bag (FilesFixture *self, const char *syntax, guint n_slices, guint seed)
{
  g_autofree char *name = g_strdup_printf ("bag-%u.dcs", seed);
  g_autoptr (GError) error = NULL;
  FilesBag *bag = g_new0 (FilesBag, 1);

  bag->path = g_build_filename (self->folder, name, NULL);
  bag->bag_id = g_strdup_printf ("BAG-%06u", seed);
  bag->n_slices = n_slices;
  bag->phantom = bag_phantom_new (FILES_COLUMNS, FILES_ROWS, n_slices, seed, &error);
  g_assert_no_error (error);
  run_make_bag (bag->path, syntax, n_slices, seed);
  g_ptr_array_add (self->bags, bag);

  return bag;
}

void
files_begin_open (FilesFixture *self, const char *path)
{
  const char *const paths[] = { path, NULL };

  bag_session_open (self->session, paths);
}

void
files_wait_exact (FilesFixture *self)
{
  bag_test_wait_until (!bag_session_get_loading (self->session) && bag_session_is_exact (self->session));
}

void
files_open (FilesFixture *self, const FilesBag *bag)
{
  files_begin_open (self, bag->path);
  bag_test_wait_until (!bag_session_get_loading (self->session));
  g_assert_cmpstr (bag_session_get_message (self->session), ==, NULL);
  g_assert_cmpstr (bag_session_get_bag_id (self->session), ==, bag->bag_id);
  g_assert_cmpuint (bag_session_get_n_slices (self->session), ==, bag->n_slices);
  files_wait_exact (self);
}

static guint
count_ready (FilesFixture *self)
{
  guint n = 0;

  for (guint i = 0; i < bag_session_get_n_slices (self->session); i++)
    n += bag_session_get_slice_state (self->session, i) == BAG_SLICE_STATE_READY ? 1 : 0;

  return n;
}

void
files_wait_all_ready (FilesFixture *self)
{
  bag_test_wait_until (count_ready (self) == bag_session_get_n_slices (self->session));
}

/* Until that very slice is drawn. */
void
files_go_to (FilesFixture *self, guint index)
{
  bag_session_set_slice_index (self->session, index);
  bag_test_wait_until (bag_session_is_exact (self->session));
  g_assert_cmpuint (bag_session_get_drawn_index (self->session), ==, index);
  g_assert_cmpstr (bag_session_get_slice_error (self->session), ==, NULL);
  check_drawn (self, find_bag (self, bag_session_get_bag_id (self->session)));
}

void
files_get_stats (FilesFixture *self, BagPoolStats *stats)
{
  bag_pool_get_stats (bag_session_get_pool (self->session), stats);
}
