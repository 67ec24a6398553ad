/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "description/bag-error.h"
#include "dicos/bag-codec-jpeg-lossless.h"
#include "dicos/bag-codec-rle.h"

#include <string.h>

static void
fill_random (guint16 *samples, guint n, guint precision, GRand *random)
{
  for (guint i = 0; i < n; i++)
    samples[i] = (guint16) (g_rand_int (random) >> (32 - precision));
}

static void
check_jpeg (const TestJpeg *how, const guint16 *samples)
{
  BagPixelLayout layout = { .rows = (guint16) how->rows, .columns = (guint16) how->columns, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  BagJpegLossless *decoder = bag_jpeg_lossless_new ();
  g_autoptr (GError) error = NULL;
  guint n = how->rows * how->columns;
  g_autofree guint16 *out = g_new (guint16, n);

  test_encode_jpeg (stream, how, samples);
  bag_jpeg_lossless_decode (decoder, stream->data, stream->len, &layout, (guint8 *) out, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (GUINT16_FROM_LE (out[i]), ==, samples[i] >> how->point_transform << how->point_transform);
  bag_jpeg_lossless_free (decoder);
}

/* Noise reaches every category, the one without extra bits (32768) included. */
static void
test_jpeg_all (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint16 samples[23 * 19];

  for (guint predictor = 1; predictor <= 7; predictor++)
    for (guint precision = 2; precision <= 16; precision++)
      {
        TestJpeg how = { 23, 19, precision, predictor, 0, 0, FALSE };

        fill_random (samples, G_N_ELEMENTS (samples), precision, random);
        check_jpeg (&how, samples);
        how.point_transform = precision / 2;
        check_jpeg (&how, samples);
        how.restart_rows = 2;
        check_jpeg (&how, samples);
        how.point_transform = 0;
        how.long_codes = precision < 16;
        check_jpeg (&how, samples);
      }
}

static void
test_jpeg_half (void)
{
  const TestJpeg how = { 1, 4, 16, 1, 0, 0, FALSE };
  const guint16 samples[] = { 0, 32768, 0, 65535 };

  check_jpeg (&how, samples);
}

static void
test_jpeg_widths (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (8);
  guint16 samples[40 * 3];

  for (guint columns = 1; columns <= 40; columns++)
    {
      const TestJpeg how = { 3, columns, 12, 1 + columns % 7, 0, 0, TRUE };

      fill_random (samples, G_N_ELEMENTS (samples), 12, random);
      check_jpeg (&how, samples);
    }
}

static int
decode_changed (GByteArray *stream, const BagPixelLayout *layout)
{
  BagJpegLossless *decoder = bag_jpeg_lossless_new ();
  g_autofree guint8 *out = g_malloc (bag_pixel_layout_get_frame_bytes (layout));
  g_autoptr (GError) error = NULL;

  bag_jpeg_lossless_decode (decoder, stream->data, stream->len, layout, out, &error);
  bag_jpeg_lossless_free (decoder);
  g_assert_true (error == NULL || error->domain == BAG_ERROR);

  return error != NULL ? error->code : -1;
}

static void
test_jpeg_other_layout (void)
{
  const TestJpeg how = { 4, 5, 16, 1, 0, 0, FALSE };
  const BagPixelLayout layouts[] = {
    { 5, 4, 16, 16, 15, FALSE, FALSE },
    { 4, 6, 16, 16, 15, FALSE, FALSE },
    { 4, 5, 8, 8, 7, FALSE, FALSE },
  };
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[20];

  test_fill_frame (0, samples);
  test_encode_jpeg (stream, &how, samples);
  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    g_assert_cmpint (decode_changed (stream, &layouts[i]), ==, BAG_ERROR_CORRUPT_FRAME);
}

static void
test_jpeg_damaged (void)
{
  const TestJpeg how = { 4, 5, 16, 6, 0, 2, FALSE };
  const BagPixelLayout layout = { 4, 5, 16, 16, 15, FALSE, FALSE };
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[20];

  test_fill_frame (0, samples);
  test_encode_jpeg (stream, &how, samples);
  for (guint i = 0; i < stream->len; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        stream->data[i] ^= (guint8) (1u << bit);
        decode_changed (stream, &layout);
        stream->data[i] ^= (guint8) (1u << bit);
      }
  while (stream->len > 3)
    {
      g_byte_array_set_size (stream, stream->len - 1);
      if (stream->len < 100)
        g_assert_cmpint (decode_changed (stream, &layout), ==, BAG_ERROR_CORRUPT_FRAME);
      else
        decode_changed (stream, &layout);
    }
}

static const BagPixelLayout rle_layout = { 2, 3, 16, 16, 15, FALSE, FALSE };

static int
decode_rle (const char *most, gsize n_most, const char *least, gsize n_least, guint8 *out)
{
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint32 head[16] = { GUINT32_TO_LE (2), GUINT32_TO_LE (64), GUINT32_TO_LE ((guint32) (64 + n_most)) };

  g_byte_array_append (stream, (const guint8 *) head, sizeof head);
  g_byte_array_append (stream, (const guint8 *) most, (guint) n_most);
  g_byte_array_append (stream, (const guint8 *) least, (guint) n_least);
  bag_codec_rle_decode (stream->data, stream->len, &rle_layout, out, &error);

  return error != NULL ? error->code : -1;
}

#define S(text) (text), sizeof (text) - 1

static void
test_rle (void)
{
  guint8 out[12];

  /* A run of 4 and two literals; a no-op, then six literals and one byte of padding. */
  g_assert_cmpint (decode_rle (S ("\xfd\x01\x01\x02\x03"), S ("\x80\x05"
                                                              "abcdef\x00"),
                               out),
                   ==,
                   -1);
  g_assert_cmpmem (out, 12, "a\x01"
                            "b\x01"
                            "c\x01"
                            "d\x01"
                            "e\x02"
                            "f\x03",
                   12);
  g_assert_cmpint (decode_rle (S ("\xfd\x01\x01\x02"), S ("\x05"
                                                          "abcdef"),
                               out),
                   ==,
                   BAG_ERROR_CORRUPT_FRAME);
  g_assert_cmpint (decode_rle (S ("\xfa\x01"), S ("\x05"
                                                  "abcdef"),
                               out),
                   ==,
                   BAG_ERROR_CORRUPT_FRAME);
  g_assert_cmpint (decode_rle (S ("\xfb"), S ("\x05"
                                              "abcdef"),
                               out),
                   ==,
                   BAG_ERROR_CORRUPT_FRAME);
  g_assert_cmpint (decode_rle (S ("\xfb\x01"), S ("\x04"
                                                  "abcde"),
                               out),
                   ==,
                   BAG_ERROR_CORRUPT_FRAME);
  g_assert_cmpint (decode_rle (S (""), S ("\x05"
                                          "abcdef"),
                               out),
                   ==,
                   BAG_ERROR_CORRUPT_FRAME);
}

static void
test_rle_header (void)
{
  static const guint32 heads[][3] = { { 1, 64, 0 }, { 3, 64, 70 }, { 2, 60, 70 }, { 2, 64, 5000 }, { 2, 80, 70 }, { 0xffffffffu, 64, 70 } };
  guint8 data[128] = { 0 };
  guint8 out[12];

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GError) error = NULL;

      for (guint k = 0; k < 3; k++)
        for (guint byte = 0; byte < 4; byte++)
          data[4 * k + byte] = (guint8) (heads[i][k] >> (8 * byte));
      g_assert_false (bag_codec_rle_decode (data, sizeof data, &rle_layout, out, &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/codec/jpeg/all", test_jpeg_all);
  g_test_add_func ("/codec/jpeg/half", test_jpeg_half);
  g_test_add_func ("/codec/jpeg/widths", test_jpeg_widths);
  g_test_add_func ("/codec/jpeg/other-layout", test_jpeg_other_layout);
  g_test_add_func ("/codec/jpeg/damaged", test_jpeg_damaged);
  g_test_add_func ("/codec/rle/runs", test_rle);
  g_test_add_func ("/codec/rle/header", test_rle_header);

  return g_test_run ();
}
