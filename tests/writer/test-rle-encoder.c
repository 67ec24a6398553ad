/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "writer/bag-rle-encoder.h"

static guint32
get_field (const GByteArray *frame, guint field)
{
  const guint8 *bytes = frame->data + 4 * field;

  return bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

static void
assert_segment (const GByteArray *frame, guint segment, const guint8 *wanted, gsize size)
{
  guint32 start = get_field (frame, segment + 1);
  guint32 end = segment == 1 ? frame->len : get_field (frame, segment + 2);

  g_assert_cmpmem (frame->data + start, end - start, wanted, size);
}

/* PS3.5 annex G worked out by hand: high bytes first, runs from three on, each row by itself. */
static void
test_by_hand (void)
{
  const guint16 samples[] = { 0x0105, 0x0105, 0x0105, 0x0207, 0x0209, 0x0209, 0x0309, 0x0409 };
  const guint8 high[] = { 254, 1, 0, 2, 3, 2, 2, 3, 4, 0 };
  const guint8 low[] = { 254, 5, 0, 7, 253, 9 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  bag_rle_encode (samples, 4, 2, frame);
  g_assert_cmpuint (get_field (frame, 0), ==, 2);
  g_assert_cmpuint (get_field (frame, 1), ==, 64);
  for (guint field = 3; field < 16; field++)
    g_assert_cmpuint (get_field (frame, field), ==, 0);
  assert_segment (frame, 0, high, sizeof high);
  assert_segment (frame, 1, low, sizeof low);
}

/* Runs and literals end at 128 bytes; the array is used again from its start. */
static void
test_long (void)
{
  const guint8 run[] = { 129, 0, 129, 0, 254, 0, 0 };
  const guint16 one = 7;
  guint16 samples[259] = { 0 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  bag_rle_encode (&one, 1, 1, frame);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = (guint16) (i & 0xff);
  bag_rle_encode (samples, 259, 1, frame);
  assert_segment (frame, 0, run, 6);
  g_assert_cmpuint (frame->data[get_field (frame, 2)], ==, 127);
  g_assert_cmpuint (frame->data[get_field (frame, 2) + 129], ==, 127);
  g_assert_cmpuint (frame->data[get_field (frame, 2) + 258], ==, 2);
  g_assert_cmpuint (frame->len % 2, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rle-encoder/by-hand", test_by_hand);
  g_test_add_func ("/rle-encoder/long", test_long);

  return g_test_run ();
}
