/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"
#include "decoder/bag-isolation-wish.h"

#include "bag-test-fds.h"
#include "fake-decoder.h"
#include "obedience.h"

#include <errno.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Each fault at each point of the conversation, from a decoder that is not shut
 * in and from one in namespaces of its own: the call says what went wrong, the
 * next one is served by a new decoder, and nothing is left behind.
 */
typedef struct
{
  const char *name;
  BagDecoderKind kind; /* the request that goes wrong; 0: none has come yet */
  guint n;             /* the how manieth of its kind */
} Point;

static const Point points[] = {
  { "start", (BagDecoderKind) 0, 1 },
  { "first-staging", BAG_DECODER_STAGING, 1 },
  { "next-staging", BAG_DECODER_STAGING, 2 },
  { "description", BAG_DECODER_DESCRIBE, 1 },
  { "next-description", BAG_DECODER_DESCRIBE, 2 },
  { "chunk-of-description", BAG_DECODER_CHUNK, 1 },
  { "report", BAG_DECODER_REPORT, 1 },
  { "chunk-of-report", BAG_DECODER_CHUNK, 3 },
  { "slice", BAG_DECODER_DECODE, 1 },
  { "next-slice", BAG_DECODER_DECODE, 2 },
};

typedef struct
{
  const char *action; /* of fake-decoder.c */
  int error;          /* BagError; FLOODED: none, but not a word of it is believed afterwards */
  guint n_deaths;
} Fault;

#define FLOODED -1

static const Fault faults[] = {
  { "die", BAG_ERROR_DECODER_DIED, 1 },
  { "crash", BAG_ERROR_DECODER_DIED, 1 },
  { "close", BAG_ERROR_DECODER_DIED, 1 },
  { "hang", BAG_ERROR_TIMEOUT, 0 },
  { "spin", BAG_ERROR_TIMEOUT, 1 },
  { "garbage", BAG_ERROR_DECODER_DIED, 1 },
  { "short", BAG_ERROR_DECODER_DIED, 1 },
  { "sequence", BAG_ERROR_DECODER_DIED, 1 },
  { "flood", FLOODED, 1 },
};

typedef struct
{
  const Point *point;
  const Fault *fault;
  const char *isolation;
} Trial;

/* Time counts only where it must run out. */
static BagDecoderDeadlines
get_deadlines (const Fault *fault)
{
  const gint64 never = 600 * (gint64) G_USEC_PER_SEC;
  gboolean spins = fault != NULL && g_str_equal (fault->action, "spin");
  gboolean hangs = fault != NULL && g_str_equal (fault->action, "hang");

  return (BagDecoderDeadlines){
    .header = spins ? G_USEC_PER_SEC / 50 : never,
    .slice = spins ? G_USEC_PER_SEC / 50 : never,
    .stall = never,
    .silence = hangs ? G_USEC_PER_SEC / 10 : never,
    .cancelled = never,
  };
}

static gboolean
decode (BagDecoderChild *child, int fd, guint16 side, GError **error)
{
  const BagPixelLayout layout = { .rows = side, .columns = side, .bits_allocated = 16, .bits_stored = 16, .high_bit = 15 };
  gsize bytes = (gsize) side * side * 2;
  g_autofree guint16 *values = g_malloc0 (bytes);

  if (!bag_decoder_child_decode (child, fd, BAG_FRAME_CODEC_RLE, &layout, 0, 10, values, bytes, NULL, error))
    return FALSE;
  g_assert_cmpuint (values[side], ==, side);

  return TRUE;
}

static gboolean
describe (BagDecoderChild *child, int fd, GError **error)
{
  g_autoptr (BagDescription) description = bag_decoder_child_describe (child, fd, NULL, error);

  return description != NULL && description->frames->len == FAKE_N_FRAMES;
}

static gboolean
read_report (BagDecoderChild *child, int fd, GError **error)
{
  g_autoptr (BagReport) report = bag_decoder_child_read_report (child, fd, NULL, error);

  return report != NULL && report->objects->len == FAKE_N_OBJECTS;
}

/* All that is ever said, in the order of the points. */
static gboolean
converse (BagDecoderChild *child, int fd, GError **error)
{
  return describe (child, fd, error) && describe (child, fd, error) && read_report (child, fd, error) && decode (child, fd, 20, error) && decode (child, fd, 30, error) && decode (child, fd, 1500, error);
}

/* A flood is noticed when it comes instead of an answer, or before the next call. */
static void
check_flooded (gboolean good, const GError *error)
{
  if (!good)
    g_assert_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  else
    g_assert_no_error (error);
}

static void
check_trial (const Trial *trial, int fd)
{
  BagDecoderChild *child = bag_decoder_child_new ();
  BagDecoderDeadlines deadlines = get_deadlines (trial->fault), patient = get_deadlines (NULL);
  g_autoptr (GError) error = NULL;
  gboolean good;

  obey_late (trial->fault->action, trial->point->kind, trial->point->n);
  bag_decoder_child_set_deadlines (child, &deadlines);
  good = converse (child, fd, &error);
  if (trial->fault->error == FLOODED)
    {
      check_flooded (good, error);
      good = TRUE;
    }
  else
    {
      g_assert_error (error, BAG_ERROR, trial->fault->error);
      g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, trial->fault->n_deaths);
    }

  behave ();
  bag_decoder_child_set_deadlines (child, &patient);
  g_clear_error (&error);
  if (trial->fault->error == FLOODED && !converse (child, fd, &error))
    g_assert_error (error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  g_clear_error (&error);
  g_assert_true (converse (child, fd, &error));
  g_assert_no_error (error);
  bag_decoder_child_free (child);
}

static void
test_trial (gconstpointer data)
{
  const Trial *trial = data;
  int fd = memfd_create ("input", MFD_CLOEXEC);
  guint n_fds = bag_test_count_fds ();

  g_assert_true (bag_isolation_wish_set (trial->isolation));
  g_assert_cmpint (ftruncate (fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);
  check_trial (trial, fd);

  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
  g_assert_cmpint (waitpid (-1, NULL, WNOHANG), ==, -1);
  g_assert_cmpint (errno, ==, ECHILD);
  close (fd);
}

static void
add_trials (const char *isolation)
{
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    for (guint j = 0; j < G_N_ELEMENTS (faults); j++)
      {
        g_autofree char *path = g_strdup_printf ("/decoder-points/%s/%s/%s", isolation, points[i].name, faults[j].action);
        Trial *trial = g_new (Trial, 1);

        *trial = (Trial){ &points[i], &faults[j], isolation };
        g_test_add_data_func_full (path, trial, test_trial, g_free);
      }
}

static gboolean
can_be_full (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  BagIsolation isolation = BAG_ISOLATION_OFF;

  bag_isolation_wish_set ("auto");
  bag_decoder_child_start (child);

  return bag_decoder_child_get_isolation (child, &isolation) && isolation == BAG_ISOLATION_FULL;
}

static void
skip_full (void)
{
  g_test_skip ("neither a sanitizer nor every system allows namespaces");
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  add_trials ("off");
  if (can_be_full ())
    add_trials ("full");
  else
    g_test_add_func ("/decoder-points/full", skip_full);
  result = g_test_run ();
  obedience_end ();

  return result;
}
