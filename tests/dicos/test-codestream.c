/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "description/bag-error.h"
#include "dicos/bag-codec.h"
#include "dicos/bag-codestream.h"

#include <string.h>

/* Frames that libraries decode: right, or refused; never something else. */

#define ROWS 13u
#define COLUMNS 11u
#define PIXELS (ROWS * COLUMNS)

typedef struct
{
  const char *name;
  BagFrameCodec codec;
  TestPicture picture;
  guint bits_allocated;
} Row;

#define PICTURE(...)                              \
  {                                               \
    .rows = ROWS, .columns = COLUMNS, __VA_ARGS__ \
  }

static const Row rows[] = {
  { "jpeg-ls/2-in-8", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 2), 8 },
  { "jpeg-ls/8", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 8), 8 },
  { "jpeg-ls/8-in-16", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 8), 16 },
  { "jpeg-ls/12", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 12), 16 },
  { "jpeg-ls/12-signed", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 12, .is_signed = TRUE), 16 },
  { "jpeg-ls/16", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 16), 16 },
  { "jpeg-ls/near", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 12, .near = 3), 16 },
  { "jpeg-2000/1", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 1), 8 },
  { "jpeg-2000/8", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 8), 8 },
  { "jpeg-2000/8-signed", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 8, .is_signed = TRUE), 8 },
  { "jpeg-2000/12", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 12), 16 },
  { "jpeg-2000/16", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 16), 16 },
  { "jpeg-2000/16-signed", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 16, .is_signed = TRUE), 16 },
  { "jpeg-2000/tiles", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 12, .tile = 8), 16 },
  { "jpeg-2000/boxes", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 12, .has_boxes = TRUE), 16 },
  { "jpeg-2000/lossy", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 12, .near = 200), 16 },
  { "jpeg/8", BAG_FRAME_CODEC_JPEG, PICTURE (.precision = 8, .near = 60), 8 },
  { "jpeg/8-in-16", BAG_FRAME_CODEC_JPEG, PICTURE (.precision = 8, .near = 60), 16 },
  { "jpeg/progressive", BAG_FRAME_CODEC_JPEG, PICTURE (.precision = 8, .near = 80, .n_scans = 9), 8 },
};

/* A ramp with some noise: something that lossy codecs keep, and every code. */
static void
fill (const TestPicture *picture, guint16 *samples)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (picture->precision);
  guint mask = (1u << picture->precision) - 1;

  for (guint i = 0; i < PIXELS; i++)
    {
      guint ramp = (i % COLUMNS + i / COLUMNS) * mask / (ROWS + COLUMNS);
      guint noise = g_rand_int (random) % (mask / 16 + 1);

      samples[i] = (guint16) (i % 11 == 0 && picture->near == 0 ? g_rand_int (random) & mask : (ramp + noise) & mask);
    }
}

static void
encode (const Row *row, const guint16 *samples, GByteArray *stream)
{
  if (row->codec == BAG_FRAME_CODEC_JPEG_LS)
    test_encode_jpeg_ls (stream, &row->picture, samples);
  else if (row->codec == BAG_FRAME_CODEC_JPEG_2000)
    test_encode_jpeg_2000 (stream, &row->picture, samples);
  else
    test_encode_jpeg_lossy (stream, &row->picture, samples);
}

static BagPixelLayout
get_layout (const Row *row)
{
  return (BagPixelLayout){
    .rows = ROWS,
    .columns = COLUMNS,
    .bits_allocated = (guint8) row->bits_allocated,
    .bits_stored = (guint8) row->picture.precision,
    .high_bit = (guint8) (row->picture.precision - 1),
    .is_signed = row->picture.is_signed,
  };
}

/* As an item of a file of its own, which ends where the item does. */
static gboolean
decode (BagFrameCodec codec, const BagPixelLayout *layout, const guint8 *data, guint size, guint8 *samples, GError **error)
{
  g_autofree guint8 *item = g_malloc (8 + (gsize) size);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (item, 8 + (gsize) size);
  g_autoptr (BagCodecScratch) scratch = bag_codec_scratch_new ();
  guint32 length = GUINT32_TO_LE (size);

  memcpy (item, "\xfe\xff\x00\xe0", 4);
  memcpy (item + 4, &length, 4);
  memcpy (item + 8, data, size);

  return bag_codec_decode (scratch, reader, codec, layout, 0, 8 + (guint64) size, samples, bag_pixel_layout_get_frame_bytes (layout), error);
}

static guint
get_sample (const BagPixelLayout *layout, const guint8 *samples, guint index)
{
  guint value = layout->bits_allocated == 8 ? samples[index] : (guint) samples[2 * index] | (guint) samples[2 * index + 1] << 8;

  return value & ((1u << layout->bits_stored) - 1);
}

static void
test_right (gconstpointer data)
{
  const Row *row = data;
  BagPixelLayout layout = get_layout (row);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint16 samples[PIXELS];
  guint8 out[2 * PIXELS];

  fill (&row->picture, samples);
  encode (row, samples, stream);
  decode (row->codec, &layout, stream->data, stream->len, out, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < PIXELS; i++)
    g_assert_cmpuint ((guint) ABS ((int) get_sample (&layout, out, i) - (int) samples[i]), <=, row->picture.near);
}

