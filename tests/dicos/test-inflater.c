/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "dicos/bag-inflater.h"

#define SIZE (20u << 20)

static guint8
byte_at (guint64 offset)
{
  return (guint8) ((offset * offset) >> 9 ^ offset);
}

static GByteArray *
deflate_all (void)
{
  GByteArray *bytes = g_byte_array_sized_new (SIZE);

  g_byte_array_set_size (bytes, SIZE);
  for (guint i = 0; i < SIZE; i++)
    bytes->data[i] = byte_at (i);
  test_deflate (bytes, 0, 1);

  return bytes;
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
  g_autoptr (GByteArray) deflated = deflate_all ();
  BagByteReader *source = bag_byte_reader_new_for_memory (deflated->data, deflated->len);
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
