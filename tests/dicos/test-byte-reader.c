/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "description/bag-error.h"
#include "dicos/bag-byte-reader.h"

#include <glib/gstdio.h>

#include <unistd.h>

#define SIZE 300000u

typedef struct
{
  char *path;
  int fd;
} Fixture;

static guint8
byte_at (guint64 offset)
{
  return (guint8) (offset * 7 + offset / 251);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *bytes = g_malloc (SIZE);

  for (guint i = 0; i < SIZE; i++)
    bytes[i] = byte_at (i);
  self->fd = g_file_open_tmp ("bag-reader-XXXXXX", &self->path, NULL);
  g_assert_cmpint (self->fd, >=, 0);
  g_assert_cmpint (write (self->fd, bytes, SIZE), ==, SIZE);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  close (self->fd);
  g_unlink (self->path);
  g_free (self->path);
}

static void
check_peek (BagByteReader *reader, guint64 offset, gsize length)
{
  g_autoptr (GError) error = NULL;
  const guint8 *bytes = bag_byte_reader_peek (reader, offset, length, &error);

  g_assert_no_error (error);
  for (gsize i = 0; i < length; i++)
    g_assert_cmpuint (bytes[i], ==, byte_at (offset + i));
}

static void
test_peek (Fixture *self, gconstpointer data)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_fd (self->fd, SIZE);
  g_autoptr (GRand) random = g_rand_new_with_seed (3);

  for (guint offset = 0; offset + 100 <= SIZE; offset += 97)
    check_peek (reader, offset, 100);
  for (guint i = 0; i < 500; i++)
    {
      guint length = (guint) g_rand_int_range (random, 0, BAG_BYTE_READER_WINDOW + 1);

      check_peek (reader, (guint64) g_rand_int_range (random, 0, (gint32) (SIZE - length + 1)), length);
    }
  check_peek (reader, SIZE, 0);
}

static void
test_beyond (Fixture *self, gconstpointer data)
{
  static const guint64 spans[][2] = { { SIZE, 1 }, { SIZE - 4, 5 }, { G_MAXUINT64, 2 }, { SIZE + 1, 0 } };
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_fd (self->fd, SIZE);

  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 dest[8];

      g_assert_false (bag_byte_reader_contains (reader, spans[i][0], spans[i][1]));
      g_assert_null (bag_byte_reader_peek (reader, spans[i][0], spans[i][1], NULL));
      g_assert_false (bag_byte_reader_read (reader, spans[i][0], dest, spans[i][1], &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED);
    }
}

static void
test_shrunk (Fixture *self, gconstpointer data)
{
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_fd (self->fd, SIZE);
  g_autoptr (GError) error = NULL;
  guint8 dest[8];

  g_assert_cmpint (ftruncate (self->fd, 1000), ==, 0);
  g_assert_null (bag_byte_reader_peek (reader, 5000, 8, NULL));
  g_assert_false (bag_byte_reader_read (reader, 996, dest, sizeof dest, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_TRUNCATED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/byte-reader/peek", Fixture, NULL, set_up, test_peek, tear_down);
  g_test_add ("/byte-reader/beyond", Fixture, NULL, set_up, test_beyond, tear_down);
  g_test_add ("/byte-reader/shrunk", Fixture, NULL, set_up, test_shrunk, tear_down);

  return g_test_run ();
}
