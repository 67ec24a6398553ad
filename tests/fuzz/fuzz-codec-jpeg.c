/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-codec-jpeg.h"

/* The first byte chooses between samples of 8 and 16 bits; the rest is a frame. */

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 12, 11, FALSE, FALSE };
  g_autofree guint8 *samples = NULL;
  BagCodestream codestream;

  if (size == 0)
    return 0;
  if ((data[0] & 1) != 0)
    layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 8, 8, 7, FALSE, FALSE };
  if (bag_codestream_read (&codestream, data + 1, size - 1) != BAG_CODESTREAM_GOOD || !bag_codestream_check (&codestream, BAG_FRAME_CODEC_JPEG, &layout, NULL))
    return 0;

  samples = g_malloc (bag_pixel_layout_get_frame_bytes (&layout));
  bag_codec_jpeg_decode (data + 1, size - 1, &codestream, &layout, samples, NULL);

  return 0;
}

static GByteArray *
make_seed (guint8 index)
{
  TestPicture picture = { .rows = TEST_ROWS, .columns = TEST_COLUMNS, .precision = 8, .n_scans = (index & 2) != 0 ? 9 : 0 };
  GByteArray *seed = g_byte_array_new ();
  guint16 samples[TEST_PIXELS];

  test_fill_frame (index, samples);
  for (guint i = 0; i < TEST_PIXELS; i++)
    samples[i] &= 0xff;
  g_byte_array_append (seed, &index, 1);
  test_encode_jpeg_lossy (seed, &picture, samples);

  return seed;
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_byte_array_unref);

  for (guint8 i = 0; i < 4; i++)
    g_ptr_array_add (seeds, make_seed (i));

  return seeds;
}
