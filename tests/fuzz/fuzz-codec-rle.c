/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-codec-rle.h"

/* The first byte chooses between samples of 8 and 16 bits; the rest is a frame. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };
  g_autofree guint8 *samples = NULL;

  if (size == 0)
    return 0;
  if ((data[0] & 1) != 0)
    layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 8, 8, 7, FALSE, FALSE };
  samples = g_malloc (bag_pixel_layout_get_frame_bytes (&layout));
  bag_codec_rle_decode (data + 1, size - 1, &layout, samples, NULL);

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

  return seeds;
}