/* A frame that is cut is refused, unless all that is missing is behind its last sample. */
static void
test_cut (gconstpointer data)
{
  const Row *row = data;
  BagPixelLayout layout = get_layout (row);
  gsize size = bag_pixel_layout_get_frame_bytes (&layout);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autofree guint8 *wanted = g_malloc0 (size);
  guint16 samples[PIXELS];
  guint n_good = 0;

  fill (&row->picture, samples);
  encode (row, samples, stream);
  g_assert_true (decode (row->codec, &layout, stream->data, stream->len, wanted, NULL));
  for (guint n = 0; n < stream->len; n++)
    {
      g_autofree guint8 *out = g_malloc0 (size);
      g_autoptr (GError) error = NULL;

      if (decode (row->codec, &layout, stream->data, n, out, &error))
        {
          g_assert_cmpmem (out, size, wanted, size);
          n_good++;
        }
      else
        g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
    }
  g_assert_cmpuint (n_good, <=, 2);
}

static void
test_damaged (gconstpointer data)
{
  const Row *row = data;
  BagPixelLayout layout = get_layout (row);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[PIXELS];
  guint8 out[2 * PIXELS];

  fill (&row->picture, samples);
  encode (row, samples, stream);
  for (guint i = 0; i < stream->len; i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 bit = (guint8) (1u << (i % 8));

      stream->data[i] ^= bit;
      if (!decode (row->codec, &layout, stream->data, stream->len, out, &error))
        g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
      stream->data[i] ^= bit;
    }
}

/* What a scan can be beside what the frame is. */
static void
test_other_layout (gconstpointer data)
{
  const Row *row = data;
  BagPixelLayout good = get_layout (row);
  BagPixelLayout layouts[6];
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[PIXELS];
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (layouts); i++)
    layouts[i] = good;
  layouts[n++].rows++;
  layouts[n++].columns--;
  if (row->codec == BAG_FRAME_CODEC_JPEG_2000)
    layouts[n++].is_signed = !good.is_signed;
  if (good.bits_stored != good.bits_allocated && good.bits_stored > 2)
    {
      layouts[n].high_bit--;
      layouts[n++].bits_stored--;
      layouts[n++].high_bit++;
    }
  if (good.bits_stored > 8)
    layouts[n++] = (BagPixelLayout){ ROWS, COLUMNS, 8, 8, 7, good.is_signed, FALSE };

  fill (&row->picture, samples);
  encode (row, samples, stream);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      guint8 out[2 * (ROWS + 1) * COLUMNS];

      g_assert_false (decode (row->codec, &layouts[i], stream->data, stream->len, out, &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
    }
}

/* The same picture as 16 bits allocated, of which the header says how many are stored. */
static void
test_whole_cells (void)
{
  static const BagFrameCodec codecs[] = { BAG_FRAME_CODEC_JPEG_LS, BAG_FRAME_CODEC_JPEG_2000 };
  const BagPixelLayout layout = { ROWS, COLUMNS, 16, 12, 13, FALSE, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      const Row row = { "", codecs[i], PICTURE (.precision = 16), 16 };
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      guint16 samples[PIXELS];
      guint16 out[PIXELS];

      fill (&row.picture, samples);
      encode (&row, samples, stream);
      g_assert_true (decode (codecs[i], &layout, stream->data, stream->len, (guint8 *) out, NULL));
      for (guint k = 0; k < PIXELS; k++)
        g_assert_cmpuint (GUINT16_FROM_LE (out[k]), ==, samples[k]);
    }
}

/* Bytes between the last sample and the end of the image, as some encoders leave them. */
static void
test_jpeg_ls_padding (void)
{
  static const char *const paddings[] = { "\x00", "\xff", "\x00\x00", "\x00\x00\x00\x00" };
  static const guint lengths[] = { 1, 1, 2, 4 };
  const Row row = { "", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 12), 16 };
  BagPixelLayout layout = get_layout (&row);

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GByteArray) stream = g_byte_array_new ();
      g_autoptr (GError) error = NULL;
      guint16 samples[PIXELS];
      guint8 out[2 * PIXELS];

      fill (&row.picture, samples);
      encode (&row, samples, stream);
      g_byte_array_set_size (stream, stream->len - 2);
      g_byte_array_append (stream, (const guint8 *) paddings[i], lengths[i]);
      g_byte_array_append (stream, (const guint8 *) "\xff\xd9\x00", 3);
      decode (row.codec, &layout, stream->data, stream->len, out, &error);
      g_assert_no_error (error);
      for (guint k = 0; k < PIXELS; k++)
        g_assert_cmpuint (get_sample (&layout, out, k), ==, samples[k]);
    }
}

