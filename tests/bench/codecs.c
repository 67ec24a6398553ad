/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bench-config.h"

#include "cli/bag-cli-bench.h"
#include "description/bag-description.h"
#include "dicos/bag-codec-jpeg-lossless.h"
#include "dicos/bag-codec-rle.h"
#include "scan/bag-phantom.h"
#include "writer/bag-jpeg-lossless-encoder.h"
#include "writer/bag-rle-encoder.h"

#if BAG_HAVE_DCMTK
#include "bag-dcmtk-frame.h"
#endif

#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * `codecs [--quick | CODEC/CONTENT]`: what it takes to decode a frame of 512 x 512 samples of 16 bits,
 * beside DCMTK in the same process where that was found. The frames are compressed in
 * memory, before the clock starts; no file is read or written. Each frame is decoded by
 * one and the other in turns, so that both meet the same load; times are CPU times of
 * the thread, and a figure is the median of all frames and rounds. The floor is a plain
 * copy of the samples. With --quick too few rounds to mean anything. CODEC/CONTENT, such
 * as rle/bag, is the only one measured.
 */

#define COLUMNS 512u
#define ROWS 512u
#define N_SAMPLES (COLUMNS * ROWS)
#define FRAME_BYTES (N_SAMPLES * 2)
#define MAX_FRAMES 24u
#define SEED 1

typedef enum
{
  BENCH_BAG,   /* slices of the made-up bag */
  BENCH_NOISE, /* noise as in a scan of many photons, everywhere the same */
  BENCH_NOISIER,
  N_CONTENTS,
} BenchContent;

typedef struct
{
  const char *name;
  guint predictor; /* 0 for RLE */
} BenchCodec;

static const BenchCodec codecs[] = {
  { "jpeg-lossless", 1 },
  { "jpeg-lossless-predictor-4", 4 },
  { "jpeg-lossless-predictor-7", 7 },
  { "rle", 0 },
};

static const char *const contents[N_CONTENTS] = { "bag", "noise", "noisier" };

typedef struct
{
  const BenchCodec *codec;
  guint n_frames, n_rounds;

  /* Owned */
  char *prefix;
  guint16 *samples[MAX_FRAMES];
  GByteArray *frames[MAX_FRAMES];
  BagJpegLossless *decoder;
  guint8 *out;
  GArray *own, *dcmtk, *copy; /* milliseconds */
} Bench;

static double
get_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

static void
draw_noise (guint16 *samples, guint width, GRand *random)
{
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      guint sum = 1000;

      for (guint k = 0; k < 4; k++)
        sum += (guint) g_rand_int_range (random, 0, (gint32) width);
      samples[i] = (guint16) sum;
    }
}

static void
draw (guint16 *samples, BenchContent content, guint index, guint n_frames, GRand *random)
{
  g_autoptr (BagPhantom) phantom = NULL;

  if (content != BENCH_BAG)
    {
      draw_noise (samples, content == BENCH_NOISE ? 14 : 70, random);
      return;
    }
  phantom = bag_phantom_new (COLUMNS, ROWS, n_frames + 2, SEED, NULL);
  bag_phantom_draw_slice (phantom, index + 1, samples);
}

static void
bench_init (Bench *self, BenchContent content, const BenchCodec *codec, gboolean is_quick)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);

  *self = (Bench){ .codec = codec, .n_frames = is_quick ? 2 : MAX_FRAMES, .n_rounds = is_quick ? 1 : 15 };
  self->prefix = g_strconcat (codec->name, "/", contents[content], NULL);
  self->decoder = bag_jpeg_lossless_new ();
  self->out = g_malloc (FRAME_BYTES);
  self->own = g_array_new (FALSE, FALSE, sizeof (double));
  self->dcmtk = g_array_new (FALSE, FALSE, sizeof (double));
  self->copy = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < self->n_frames; i++)
    {
      self->samples[i] = g_new (guint16, N_SAMPLES);
      self->frames[i] = g_byte_array_new ();
      draw (self->samples[i], content, i, self->n_frames, random);
      if (codec->predictor == 0)
        bag_rle_encode (self->samples[i], COLUMNS, ROWS, self->frames[i]);
      else
        bag_jpeg_lossless_encode (self->samples[i], COLUMNS, ROWS, codec->predictor, FALSE, self->frames[i]);
    }
}

static void
bench_clear (Bench *self)
{
  for (guint i = 0; i < self->n_frames; i++)
    {
      g_free (self->samples[i]);
      g_byte_array_unref (self->frames[i]);
    }
  bag_jpeg_lossless_free (self->decoder);
  g_free (self->prefix);
  g_free (self->out);
  g_array_unref (self->own);
  g_array_unref (self->dcmtk);
  g_array_unref (self->copy);
}

