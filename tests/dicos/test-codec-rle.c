/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "random-streams.h"

#include "description/bag-error.h"
#include "dicos/bag-codec-rle.h"

#include <string.h>

/* The decoder beside the plain one of reference-rle.c, with frame and samples at the
 * edge of a page that must not be touched. */

#define MAX_BYTES (1u << 20)
#define CANARY 0x5a
#define N_CANARIES 64u

typedef struct
{
  Guarded *frame;
  Guarded *samples;
  guint8 *wanted;
  GRand *random;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->frame = guarded_new (MAX_BYTES);
  self->samples = guarded_new (MAX_BYTES);
  self->wanted = g_malloc (MAX_BYTES);
  self->random = g_rand_new_with_seed (51);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_rand_free (self->random);
  g_free (self->wanted);
  guarded_free (self->samples);
  guarded_free (self->frame);
}

static BagPixelLayout
make_layout (guint rows, guint columns, guint bits)
{
  return (BagPixelLayout){ .rows = (guint16) rows, .columns = (guint16) columns, .bits_allocated = (guint16) bits, .bits_stored = (guint16) bits, .high_bit = (guint16) (bits - 1) };
}

/* Returns whether the frame is sound. */
static gboolean
compare (Fixture *self, const guint8 *data, gsize size, const BagPixelLayout *layout)
{
  gsize n = bag_pixel_layout_get_frame_bytes (layout);
  guint8 *place = guarded_place (self->samples, NULL, n + N_CANARIES);
  g_autoptr (GError) error = NULL;
  gboolean is_sound = reference_decode_rle (data, size, layout, self->wanted);

  memset (place, CANARY, N_CANARIES);
  bag_codec_rle_decode (guarded_place (self->frame, data, size), size, layout, place + N_CANARIES, &error);
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

static GByteArray *
make_frame (Fixture *self, const BagPixelLayout *layout)
{
  GByteArray *frame = g_byte_array_new ();

  random_put_rle (frame, self->random, layout->bits_allocated / 8u, (guint) layout->rows * layout->columns);

  return frame;
}

static void
check_random (Fixture *self, guint rows, guint columns)
{
  for (guint bits = 8; bits <= 16; bits += 8)
    {
      const BagPixelLayout layout = make_layout (rows, columns, bits);
      g_autoptr (GByteArray) frame = make_frame (self, &layout);

      g_assert_true (compare (self, frame->data, frame->len, &layout));
    }
}

static void
test_sizes (Fixture *self, gconstpointer data)
{
  for (guint n = 1; n <= 300; n++)
    {
      check_random (self, 1, n);
      check_random (self, n, 1);
    }
  for (guint i = 0; i < 60; i++)
    check_random (self, (guint) g_rand_int_range (self->random, 1, 200), (guint) g_rand_int_range (self->random, 1, 300));
}

/* The decoder works in blocks: sizes around them, and around the longest run. */
static void
test_blocks (Fixture *self, gconstpointer data)
{
  for (guint blocks = 1; blocks <= 3; blocks++)
    for (guint n = 2048 * blocks - 140; n <= 2048 * blocks + 140; n++)
      check_random (self, 1, n);
}

/* Any bytes at all as segments, which for most sizes are too short or too long. */
static void
test_noise (Fixture *self, gconstpointer data)
{
  guint n_sound = 0;

  for (guint i = 0; i < 4000; i++)
    {
      const BagPixelLayout layout = make_layout (1, (guint) g_rand_int_range (self->random, 1, 400), 8);
      guint8 bytes[64 + 160] = { 1, 0, 0, 0, 64 };

      for (guint k = 64; k < sizeof bytes; k++)
        bytes[k] = (guint8) g_rand_int (self->random);
      n_sound += compare (self, bytes, sizeof bytes, &layout);
    }
  g_assert_cmpuint (n_sound, >, 20);
}

static void
test_cut (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      const BagPixelLayout layout = make_layout (7 + i, 90, i % 2 == 0 ? 8 : 16);
      g_autoptr (GByteArray) frame = make_frame (self, &layout);

      for (guint size = 0; size < frame->len; size++)
        g_assert_false (compare (self, frame->data, size, &layout));
    }
}

static void
test_flipped (Fixture *self, gconstpointer data)
{
  guint n_sound = 0;
  guint n_broken = 0;

  for (guint i = 0; i < 6; i++)
    {
      const BagPixelLayout layout = make_layout (3 + i, 61, i % 2 == 0 ? 8 : 16);
      g_autoptr (GByteArray) frame = make_frame (self, &layout);

      for (guint bit = 0; bit < frame->len * 8; bit++)
        {
          frame->data[bit / 8] ^= (guint8) (1u << bit % 8);
          *(compare (self, frame->data, frame->len, &layout) ? &n_sound : &n_broken) += 1;
          frame->data[bit / 8] ^= (guint8) (1u << bit % 8);
        }
    }
  g_assert_cmpuint (n_sound, >, 500);
  g_assert_cmpuint (n_broken, >, 500);
}

#define ADD(name, function) g_test_add ("/codec-rle/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sizes", test_sizes);
  ADD ("blocks", test_blocks);
  ADD ("noise", test_noise);
  ADD ("cut", test_cut);
  ADD ("flipped", test_flipped);

  return g_test_run ();
}
