/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "writer/bag-element-writer.h"

#include "description/bag-error.h"

#include <glib/gstdio.h>

#define PREFIX_SIZE 132 /* preamble and DICM */

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("bagscope-XXXXXX", NULL);
  g_assert_nonnull (fixture->folder);
  fixture->path = g_build_filename (fixture->folder, "out.dcs", NULL);
}

static guint
count_files (Fixture *fixture)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (folder) != NULL)
    n_files++;
  return n_files;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static BagElementWriter *
open_writer (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  BagElementWriter *writer = bag_element_writer_new (fixture->path, &error);

  g_assert_no_error (error);
  return writer;
}

/* Closes the file and compares what follows the prefix. */
static void
assert_written (Fixture *fixture, BagElementWriter *writer, const guint8 *wanted, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  g_assert_true (bag_element_writer_close (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (g_file_get_contents (fixture->path, &bytes, &n_bytes, NULL));
  g_assert_cmpmem (bytes + 128, 4, "DICM", 4);
  g_assert_cmpmem (bytes + PREFIX_SIZE, n_bytes - PREFIX_SIZE, wanted, size);
}

/* PS3.10 section 7.1: the group's length counts what follows it, in explicit form. */
static void
test_meta (Fixture *fixture, gconstpointer data)
{
  const guint8 wanted[] = {
    2,
    0,
    0,
    0,
    'U',
    'L',
    4,
    0,
    24,
    0,
    0,
    0,
    2,
    0,
    1,
    0,
    'O',
    'B',
    0,
    0,
    2,
    0,
    0,
    0,
    0,
    1,
    2,
    0,
    0x13,
    0,
    'S',
    'H',
    2,
    0,
    'A',
    ' ',
    0x28,
    0,
    0x10,
    0,
    2,
    0,
    0,
    0,
    0x34,
    0x12,
  };
  g_autoptr (BagElementWriter) writer = open_writer (fixture);

  bag_element_writer_begin_meta (writer);
  bag_element_writer_add_bytes (writer, 0x00020001, "OB", "\0\1", 2);
  bag_element_writer_add_text (writer, 0x00020013, "SH", "A");
  bag_element_writer_end_meta (writer, BAG_ELEMENT_ENCODING_IMPLICIT);
  bag_element_writer_add_number (writer, 0x00280010, 0x1234);
  assert_written (fixture, writer, wanted, sizeof wanted);
}

static void
test_values (Fixture *fixture, gconstpointer data)
{
  const double decimals[] = { 1.25, -0.5, 1 };
  const float number = -2;
  const guint8 wanted[] = {
    0x20,
    0,
    0x0d,
    0,
    'U',
    'I',
    4,
    0,
    '1',
    '.',
    '2',
    0,
    0x10,
    0x40,
    0x04,
    0x10,
    'F',
    'L',
    4,
    0,
    0,
    0,
    0,
    0xc0,
    0x18,
    0,
    0x73,
    0x90,
    'F',
    'D',
    8,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0x1a,
    0x40,
    0x20,
    0,
    0x32,
    0,
    'D',
    'S',
    12,
    0,
    '1',
    '.',
    '2',
    '5',
    '\\',
    '-',
    '0',
    '.',
    '5',
    '\\',
    '1',
    ' ',
  };
  g_autoptr (BagElementWriter) writer = open_writer (fixture);

  bag_element_writer_add_text (writer, 0x0020000d, "UI", "1.2");
  bag_element_writer_add_float (writer, 0x40101004, &number, 1);
  bag_element_writer_add_double (writer, 0x00189073, 6.5);
  bag_element_writer_add_decimals (writer, 0x00200032, decimals, 3);
  assert_written (fixture, writer, wanted, sizeof wanted);
}

static void
test_sequence (Fixture *fixture, gconstpointer data)
{
  const guint8 wanted[] = {
    0x00,
    0x52,
    0x30,
    0x92,
    'S',
    'Q',
    0,
    0,
    0xff,
    0xff,
    0xff,
    0xff,
    0xfe,
    0xff,
    0x00,
    0xe0,
    0xff,
    0xff,
    0xff,
    0xff,
    0xfe,
    0xff,
    0x0d,
    0xe0,
    0,
    0,
    0,
    0,
    0xfe,
    0xff,
    0xdd,
    0xe0,
    0,
    0,
    0,
    0,
  };
  g_autoptr (BagElementWriter) writer = open_writer (fixture);

  bag_element_writer_begin_sequence (writer, 0x52009230);
  bag_element_writer_begin_item (writer);
  bag_element_writer_end_item (writer);
  bag_element_writer_end_sequence (writer);
  assert_written (fixture, writer, wanted, sizeof wanted);
}

static void
test_fragments (Fixture *fixture, gconstpointer data)
{
  const guint8 wanted[] = {
    0xe0,
    0x7f,
    0x10,
    0,
    'O',
    'B',
    0,
    0,
    0xff,
    0xff,
    0xff,
    0xff,
    0xfe,
    0xff,
    0x00,
    0xe0,
    0,
    0,
    0,
    0,
    0xfe,
    0xff,
    0x00,
    0xe0,
    4,
    0,
    0,
    0,
    'a',
    'b',
    'c',
    0,
    0xfe,
    0xff,
    0xdd,
    0xe0,
    0,
    0,
    0,
    0,
  };
  g_autoptr (BagElementWriter) writer = open_writer (fixture);

  bag_element_writer_begin_fragments (writer, 0x7fe00010, "OB");
  bag_element_writer_add_fragment (writer, "abc", 3);
  bag_element_writer_end_fragments (writer);
  assert_written (fixture, writer, wanted, sizeof wanted);
}

/* A file that is given up leaves nothing, and what stood there before stays. */
static void
test_given_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bytes = NULL;

  bag_element_writer_free (open_writer (fixture));
  g_assert_cmpuint (count_files (fixture), ==, 0);

  g_assert_true (g_file_set_contents (fixture->path, "before", -1, NULL));
  bag_element_writer_free (open_writer (fixture));
  g_assert_true (g_file_get_contents (fixture->path, &bytes, NULL, NULL));
  g_assert_cmpstr (bytes, ==, "before");
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "missing", "out.dcs", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (bag_element_writer_new (path, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
}

/* The name becomes a folder's while the file is written: the temporary one goes. */
static void
test_name_taken (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagElementWriter) writer = open_writer (fixture);

  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  g_assert_false (bag_element_writer_close (writer, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_NO_ACCESS);
  g_clear_pointer (&writer, bag_element_writer_free);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_cmpint (g_rmdir (fixture->path), ==, 0);
}

#define ADD(name, function) g_test_add ("/element-writer/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("meta", test_meta);
  ADD ("values", test_values);
  ADD ("sequence", test_sequence);
  ADD ("fragments", test_fragments);
  ADD ("given-up", test_given_up);
  ADD ("no-folder", test_no_folder);
  ADD ("name-taken", test_name_taken);

  return g_test_run ();
}
