/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-source.h"

#include "bag-test-fds.h"
#include "small-file.h"

#include "scan/bag-phantom.h"
#include "writer/bag-dicos-writer.h"

#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  char *folder;
  BagDecoderChild *child;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("bag-source-XXXXXX", NULL);
  self->child = bag_decoder_child_new ();
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  bag_decoder_child_free (self->child);
  small_file_remove_all (self->folder);
  g_free (self->folder);
}

static char *
write_text (Fixture *self, const char *name, const char *text)
{
  char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));

  return path;
}

static GPtrArray *
open_good (Fixture *self, const char *path, guint n_scans)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *scans = bag_source_open (path, self->child, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (scans->len, ==, n_scans);

  return scans;
}

static void
assert_fails (Fixture *self, const char *path, BagError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_source_open (path, self->child, NULL, &error));
  g_assert_error (error, BAG_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static guint16
read_first_value (Fixture *self, BagScan *scan, guint index)
{
  g_autofree guint16 *values = g_malloc (bag_scan_get_slice_bytes (scan));
  g_autoptr (GError) error = NULL;

  g_assert_true (bag_scan_read_slice (scan, index, self->child, values, bag_scan_get_slice_bytes (scan), NULL, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < bag_scan_get_slice_bytes (scan) / 2; i++)
    g_assert_cmpuint (values[i], ==, values[0]);

  return values[0];
}

static const BagNote *
find_warning (BagScan *scan, const char *name)
{
  const GPtrArray *warnings = bag_scan_get_warnings (scan);

  for (guint i = 0; i < warnings->len; i++)
    if (strcmp (((const BagNote *) g_ptr_array_index (warnings, i))->name, name) == 0)
      return g_ptr_array_index (warnings, i);

  return NULL;
}

static void
assert_frame_name (BagScan *scan, guint index, const char *expected)
{
  g_autofree char *name = bag_scan_get_frame_name (scan, index);

  g_assert_cmpstr (name, ==, expected);
}

static void
test_single (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 4711, 16, 1 };
  g_autofree char *path = small_file_write (self->folder, "one.dcm", &file);
  g_autoptr (GPtrArray) scans = open_good (self, path, 1);
  BagScan *scan = g_ptr_array_index (scans, 0);
  double position[3] = { 0 };

  g_assert_cmpstr (bag_scan_get_source_name (scan), ==, "file");
  g_assert_cmpstr (bag_scan_get_path (scan), ==, path);
  g_assert_cmpstr (bag_scan_get_bag_id (scan), ==, "BAG");
  g_assert_cmpuint (bag_scan_get_n_slices (scan), ==, 1);
  g_assert_cmpuint (bag_scan_get_slice_bytes (scan), ==, SMALL_N * 2);
  g_assert_false (bag_scan_is_ordered_by_position (scan));
  g_assert_cmpfloat (bag_scan_get_slice_spacing (scan), ==, 0.0);
  g_assert_cmpfloat (bag_scan_get_pixel_aspect (scan), ==, 2.0);
  g_assert_false (bag_scan_needs_decoder (scan, 0));
  g_assert_cmpuint (read_first_value (self, scan, 0), ==, 4711);
  assert_frame_name (scan, 0, "one.dcm");

  g_assert_true (bag_scan_get_voxel_position_mm (scan, 0, 3, 1, position));
  g_assert_cmpfloat (position[0], ==, -7.0);
  g_assert_cmpfloat (position[1], ==, -18.0);
  g_assert_cmpfloat (position[2], ==, 5.0);
}

static void
test_eight_bits (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 200, 8, 1 };
  g_autofree char *path = small_file_write (self->folder, "eight.dcm", &file);
  g_autoptr (GPtrArray) scans = open_good (self, path, 1);

  g_assert_cmpuint (read_first_value (self, g_ptr_array_index (scans, 0), 0), ==, 200);
}

