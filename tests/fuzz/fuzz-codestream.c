/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"
#include "fuzz.h"

#include "dicos/bag-codec-jpeg-2000.h"
#include "dicos/bag-codec-jpeg-ls.h"
#include "dicos/bag-codec-jpeg.h"

/* The codecs that libraries read: a target each, which FUZZ_CODEC names. The first byte chooses
 * between samples of 8 and more bits and, of JPEG 2000, whether they have a sign; the rest is a
 * frame. */

#define JPEG BAG_FRAME_CODEC_JPEG
#define JPEG_LS BAG_FRAME_CODEC_JPEG_LS
#define JPEG_2000 BAG_FRAME_CODEC_JPEG_2000

#define N_SEEDS (FUZZ_CODEC == JPEG_2000 ? 32 : 6)

static BagPixelLayout
choose_layout (guint8 choice)
{
  BagPixelLayout layout = { TEST_ROWS, TEST_COLUMNS, 16, 16, 15, FALSE, FALSE };

  if (FUZZ_CODEC == JPEG)
    layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 16, 12, 11, FALSE, FALSE };
  if ((choice & 1) != 0)
    layout = (BagPixelLayout){ TEST_ROWS, TEST_COLUMNS, 8, 8, 7, FALSE, FALSE };
  layout.is_signed = FUZZ_CODEC == JPEG_2000 && (choice & 2) != 0;

  return layout;
}

int
LLVMFuzzerTestOneInput (const unsigned char *data, size_t size)
{
  BagPixelLayout layout = choose_layout (size > 0 ? data[0] : 0);
  g_autofree guint8 *samples = NULL;
  BagCodestream stream;

  if (size == 0)
    return 0;
  if (bag_codestream_read (&stream, data + 1, size - 1) != BAG_CODESTREAM_GOOD || !bag_codestream_check (&stream, FUZZ_CODEC, &layout, NULL))
    return 0;

  samples = g_malloc (bag_pixel_layout_get_frame_bytes (&layout));
  if (FUZZ_CODEC == JPEG)
    bag_codec_jpeg_decode (data + 1, size - 1, &stream, &layout, samples, NULL);
  else if (FUZZ_CODEC == JPEG_LS)
    bag_codec_jpeg_ls_decode (data + 1, size - 1, &layout, samples, NULL);
  else
    bag_codec_jpeg_2000_decode (data + 1, size - 1, &stream, &layout, samples, NULL);

  return 0;
}

static TestPicture
choose_picture (guint8 index)
{
  static const guint bits[] = { 16, 8, 12, 2 };
  TestPicture picture = { .rows = TEST_ROWS, .columns = TEST_COLUMNS, .precision = 8 };

  if (FUZZ_CODEC == JPEG)
    picture.n_scans = (index & 2) != 0 ? 9 : 0;
  else if (FUZZ_CODEC == JPEG_LS)
    {
      picture.precision = bits[index % 4];
      picture.near = index / 4;
    }
  else
    {
      picture.precision = (index & 1) != 0 ? 8 : 16;
      picture.is_signed = (index & 2) != 0;
      picture.near = index & 4;
      picture.tile = (index & 8) != 0 ? 4 : 0;
      picture.has_boxes = (index & 16) != 0;
    }

  return picture;
}

static void
encode (GByteArray *out, const TestPicture *picture, const guint16 *samples)
{
  if (FUZZ_CODEC == JPEG)
    test_encode_jpeg_lossy (out, picture, samples);
  else if (FUZZ_CODEC == JPEG_LS)
    test_encode_jpeg_ls (out, picture, samples);
  else
    test_encode_jpeg_2000 (out, picture, samples);
}

GPtrArray *
fuzz_make_seeds (void)
{
  GPtrArray *seeds = fuzz_seeds_new ();

  for (guint8 i = 0; i < N_SEEDS; i++)
    {
      TestPicture picture = choose_picture (i);
      g_autoptr (GByteArray) seed = g_byte_array_new ();
      guint16 samples[TEST_PIXELS];

      test_fill_frame (i % 6, samples);
      for (guint k = 0; k < TEST_PIXELS; k++)
        samples[k] &= (guint16) ((1u << picture.precision) - 1);
      g_byte_array_append (seed, &i, 1);
      encode (seed, &picture, samples);
      fuzz_seeds_add (seeds, seed->data, seed->len);
    }

  return seeds;
}
