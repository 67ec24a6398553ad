/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos/bag-inflater.h"

#include <zlib.h>

#define SIZE (20u << 20)

static guint8
byte_at (guint64 offset)
{
  return (guint8) ((offset * offset) >> 9 ^ offset);
}

/* Raw deflate in one call. */
static GBytes *
deflate_all (void)
{
  g_autofree guint8 *data = g_malloc (SIZE);
  z_stream stream = { 0 };
  guint8 *out = NULL;
  gsize bound = 0;

  for (guint i = 0; i < SIZE; i++)
    data[i] = byte_at (i);
  g_assert_cmpint (deflateInit2 (&stream, 1, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  bound = deflateBound (&stream, SIZE);
  out = g_malloc (bound);
  stream.next_in = data;
  stream.avail_in = SIZE;
  stream.next_out = out;
  stream.avail_out = (uInt) bound;
  g_assert_cmpint (deflate (&stream, Z_FINISH), ==, Z_STREAM_END);
  bound = stream.total_out;
  deflateEnd (&stream);

  return g_bytes_new_take (out, bound);
}

static void
check_read (BagInflater *inflater, guint64 offset)
{
  g_autoptr (GError) error = NULL;
  guint8 bytes[1000];
  gsize n = 0;

  g_assert_true (bag_inflater_read (inflater, offset, bytes, sizeof bytes, sizeof bytes, &n, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < sizeof bytes; i++)
    g_assert_cmpuint (bytes[i], ==, byte_at (offset + i));
}

/* In any order: right bytes, and never more than an interval of work to go back. */
static void
test_any_order (void)
{
  g_autoptr (GBytes) deflated = deflate_all ();
  BagByteReader *source = bag_byte_reader_new_for_memory (g_bytes_get_data (deflated, NULL), g_bytes_get_size (deflated));
  g_autoptr (BagInflater) inflater = bag_inflater_new (source, 0, NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  check_read (inflater, SIZE - 1000);
  g_assert_cmpuint (bag_inflater_get_n_inflated (inflater), ==, SIZE);
  g_assert_cmpuint (bag_inflater_get_n_points (inflater), ==, SIZE / BAG_INFLATER_INTERVAL - 1);
  for (guint i = 0; i < 40; i++)
    {
      guint64 before = bag_inflater_get_n_inflated (inflater);

      check_read (inflater, (guint64) g_rand_int_range (random, 0, SIZE - 1000));
      g_assert_cmpuint (bag_inflater_get_n_inflated (inflater) - before, <=, BAG_INFLATER_INTERVAL + 1000);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/inflater/any-order", test_any_order);

  return g_test_run ();
}