/* Each scan costs the decoder a pass over the picture, however little it holds. */
static void
check_scans (guint n_scans, gboolean is_read)
{
  const Row row = { "", BAG_FRAME_CODEC_JPEG, PICTURE (.precision = 8, .n_scans = n_scans), 8 };
  BagPixelLayout layout = get_layout (&row);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  guint16 samples[PIXELS];
  guint8 out[PIXELS];

  fill (&row.picture, samples);
  encode (&row, samples, stream);
  g_assert_cmpint (decode (row.codec, &layout, stream->data, stream->len, out, &error), ==, is_read);
  if (!is_read)
    g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
}

static void
test_too_many_scans (void)
{
  check_scans (99, TRUE);
  check_scans (127, FALSE);
}

/* An end of the image that is none, in a comment, does not make a cut frame whole. */
static void
test_jpeg_ls_end_in_comment (void)
{
  static const guint8 comment[] = { 0xff, 0xfe, 0, 4, 0xff, 0xd9 };
  const Row row = { "", BAG_FRAME_CODEC_JPEG_LS, PICTURE (.precision = 12), 16 };
  BagPixelLayout layout = get_layout (&row);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  g_autoptr (GByteArray) with_comment = g_byte_array_new ();
  guint16 samples[PIXELS];
  guint8 out[2 * PIXELS];

  fill (&row.picture, samples);
  encode (&row, samples, stream);
  g_byte_array_append (with_comment, stream->data, 2);
  g_byte_array_append (with_comment, comment, sizeof comment);
  g_byte_array_append (with_comment, stream->data + 2, stream->len - 2);
  g_assert_true (decode (row.codec, &layout, with_comment->data, with_comment->len, out, NULL));
  for (guint n = 0; n + 2 < with_comment->len; n++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (decode (row.codec, &layout, with_comment->data, n, out, &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_CORRUPT_FRAME);
    }
}

/* Without one of its tiles, and with one of them twice instead. */
static void
test_jpeg_2000_missing_tile (void)
{
  const Row row = { "", BAG_FRAME_CODEC_JPEG_2000, PICTURE (.precision = 12, .tile = 7), 16 };
  BagPixelLayout layout = get_layout (&row);
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  guint16 samples[PIXELS];
  guint8 out[2 * PIXELS];
  guint sot = 0;
  guint length = 0;

  fill (&row.picture, samples);
  encode (&row, samples, stream);
  while (memcmp (stream->data + sot, "\xff\x90\x00\x0a", 4) != 0)
    sot++;
  length = (guint) stream->data[sot + 8] << 8 | stream->data[sot + 9];
  stream->data[sot + 5] = 1;
  g_assert_false (decode (row.codec, &layout, stream->data, stream->len, out, NULL));
  g_byte_array_remove_range (stream, sot, length);
  g_assert_false (decode (row.codec, &layout, stream->data, stream->len, out, NULL));
}

/* The header of a frame alone: whole, cut at each byte, and hidden behind other segments. */
static void
test_header (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GByteArray) stream = g_byte_array_new ();
  BagCodestream codestream;
  guint16 samples[PIXELS];
  gboolean is_whole = FALSE;

  fill (&row->picture, samples);
  encode (row, samples, stream);
  for (guint n = 0; n <= stream->len; n++)
    {
      g_autofree guint8 *copy = g_memdup2 (stream->data, n);
      BagCodestreamState state = bag_codestream_read (&codestream, n > 0 ? copy : (const guint8 *) "", n);

      g_assert_cmpint (state, ==, is_whole || state == BAG_CODESTREAM_GOOD ? BAG_CODESTREAM_GOOD : BAG_CODESTREAM_CUT);
      is_whole = state == BAG_CODESTREAM_GOOD;
    }
  g_assert_true (is_whole);
  g_assert_cmpint (codestream.codec, ==, row->codec);
  g_assert_cmpuint (codestream.rows, ==, ROWS);
  g_assert_cmpuint (codestream.columns, ==, COLUMNS);
  g_assert_cmpuint (codestream.precision, ==, row->picture.precision);
  g_assert_cmpuint (codestream.components, ==, 1);
}

static void
add_rows (void)
{
  static const struct
  {
    const char *name;
    GTestDataFunc func;
  } tests[] = { { "right", test_right }, { "cut", test_cut }, { "damaged", test_damaged }, { "other-layout", test_other_layout }, { "header", test_header } };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint k = 0; k < G_N_ELEMENTS (tests); k++)
      {
        g_autofree char *path = g_strdup_printf ("/codestream/%s/%s", rows[i].name, tests[k].name);

        g_test_add_data_func (path, &rows[i], tests[k].func);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add_rows ();
  g_test_add_func ("/codestream/whole-cells", test_whole_cells);
  g_test_add_func ("/codestream/jpeg-ls-padding", test_jpeg_ls_padding);
  g_test_add_func ("/codestream/jpeg-ls-end-in-comment", test_jpeg_ls_end_in_comment);
  g_test_add_func ("/codestream/jpeg-2000-missing-tile", test_jpeg_2000_missing_tile);
  g_test_add_func ("/codestream/jpeg-too-many-scans", test_too_many_scans);

  return g_test_run ();
}