static void
test_frames (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "bag.dcs", NULL);
  g_autoptr (BagPhantom) phantom = bag_phantom_new (48, 40, 5, 1, NULL);
  g_autoptr (GPtrArray) scans = NULL;
  guint16 wanted[48 * 40], values[48 * 40];
  BagScan *scan;

  g_assert_true (bag_dicos_writer_write (phantom, path, BAG_DICOS_SYNTAX_EXPLICIT, BAG_DICOS_FLAVOR_TOOLKIT, NULL));
  scans = open_good (self, path, 1);
  scan = g_ptr_array_index (scans, 0);
  g_assert_cmpuint (bag_scan_get_n_slices (scan), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      bag_phantom_draw_slice (phantom, bag_scan_get_slice (scan, i)->frame_number, wanted);
      g_assert_true (bag_scan_read_slice (scan, i, NULL, values, sizeof values, NULL, NULL));
      g_assert_cmpmem (values, sizeof values, wanted, sizeof wanted);
    }
  assert_frame_name (scan, 0, bag_scan_get_slice (scan, 0)->frame_number == 0 ? "1" : "5");
}

/* Names, instance numbers and positions each in another order; a file of text between them. */
static void
test_folder (Fixture *self, gconstpointer data)
{
  const SmallFile files[] = {
    { "1.2", 6, 106, 16, 3 },
    { "1.2", 2, 102, 16, 1 },
    { "1.2", 4, 104, 16, 2 },
    { "1.1", 9, 200, 16, 1 },
  };
  static const char *const names[] = { "a.dcm", "b", "c.dcm", "d.dcm" };
  g_autoptr (GPtrArray) scans = NULL;
  BagScan *scan;
  guint n_fds;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_free (small_file_write (self->folder, names[i], &files[i]));
  g_free (write_text (self, "notes.txt", "nothing to see"));
  bag_decoder_child_start (self->child);
  n_fds = bag_test_count_fds ();

  scans = open_good (self, self->folder, 2);
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
  g_assert_cmpuint (read_first_value (self, g_ptr_array_index (scans, 0), 0), ==, 200);

  scan = g_ptr_array_index (scans, 1);
  g_assert_cmpstr (bag_scan_get_source_name (scan), ==, "folder");
  g_assert_cmpstr (bag_scan_get_path (scan), ==, self->folder);
  g_assert_cmpuint (bag_scan_get_n_slices (scan), ==, 3);
  g_assert_true (bag_scan_is_ordered_by_position (scan));
  g_assert_cmpfloat (bag_scan_get_slice_spacing (scan), ==, 2.0);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (read_first_value (self, scan, i), ==, 102 + 2 * i);
  assert_frame_name (scan, 0, "b");
  g_assert_nonnull (find_warning (scan, "skipped-files"));
  g_assert_nonnull (strstr (find_warning (scan, "skipped-files")->text, "notes.txt [not-dicom]"));
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
}

static void
test_many (Fixture *self, gconstpointer data)
{
  const SmallFile first = { "1.2", 6, 106, 16, 3 };
  const SmallFile second = { "1.2", 2, 102, 16, 1 };
  g_autofree char *one = small_file_write (self->folder, "one", &first);
  g_autofree char *two = small_file_write (self->folder, "two", &second);
  const char *const paths[] = { one, two, NULL };
  const BagSourceContext context = { .child = self->child };
  g_autoptr (GPtrArray) scans = bag_source_open_with (&context, paths, NULL);

  g_assert_nonnull (scans);
  g_assert_cmpuint (scans->len, ==, 1);
  g_assert_cmpuint (bag_scan_get_n_slices (g_ptr_array_index (scans, 0)), ==, 2);
  g_assert_cmpuint (read_first_value (self, g_ptr_array_index (scans, 0), 0), ==, 102);
}

