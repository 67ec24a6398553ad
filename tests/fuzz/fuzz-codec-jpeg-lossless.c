/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"
#include "random-streams.h"

#include "dicos/bag-codec-jpeg-lossless.h"

#include <string.h>

/* The first byte chooses between samples of 8 and 16 bits, and between a frame of few
 * samples and one of so many that it is read in several streams; the rest is the
 * frame. The plain decoder must say the same. */

#define LARGE_ROWS 24u
#define LARGE_COLUMNS 53u

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };
  BagJpegLossless *decoder = NULL;
  g_autofree guint8 *samples = NULL;
  g_autofree guint8 *wanted = NULL;
  gboolean is_sound = FALSE;

  if (size == 0)
    return 0;
  if ((data[0] & 1) != 0)
    layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 8, 8, 7, FALSE, FALSE };
  if ((data[0] & 2) != 0)
    {
      layout.rows = LARGE_ROWS;
      layout.columns = LARGE_COLUMNS;
    }
  samples = g_malloc (bag_pixel_layout_get_frame_bytes (&layout));
  wanted = g_malloc (bag_pixel_layout_get_frame_bytes (&layout));
  decoder = bag_jpeg_lossless_new ();
  is_sound = reference_decode_jpeg (data + 1, size - 1, &layout, wanted);
  g_assert_true (bag_jpeg_lossless_decode (decoder, data + 1, size - 1, &layout, samples, NULL) == is_sound);
  if (is_sound)
    g_assert_cmpmem (samples, bag_pixel_layout_get_frame_bytes (&layout), wanted, bag_pixel_layout_get_frame_bytes (&layout));
  bag_jpeg_lossless_free (decoder);

  return 0;
}

static GByteArray *
make_seed (guint index)
{
  TestJpeg how = { TEST_ROWS, TEST_COLUMNS, 16, 1 + index % 7, index % 3, index % 4, index % 2 != 0 };
  GByteArray *seed = g_byte_array_new ();
  guint8 choice = (guint8) (index / 8);
  guint16 samples[TEST_PIXELS];

  test_fill_frame (index % 3, samples);
  if (choice != 0)
    {
      how.precision = 8;
      for (guint i = 0; i < TEST_PIXELS; i++)
        samples[i] &= 0xff;
    }
  g_byte_array_append (seed, &choice, 1);
  test_encode_jpeg (seed, &how, samples);

  return seed;
}

static GByteArray *
make_large_seed (guint index)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (index);
  GByteArray *seed = g_byte_array_new ();
  guint8 choice = 2 | (index & 1);
  RandomStream stream;

  random_stream (random, LARGE_ROWS, LARGE_COLUMNS, &stream);
  stream.precision = choice == 2 ? 16 : 8;
  stream.point_transform = 0;
  stream.restart_rows = index % 3 * 10;
  g_byte_array_append (seed, &choice, 1);
  random_put_stream (seed, random, &stream);

  return seed;
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint i = 0; i < 16; i++)
    g_ptr_array_add (seeds, make_seed (i));
  for (guint i = 0; i < 8; i++)
    g_ptr_array_add (seeds, make_large_seed (i));

  return seeds;
}
