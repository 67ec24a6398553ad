/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-streams.h"

#include "description/bag-error.h"
#include "dicos/bag-codec-jpeg-lossless.h"

#include <string.h>

/* The decoder beside the plain one of reference-jpeg.c: the same samples, or both say
 * that the frame is damaged. Frame and samples end at a page that must not be touched. */

#define MAX_FRAME (1u << 20)
#define MAX_SAMPLES (1u << 20)
#define CANARY 0xa5
#define N_CANARIES 64u

typedef struct
{
  Guarded *frame;
  Guarded *samples;
  guint8 *wanted;
  BagJpegLossless *decoder; /* one for all, as in the program */
  GRand *random;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->frame = guarded_new (MAX_FRAME);
  self->samples = guarded_new (MAX_SAMPLES + N_CANARIES);
  self->wanted = g_malloc (MAX_SAMPLES);
  self->decoder = bag_jpeg_lossless_new ();
  self->random = g_rand_new_with_seed (31);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_rand_free (self->random);
  bag_jpeg_lossless_free (self->decoder);
  g_free (self->wanted);
  guarded_free (self->samples);
  guarded_free (self->frame);
}

static BagPixelLayout
make_layout (const RandomStream *stream, guint bits)
{
  return (BagPixelLayout){ .rows = (guint16) stream->rows, .columns = (guint16) stream->columns, .bits_allocated = (guint16) bits, .bits_stored = (guint16) bits, .high_bit = (guint16) (bits - 1) };
}

/* Returns whether the frame is sound. */
static gboolean
compare (Fixture *self, const guint8 *data, gsize size, const BagPixelLayout *layout)
{
  gsize n = bag_pixel_layout_get_frame_bytes (layout);
  guint8 *place = guarded_place (self->samples, NULL, n + N_CANARIES);
  g_autoptr (GError) error = NULL;
  gboolean is_sound = reference_decode_jpeg (data, size, layout, self->wanted);

  memset (place, CANARY, N_CANARIES);
  bag_jpeg_lossless_decode (self->decoder, guarded_place (self->frame, data, size), size, layout, place + N_CANARIES, &error);
  if (is_sound)
    {
      g_assert_no_error (error);
      g_assert_cmpmem (place + N_CANARIES, n, self->wanted, n);
    }
  else
    g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
  for (guint i = 0; i < N_CANARIES; i++)
    g_assert_cmpuint (place[i], ==, CANARY);

  return is_sound;
}

static void
check_stream (Fixture *self, const RandomStream *stream)
{
  guint bits = stream->precision <= 8 && g_rand_boolean (self->random) ? 8 : 16;
  const BagPixelLayout layout = make_layout (stream, bits);
  g_autoptr (GByteArray) data = g_byte_array_new ();

  random_put_stream (data, self->random, stream);
  g_assert_true (compare (self, data->data, data->len, &layout));
}

static void
check_random (Fixture *self, guint rows, guint columns)
{
  RandomStream stream;

  random_stream (self->random, rows, columns, &stream);
  check_stream (self, &stream);
}

static void
test_small (Fixture *self, gconstpointer data)
{
  for (guint columns = 1; columns <= 70; columns++)
    for (guint rows = 1; rows <= 4; rows++)
      for (guint i = 0; i < 6; i++)
        check_random (self, rows, columns);
  for (guint n = 1; n <= 70; n++)
    {
      check_random (self, n, 1);
      check_random (self, 1, n * 13);
    }
}

/* Large enough for several streams and several rounds of them. */
static void
test_large (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 80; i++)
    check_random (self, (guint) g_rand_int_range (self->random, 40, 160), (guint) g_rand_int_range (self->random, 40, 300));
}

/* Each predictor with each precision and point transform. */
static void
test_all (Fixture *self, gconstpointer data)
{
  RandomStream stream;

  random_stream (self->random, 9, 37, &stream);
  for (stream.predictor = 1; stream.predictor <= 7; stream.predictor++)
    for (stream.precision = 2; stream.precision <= 16; stream.precision++)
      for (stream.point_transform = 0; stream.point_transform < stream.precision; stream.point_transform++)
        {
          random_code (self->random, 9, &stream.code);
          stream.restart_rows = stream.precision % 4;
          check_stream (self, &stream);
        }
}

/* All 17 categories at once, with codes from one bit to sixteen. */
static void
test_longest_codes (Fixture *self, gconstpointer data)
{
  RandomStream stream = { 120, 130, 16, 1, 0, 0, { { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2 }, { 16, 0, 15, 1, 14, 2, 13, 3, 12, 4, 11, 5, 10, 6, 9, 7, 8 }, 17 } };

  for (stream.predictor = 1; stream.predictor <= 7; stream.predictor++)
    check_stream (self, &stream);
  stream.predictor = 1;
  for (guint length = 5; length <= 16; length++)
    {
      memset (stream.code.counts, 0, sizeof stream.code.counts);
      stream.code.counts[length - 1] = 17;
      check_stream (self, &stream);
    }
}

