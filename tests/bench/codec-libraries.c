/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos-bytes.h"

#include "cli/bag-cli-bench.h"
#include "dicos/bag-codec.h"

#include <charls/charls.h>
#include <openjpeg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * `codec-libraries [--quick]`: one slice decoded from its item in a file to samples, beside a bare call of
 * the library that decodes it; in turns, by the time of this thread, so that the ratio holds on a
 * busy machine. With --quick too few rounds to mean anything.
 */

#define SIDE 512u
#define N_ROUNDS 15u
#define N_QUICK 1u

typedef struct
{
  const char *name;
  BagFrameCodec codec;
  void (*encode) (GByteArray *out, const TestPicture *how, const guint16 *samples);
  void (*decode_bare) (const guint8 *data, gsize size, guint8 *samples);
} Bench;

typedef struct
{
  const guint8 *data;
  gsize size, position;
} Memory;

static void
decode_jpeg_ls (const guint8 *data, gsize size, guint8 *samples)
{
  charls_jpegls_decoder *decoder = charls_jpegls_decoder_create ();

  g_assert_cmpint (charls_jpegls_decoder_set_source_buffer (decoder, data, size), ==, 0);
  g_assert_cmpint (charls_jpegls_decoder_read_header (decoder), ==, 0);
  g_assert_cmpint (charls_jpegls_decoder_decode_to_buffer (decoder, samples, 2 * SIDE * SIDE, 0), ==, 0);
  charls_jpegls_decoder_destroy (decoder);
}

static OPJ_SIZE_T
read_memory (void *buffer, OPJ_SIZE_T wanted, void *user_data)
{
  Memory *self = user_data;
  gsize n = MIN (wanted, self->size - self->position);

  memcpy (buffer, self->data + self->position, n);
  self->position += n;

  return n > 0 ? n : (OPJ_SIZE_T) -1;
}

static OPJ_OFF_T
skip_memory (OPJ_OFF_T n, void *user_data)
{
  ((Memory *) user_data)->position += (gsize) n;

  return n;
}

/* The samples stay in the library's own form. */
static void
decode_jpeg_2000 (const guint8 *data, gsize size, guint8 *samples)
{
  Memory memory = { data, size, 0 };
  opj_stream_t *stream = opj_stream_create (OPJ_J2K_STREAM_CHUNK_SIZE, OPJ_TRUE);
  opj_codec_t *codec = opj_create_decompress (OPJ_CODEC_J2K);
  opj_image_t *image = NULL;
  opj_dparameters_t parameters;

  opj_stream_set_user_data (stream, &memory, NULL);
  opj_stream_set_user_data_length (stream, size);
  opj_stream_set_read_function (stream, read_memory);
  opj_stream_set_skip_function (stream, skip_memory);
  opj_set_default_decoder_parameters (&parameters);
  g_assert_true (opj_setup_decoder (codec, &parameters));
  g_assert_true (opj_read_header (stream, codec, &image) && opj_decode (codec, stream, image));
  samples[0] = (guint8) image->comps[0].data[0];
  opj_image_destroy (image);
  opj_destroy_codec (codec);
  opj_stream_destroy (stream);
}

static const Bench benches[] = {
  { "jpeg-ls", BAG_FRAME_CODEC_JPEG_LS, test_encode_jpeg_ls, decode_jpeg_ls },
  { "jpeg-2000", BAG_FRAME_CODEC_JPEG_2000, test_encode_jpeg_2000, decode_jpeg_2000 },
};

/* Round shapes with noise, as slices have them. */
static void
fill (guint16 *samples)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < SIDE * SIDE; i++)
    {
      guint x = i % SIDE;
      guint y = i / SIDE;

      samples[i] = (guint16) ((x * x + y * y) / 16 % 30000 + g_rand_int (random) % 48);
    }
}

/* An item as it stands in a file. */
static GByteArray *
make_item (const Bench *bench)
{
  const TestPicture picture = { .rows = SIDE, .columns = SIDE, .precision = 16 };
  GByteArray *item = g_byte_array_new ();
  g_autofree guint16 *samples = g_new (guint16, SIDE * SIDE);
  guint32 length = 0;

  fill (samples);
  g_byte_array_append (item, (const guint8 *) "\xfe\xff\x00\xe0\0\0\0\0", 8);
  bench->encode (item, &picture, samples);
  length = GUINT32_TO_LE (item->len - 8);
  memcpy (item->data + 4, &length, 4);

  return item;
}

static double
get_thread_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const double *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static double
get_median (double *times, guint n)
{
  qsort (times, n, sizeof *times, compare_times);

  return times[n / 2];
}

static void
measure (const Bench *bench, guint n_rounds, GArray *results)
{
  const BagPixelLayout layout = { SIDE, SIDE, 16, 16, 15, FALSE, FALSE };
  g_autoptr (GByteArray) item = make_item (bench);
  g_autoptr (BagByteReader) reader = bag_byte_reader_new_for_memory (item->data, item->len);
  g_autoptr (BagCodecScratch) scratch = bag_codec_scratch_new ();
  g_autofree guint8 *samples = g_malloc (2 * SIDE * SIDE);
  BagCliBenchResult result = { .name = bench->name, .unit = "ms" };
  double times[N_ROUNDS], floors[N_ROUNDS];

  for (guint round = 0; round < n_rounds; round++)
    {
      double start = get_thread_ms ();

      g_assert_true (bag_codec_decode (scratch, reader, bench->codec, &layout, 0, item->len, samples, 2 * SIDE * SIDE, NULL));
      times[round] = get_thread_ms () - start;
      start = get_thread_ms ();
      bench->decode_bare (item->data + 8, item->len - 8, samples);
      floors[round] = get_thread_ms () - start;
    }

  result.value = get_median (times, n_rounds);
  result.floor = get_median (floors, n_rounds);
  g_array_append_val (results, result);
}

int
main (int argc, char *argv[])
{
  gboolean is_quick = argc == 2 && g_str_equal (argv[1], "--quick");
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));

  for (guint i = 0; i < G_N_ELEMENTS (benches); i++)
    measure (&benches[i], is_quick ? N_QUICK : N_ROUNDS, results);
  bag_cli_bench_print ("codec-libraries", results, TRUE);

  return EXIT_SUCCESS;
}
