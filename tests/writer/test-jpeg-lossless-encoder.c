/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "writer/bag-huffman-table.h"
#include "writer/bag-jpeg-lossless-encoder.h"

/* Two samples worked out by hand from T.81: the differences are 3 - 32768 and 1, of
 * categories 15 and 1; their codes are 10 and 0, so the bits are 10 000000000000010 0 1. */
static void
test_by_hand (void)
{
  const guint16 samples[] = { 3, 4 };
  const guint8 wanted[] = {
    0xff, 0xd8, /* SOI */
    0xff,
    0xc3,
    0,
    11,
    16,
    0,
    1,
    0,
    2,
    1,
    1,
    0x11,
    0, /* SOF3 */
    0xff,
    0xc4,
    0,
    21,
    0, /* DHT */
    1,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    0, /* BITS */
    1,
    15, /* HUFFVAL */
    0xff,
    0xda,
    0,
    8,
    1,
    1,
    0,
    4,
    0,
    0, /* SOS, predictor 4 */
    0x80,
    0x01,
    0x3f, /* filled up with ones */
    0xff,
    0xd9,
    0, /* EOI, made even */
  };
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  bag_jpeg_lossless_encode (samples, 2, 1, 4, FALSE, frame);
  g_assert_cmpmem (frame->data, frame->len, wanted, sizeof wanted);
}

static void
test_jfif (void)
{
  const guint16 samples[] = { 3, 4 };
  const guint8 wanted[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xc3 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  bag_jpeg_lossless_encode (samples, 2, 1, 1, TRUE, frame);
  g_assert_cmpmem (frame->data, sizeof wanted, wanted, sizeof wanted);
}

/* A byte of ones in the coded bits is followed by a zero (T.81 section B.1.1.5). */
static void
test_stuffing (void)
{
  const guint16 samples[] = { 65535, 0, 65535, 0, 65535, 0, 65535, 32767 };
  const guint start = 15 + 23 + 10 - 4;
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint n_stuffed = 0;

  bag_jpeg_lossless_encode (samples, 8, 1, 1, FALSE, frame);
  for (guint i = start; i + 3 < frame->len; i++)
    if (frame->data[i] == 0xff && frame->data[i + 1] != 0xd9 && frame->data[i + 1] != 0xda)
      {
        g_assert_cmpuint (frame->data[i + 1], ==, 0);
        n_stuffed++;
      }
  g_assert_cmpuint (n_stuffed, >, 0);
}

/* Codes may be as long as 16 bits, none is all ones, and together they leave room for just that one. */
static void
assert_table (const guint *counts, guint longest)
{
  guint32 room = 1u << BAG_HUFFMAN_MAX_LENGTH;
  guint found = 0;
  BagHuffmanTable table;

  bag_huffman_table_init (&table, counts);
  for (guint symbol = 0; symbol < BAG_HUFFMAN_MAX_SYMBOLS; symbol++)
    {
      guint length = table.lengths[symbol];

      g_assert_true ((length > 0) == (counts[symbol] > 0));
      if (length == 0)
        continue;
      g_assert_cmpuint (length, <=, BAG_HUFFMAN_MAX_LENGTH);
      g_assert_cmpuint (table.codes[symbol], <, (1u << length) - 1);
      room -= 1u << (BAG_HUFFMAN_MAX_LENGTH - length);
      found = MAX (found, length);
    }
  g_assert_cmpuint (room, >=, 1);
  g_assert_cmpuint (found, ==, longest);
}

static void
test_tables (void)
{
  const guint one[BAG_HUFFMAN_MAX_SYMBOLS] = { [16] = 5 };
  const guint four[BAG_HUFFMAN_MAX_SYMBOLS] = { 10, 10, 10, 10 };
  guint steep[BAG_HUFFMAN_MAX_SYMBOLS];

  for (guint i = 0; i < BAG_HUFFMAN_MAX_SYMBOLS; i++)
    steep[i] = 1u << (BAG_HUFFMAN_MAX_SYMBOLS - i);
  assert_table (one, 1);
  assert_table (four, 3);
  assert_table (steep, 16);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/jpeg-lossless-encoder/by-hand", test_by_hand);
  g_test_add_func ("/jpeg-lossless-encoder/jfif", test_jfif);
  g_test_add_func ("/jpeg-lossless-encoder/stuffing", test_stuffing);
  g_test_add_func ("/jpeg-lossless-encoder/tables", test_tables);

  return g_test_run ();
}