/* A wrong picture would be no achievement. */
static void
note (Bench *self, GArray *times, double start, guint index)
{
  double time = get_time () - start;

  g_array_append_val (times, time);
  for (guint i = 0; i < N_SAMPLES; i++)
    g_assert_true (self->out[2 * i] == (self->samples[index][i] & 0xff) && self->out[2 * i + 1] == self->samples[index][i] >> 8);
  memset (self->out, 0, FRAME_BYTES);
}

static void
run_own (Bench *self, guint index)
{
  const BagPixelLayout layout = { ROWS, COLUMNS, 16, 16, 15, FALSE, FALSE };
  const GByteArray *frame = self->frames[index];
  double start = get_time ();

  if (self->codec->predictor == 0)
    bag_codec_rle_decode (frame->data, frame->len, &layout, self->out, NULL);
  else
    bag_jpeg_lossless_decode (self->decoder, frame->data, frame->len, &layout, self->out, NULL);
  note (self, self->own, start, index);
}

#if BAG_HAVE_DCMTK
static void
run_dcmtk (Bench *self, guint index)
{
  const GByteArray *frame = self->frames[index];
  BagDcmtkFrame *held = bag_dcmtk_frame_new (self->codec->predictor, COLUMNS, ROWS, frame->data, frame->len);
  double start = get_time ();

  bag_dcmtk_frame_decode (held, self->out, FRAME_BYTES);
  note (self, self->dcmtk, start, index);
  bag_dcmtk_frame_free (held);
}
#endif

static void
run_copy (Bench *self, guint index)
{
  double start = get_time ();

  memcpy (self->out, self->samples[index], FRAME_BYTES);
  note (self, self->copy, start, index);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a;
  double y = *(const double *) b;

  return (x > y) - (x < y);
}

static double
get_median (GArray *times)
{
  g_array_sort (times, compare_times);

  return g_array_index (times, double, times->len / 2);
}

static double
get_bits_per_sample (const Bench *self)
{
  double bytes = 0;

  for (guint i = 0; i < self->n_frames; i++)
    bytes += self->frames[i]->len;

  return bytes * 8 / N_SAMPLES / self->n_frames;
}

static void
add_result (const Bench *self, GArray *results, const char *what, double value, const char *unit, double floor)
{
  g_autofree char *name = g_strconcat (self->prefix, "/", what, NULL);
  const BagCliBenchResult result = { g_intern_string (name), unit, value, floor };

  g_array_append_val (results, result);
}

static gboolean
is_wanted (BenchContent content, const BenchCodec *codec, const char *only)
{
  g_autofree char *name = g_strconcat (codec->name, "/", contents[content], NULL);

  return only == NULL || g_str_equal (name, only);
}

static void
run (BenchContent content, const BenchCodec *codec, gboolean is_quick, GArray *results)
{
  Bench bench;
  double floor = 0;

  bench_init (&bench, content, codec, is_quick);
  for (guint round = 0; round < bench.n_rounds; round++)
    for (guint i = 0; i < bench.n_frames; i++)
      {
        run_own (&bench, i);
#if BAG_HAVE_DCMTK
        run_dcmtk (&bench, i);
#endif
        run_copy (&bench, i);
      }

  floor = get_median (bench.copy);
  add_result (&bench, results, "bits-per-sample", get_bits_per_sample (&bench), "bit", 0);
  add_result (&bench, results, "own", get_median (bench.own), "ms", floor);
  if (bench.dcmtk->len > 0)
    {
      add_result (&bench, results, "dcmtk", get_median (bench.dcmtk), "ms", floor);
      add_result (&bench, results, "dcmtk-to-own", get_median (bench.dcmtk) / get_median (bench.own), "times", 0);
    }
  bench_clear (&bench);
}

int
main (int argc, char *argv[])
{
  gboolean is_quick = argc == 2 && g_str_equal (argv[1], "--quick");
  const char *only = argc == 2 && !is_quick ? argv[1] : NULL;
  g_autoptr (GArray) results = g_array_new (FALSE, FALSE, sizeof (BagCliBenchResult));

  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    for (BenchContent content = 0; content < N_CONTENTS; content++)
      if (is_wanted (content, &codecs[i], only))
        run (content, &codecs[i], is_quick, results);
  bag_cli_bench_print ("codecs", results, TRUE);

  return EXIT_SUCCESS;
}