static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *pipe_path = g_build_filename (self->folder, "pipe", NULL);
  g_autofree char *missing = g_build_filename (self->folder, "missing.dcs", NULL);
  g_autofree char *text = write_text (self, "text.txt", "This is a text and no scan at all.");
  g_autofree char *empty = write_text (self, "empty.dcs", "");
  g_autofree char *bare = g_build_filename (self->folder, "bare", NULL);

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (g_mkdir (bare, 0700), ==, 0);
  assert_fails (self, pipe_path, BAG_ERROR_NO_ACCESS, "pipe");
  assert_fails (self, missing, BAG_ERROR_NO_ACCESS, "missing.dcs");
  assert_fails (self, text, BAG_ERROR_NOT_DICOM, "");
  assert_fails (self, empty, BAG_ERROR_NOT_DICOM, "");
  assert_fails (self, bare, BAG_ERROR_NOT_DICOM, "bare");
  assert_fails (self, "/dev/null", BAG_ERROR_NO_ACCESS, "null");
  assert_fails (self, self->folder, BAG_ERROR_NOT_DICOM, "none of its 2 files");
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 1, 16, 1 };
  g_autofree char *path = small_file_write (self->folder, "one.dcm", &file);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *const paths[] = { path, self->folder };

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (bag_source_open (paths[i], self->child, cancellable, &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_CANCELLED);
    }
}

static void
assert_unreadable (Fixture *self, BagScan *scan, BagError code)
{
  g_autoptr (GError) error = NULL;
  guint16 values[SMALL_N];

  g_assert_false (bag_scan_read_slice (scan, 0, self->child, values, sizeof values, NULL, &error));
  g_assert_error (error, BAG_ERROR, (int) code);
}

/* A file kept open and one opened for each use notice it alike. */
static void
test_changed (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 1, 16, 1 };
  g_autofree char *path = small_file_write (self->folder, "one.dcm", &file);
  g_autoptr (GPtrArray) by_file = open_good (self, path, 1);
  g_autoptr (GPtrArray) by_folder = open_good (self, self->folder, 1);
  g_autofree char *other = small_file_write (self->folder, "other.dcm", &file);

  g_assert_cmpint (g_rename (other, path), ==, 0);
  assert_unreadable (self, g_ptr_array_index (by_folder, 0), BAG_ERROR_FILE_CHANGED);
  g_clear_pointer (&by_file, g_ptr_array_unref);

  by_file = open_good (self, path, 1);
  g_assert_cmpuint (read_first_value (self, g_ptr_array_index (by_file, 0), 0), ==, 1);
  g_assert_cmpint (truncate (path, 300), ==, 0);
  assert_unreadable (self, g_ptr_array_index (by_file, 0), BAG_ERROR_FILE_CHANGED);
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_unreadable (self, g_ptr_array_index (by_folder, 0), BAG_ERROR_NO_ACCESS);
}

static void
test_small_buffer (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 1, 16, 1 };
  g_autofree char *path = small_file_write (self->folder, "one.dcm", &file);
  g_autoptr (GPtrArray) scans = open_good (self, path, 1);
  g_autoptr (GError) error = NULL;
  guint16 values[SMALL_N - 1];

  g_assert_false (bag_scan_read_slice (g_ptr_array_index (scans, 0), 0, NULL, values, sizeof values, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
}

/* A loop of links and files out of reach do no harm. */
static void
test_links (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 7, 16, 1 };
  g_autofree char *inner = g_build_filename (self->folder, "inner", NULL);
  g_autofree char *loop = g_build_filename (inner, "loop", NULL);
  g_autofree char *dangling = g_build_filename (inner, "dangling", NULL);
  g_autoptr (GPtrArray) scans = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_free (small_file_write (inner, "one.dcm", &file));
  g_assert_cmpint (symlink (self->folder, loop), ==, 0);
  g_assert_cmpint (symlink ("/nowhere", dangling), ==, 0);

  scans = open_good (self, self->folder, 1);
  g_assert_cmpuint (bag_scan_get_n_slices (g_ptr_array_index (scans, 0)), ==, 1);
  g_assert_null (find_warning (g_ptr_array_index (scans, 0), "skipped-files"));
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  guint *n_done = user_data;

  bag_scan_fill_finish (BAG_SCAN (source), result, &error);
  g_assert_no_error (error);
  (*n_done)++;
}

