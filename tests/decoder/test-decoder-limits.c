/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"

#include "fake-decoder.h"
#include "obedience.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const BagPixelLayout layout = { .rows = 200, .columns = 300, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };

/* A decoder that does what it should gets all the time it needs on a busy machine. */
static const BagDecoderDeadlines patient = {
  .header = 60 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

static guint n_stalls;

static int
make_file (void)
{
  int fd = memfd_create ("input", MFD_CLOEXEC);

  g_assert_cmpint (ftruncate (fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);

  return fd;
}

static gboolean
decode (BagDecoderChild *child, int fd, const BagPixelLayout *of, GError **error)
{
  gsize bytes = (gsize) of->rows * of->columns * 2;
  g_autofree guint16 *values = g_malloc0 (bytes);

  return bag_decoder_child_decode (child, fd, BAG_FRAME_CODEC_RLE, of, 0, 100, values, bytes, NULL, error);
}

/* What a decoder may map follows from the slice: the same demand is too much for a small one. */
static void
test_memory (void)
{
#ifndef BAG_SANITIZED
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  BagPixelLayout large = layout;
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  bag_decoder_child_set_deadlines (child, &patient);
  large.rows = large.columns = 4000;
  obey ("allocate", BAG_DECODER_DECODE);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (decode (child, fd, &layout, &error));
      g_assert_error (error, BAG_ERROR, BAG_ERROR_MALFORMED);
      g_clear_error (&error);
      g_assert_true (decode (child, fd, &large, &error));
      g_assert_no_error (error);
    }
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 0);
  behave ();

  close (fd);
#else
  g_test_skip ("a sanitizer maps terabytes");
#endif
}

/* Told once when there is no progress, and once that the waiting is over; nobody is blamed. */
static void
note_change (gpointer child)
{
  g_test_message ("stalled: %d", bag_decoder_child_is_stalled (child));
  if (bag_decoder_child_is_stalled (child))
    n_stalls++;
}

static void
test_stalls (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  BagDecoderDeadlines deadlines = patient;
  g_autoptr (GError) error = NULL;
  int fd = make_file ();

  deadlines.stall = G_USEC_PER_SEC / 100;
  deadlines.silence = G_USEC_PER_SEC / 10;
  bag_decoder_child_set_deadlines (child, &deadlines);
  bag_decoder_child_watch (child, note_change, child);
  n_stalls = 0;
  obey ("hang", BAG_DECODER_DECODE);
  g_assert_false (decode (child, fd, &layout, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_TIMEOUT);
  behave ();

  g_assert_cmpuint (n_stalls, >, 0);
  g_assert_false (bag_decoder_child_is_stalled (child));
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 0);

  close (fd);
}

/* Both sides look at what came: a request with limits that nobody may set makes no sense. */
static void
test_request (void)
{
  BagDecoderRequest request = { .magic = BAG_DECODER_MAGIC, .kind = BAG_DECODER_DESCRIBE };

  bag_limits_init (&request.limits);
  g_assert_true (bag_decoder_request_check (&request, BAG_DECODER_MIN_HALF_BYTES, 1));
  for (guint i = 0; i < BAG_N_LIMITS; i++)
    {
      BagDecoderRequest other = request;

      other.limits.values[i] = 0;
      g_assert_false (bag_decoder_request_check (&other, BAG_DECODER_MIN_HALF_BYTES, 1));
    }
}

/* The fake decoder cares for no limit: the program holds it to those that it was told. */
static void
test_kept (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BagDescription) description = NULL;
  BagLimits limits;
  int fd = make_file ();

  bag_limits_init (&limits);
  bag_limits_set (&limits, BAG_LIMIT_FRAMES, FAKE_N_FRAMES);
  bag_limits_set (&limits, BAG_LIMIT_HEADER_TIME, 60000);
  bag_decoder_child_set_limits (child, &limits);
  description = bag_decoder_child_describe (child, fd, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (description->frames->len, ==, FAKE_N_FRAMES);

  bag_limits_set (&limits, BAG_LIMIT_FRAMES, FAKE_N_FRAMES - 1);
  bag_decoder_child_set_limits (child, &limits);
  g_assert_null (bag_decoder_child_describe (child, fd, NULL, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
  g_assert_cmpstr (error->message, ==, "The file has 20000 frames, more than the limit of 19999 (setting limit-frames)");
  g_clear_error (&error);

  bag_limits_set (&limits, BAG_LIMIT_FRAMES, FAKE_N_FRAMES);
  bag_limits_set (&limits, BAG_LIMIT_ROWS_COLUMNS, FAKE_COLUMNS - 1);
  bag_decoder_child_set_limits (child, &limits);
  g_assert_null (bag_decoder_child_describe (child, fd, NULL, &error));
  g_assert_cmpstr (error->message, ==, "The image has 3 rows and 5 columns, more than the limit of 4 (setting limit-rows-columns)");

  close (fd);
}

/* The deadlines are settings as well, and the message names the one that ended the decoder. */
static void
test_deadline (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  g_autoptr (GError) error = NULL;
  BagLimits limits;
  int fd = make_file ();

  bag_limits_init (&limits);
  bag_limits_set (&limits, BAG_LIMIT_SLICE_TIME, 150);
  bag_limits_set (&limits, BAG_LIMIT_PIXEL_TIME, 1000);
  bag_decoder_child_set_limits (child, &limits);
  obey ("spin", BAG_DECODER_DECODE);
  g_assert_false (decode (child, fd, &layout, &error));
  g_assert_error (error, BAG_ERROR, BAG_ERROR_TIMEOUT);
  g_assert_nonnull (strstr (error->message, "0.21 s of processor time (setting deadline-slice)"));
  behave ();
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, 1);

  close (fd);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  g_test_add_func ("/decoder-limits/memory", test_memory);
  g_test_add_func ("/decoder-limits/stalls", test_stalls);
  g_test_add_func ("/decoder-limits/request", test_request);
  g_test_add_func ("/decoder-limits/kept", test_kept);
  g_test_add_func ("/decoder-limits/deadline", test_deadline);
  result = g_test_run ();
  obedience_end ();

  return result;
}
