/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"
#include "random-streams.h"

#include "dicos/bag-codec-rle.h"

#include <string.h>

/* The first byte chooses between samples of 8 and 16 bits, and between a frame of few
 * samples and one of several blocks; the rest is the frame. The plain decoder must say
 * the same. */

#define LARGE_ROWS 47u
#define LARGE_COLUMNS 53u

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };
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
  is_sound = reference_decode_rle (data + 1, size - 1, &layout, wanted);
  g_assert_true (bag_codec_rle_decode (data + 1, size - 1, &layout, samples, NULL) == is_sound);
  if (is_sound)
    g_assert_cmpmem (samples, bag_pixel_layout_get_frame_bytes (&layout), wanted, bag_pixel_layout_get_frame_bytes (&layout));

  return 0;
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint8 i = 0; i < 2; i++)
    {
      GByteArray *seed = g_byte_array_new ();
      guint16 samples[TEST_PIXELS];

      test_fill_frame (i, samples);
      g_byte_array_append (seed, &i, 1);
      test_encode_rle (seed, samples, TEST_PIXELS);
      g_ptr_array_add (seeds, seed);
    }
  for (guint8 i = 2; i < 4; i++)
    {
      g_autoptr (GRand) random = g_rand_new_with_seed (i);
      GByteArray *seed = g_byte_array_new ();

      g_byte_array_append (seed, &i, 1);
      random_put_rle (seed, random, i == 2 ? 2 : 1, LARGE_ROWS * LARGE_COLUMNS);
      g_ptr_array_add (seeds, seed);
    }

  return seeds;
}