static void
test_fill (Fixture *self, gconstpointer data)
{
  const SmallFile file = { "1.2", 5, 77, 16, 1 };
  g_autofree char *path = small_file_write (self->folder, "one.dcm", &file);
  g_autoptr (GPtrArray) scans = open_good (self, path, 1);
  g_autoptr (BagPool) pool = bag_pool_new (SMALL_N * 2, 2, NULL);
  g_autoptr (BagSlice) slice = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, SMALL_N * 2, NULL);
  guint n_done = 0;

  bag_scan_fill_async (g_ptr_array_index (scans, 0), 0, slice, NULL, BAG_POOL_CLASS_VIEW, NULL, on_filled, &n_done);
  while (n_done == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (*(guint16 *) bag_slice_get_data (slice), ==, 77);
  g_assert_cmpint (bag_slice_get_state (slice), ==, BAG_SLOT_FILLING);
}

/* Compressed slices come through a decoder's own thread, and equal what was drawn. */
static void
test_compressed (Fixture *self, gconstpointer data)
{
  static const BagDicosSyntax syntaxes[] = { BAG_DICOS_SYNTAX_RLE, BAG_DICOS_SYNTAX_JPEG_LOSSLESS };
  g_autofree char *path = g_build_filename (self->folder, "bag.dcs", NULL);
  g_autoptr (BagPhantom) phantom = bag_phantom_new (48, 40, 5, 1, NULL);
  g_autoptr (BagDecoder) decoder = bag_decoder_new (2);
  g_autoptr (BagPool) pool = bag_pool_new (48 * 40 * 2, 8, NULL);
  guint16 wanted[48 * 40];

  for (guint k = 0; k < G_N_ELEMENTS (syntaxes); k++)
    {
      g_autoptr (GPtrArray) scans = NULL;
      BagSlice *slices[5];
      guint n_done = 0;

      g_assert_true (bag_dicos_writer_write (phantom, path, syntaxes[k], BAG_DICOS_FLAVOR_TOOLKIT, NULL));
      scans = open_good (self, path, 1);
      g_assert_true (bag_scan_needs_decoder (g_ptr_array_index (scans, 0), 0));
      for (guint i = 0; i < 5; i++)
        {
          slices[i] = bag_pool_acquire (pool, BAG_POOL_CLASS_LOAD, sizeof wanted, NULL);
          bag_scan_fill_async (g_ptr_array_index (scans, 0), i, slices[i], decoder, BAG_POOL_CLASS_LOAD, NULL, on_filled, &n_done);
        }
      while (n_done < 5)
        g_main_context_iteration (NULL, TRUE);
      for (guint i = 0; i < 5; i++)
        {
          bag_phantom_draw_slice (phantom, bag_scan_get_slice (g_ptr_array_index (scans, 0), i)->frame_number, wanted);
          g_assert_cmpmem (bag_slice_get_data (slices[i]), sizeof wanted, wanted, sizeof wanted);
          bag_slice_unref (slices[i]);
        }
    }
}

static void
test_window (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "bag.dcs", NULL);
  g_autoptr (BagPhantom) phantom = bag_phantom_new (64, 64, 20, 1, NULL);
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GError) error = NULL;
  double center = 0.0, width = 0.0;

  g_assert_true (bag_dicos_writer_write (phantom, path, BAG_DICOS_SYNTAX_EXPLICIT, BAG_DICOS_FLAVOR_STANDARD, NULL));
  scans = open_good (self, path, 1);
  g_assert_true (bag_scan_measure_window (g_ptr_array_index (scans, 0), NULL, NULL, &center, &width, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (width, >, 1.0);
  g_assert_cmpfloat (center, >, -2000.0);
  g_assert_cmpfloat (center, <, 66000.0);
}

#define ADD(name, func) g_test_add ("/source/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("single", test_single);
  ADD ("eight-bits", test_eight_bits);
  ADD ("frames", test_frames);
  ADD ("folder", test_folder);
  ADD ("many", test_many);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("changed", test_changed);
  ADD ("small-buffer", test_small_buffer);
  ADD ("links", test_links);
  ADD ("fill", test_fill);
  ADD ("compressed", test_compressed);
  ADD ("window", test_window);

  return g_test_run ();
}