/* Streams that start at an odd bit never meet those whose codes all have even lengths. */
static void
test_never_meeting (Fixture *self, gconstpointer data)
{
  RandomStream stream = { 150, 211, 16, 1, 0, 0, { { 0, 4 }, { 0, 2, 4, 6 }, 4 } };

  for (guint i = 0; i < 8; i++)
    {
      stream.columns = 211 + i;
      check_stream (self, &stream);
    }
}

static void
test_cut (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      BagPixelLayout layout;
      RandomStream stream;

      random_stream (self->random, 16 + i, 41, &stream);
      stream.restart_rows = i % 3 * 4;
      layout = make_layout (&stream, 16);
      random_put_stream (bytes, self->random, &stream);
      for (guint size = 0; size < bytes->len; size++)
        g_assert_true (!compare (self, bytes->data, size, &layout) || size + 2 >= bytes->len);
    }
}

static void
test_flipped (Fixture *self, gconstpointer data)
{
  guint n_sound = 0;
  guint n_broken = 0;

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      BagPixelLayout layout;
      RandomStream stream;

      random_stream (self->random, i % 2 == 0 ? 3 : 14, 5 + i * 3, &stream);
      layout = make_layout (&stream, 16);
      random_put_stream (bytes, self->random, &stream);
      for (guint bit = 0; bit < bytes->len * 8; bit++)
        {
          bytes->data[bit / 8] ^= (guint8) (1u << bit % 8);
          *(compare (self, bytes->data, bytes->len, &layout) ? &n_sound : &n_broken) += 1;
          bytes->data[bit / 8] ^= (guint8) (1u << bit % 8);
        }
    }
  g_assert_cmpuint (n_sound, >, 1000);
  g_assert_cmpuint (n_broken, >, 1000);
}

/* A code without room left makes any bytes a stream; after each byte stands @two. */
static void
check_inserted (Fixture *self, guint rows, guint8 one, guint8 two)
{
  const RandomStream stream = { rows, 23, 16, 1, 0, 0, { { 0, 3, 2 }, { 3, 5, 0, 9, 16 }, 5 } };
  const BagPixelLayout layout = make_layout (&stream, 16);
  const guint8 inserted[2] = { one, two };

  for (guint at = 0; at < 80; at++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();

      random_put_head (bytes, &stream);
      for (guint i = 0; i < rows * 23; i++)
        {
          guint8 byte = (guint8) g_rand_int_range (self->random, 0, 255);

          if (i == at || (i > at && i % 97 == at))
            g_byte_array_append (bytes, inserted, 2);
          g_byte_array_append (bytes, &byte, 1);
        }
      compare (self, bytes->data, bytes->len, &layout);
    }
}

static void
test_stuffed (Fixture *self, gconstpointer data)
{
  check_inserted (self, 3, 0xff, 0x00);
  check_inserted (self, 40, 0xff, 0x00);
}

static void
test_markers (Fixture *self, gconstpointer data)
{
  static const guint8 markers[] = { 0xd9, 0xd0, 0xd1, 0xff, 0x01, 0xc4 };

  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    check_inserted (self, i % 2 == 0 ? 3 : 40, 0xff, markers[i]);
}

/* In memory of an odd address the rows cannot be made in place. */
static void
test_odd_address (Fixture *self, gconstpointer data)
{
  g_autofree guint8 *samples = g_malloc (2 * 37 * 9 + 1);

  for (guint predictor = 1; predictor <= 7; predictor++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      BagPixelLayout layout;
      RandomStream stream;

      random_stream (self->random, 9, 37, &stream);
      stream.predictor = predictor;
      stream.point_transform = 0;
      layout = make_layout (&stream, 16);
      random_put_stream (bytes, self->random, &stream);
      g_assert_true (reference_decode_jpeg (bytes->data, bytes->len, &layout, self->wanted));
      bag_jpeg_lossless_decode (self->decoder, bytes->data, bytes->len, &layout, samples + 1, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (samples + 1, 2 * 37 * 9, self->wanted, 2 * 37 * 9);
    }
}

#define ADD(name, function) g_test_add ("/codec-jpeg-lossless/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("small", test_small);
  ADD ("large", test_large);
  ADD ("all", test_all);
  ADD ("longest-codes", test_longest_codes);
  ADD ("never-meeting", test_never_meeting);
  ADD ("cut", test_cut);
  ADD ("flipped", test_flipped);
  ADD ("stuffed", test_stuffed);
  ADD ("markers", test_markers);
  ADD ("odd-address", test_odd_address);

  return g_test_run ();
}
