/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"

#include "fake-decoder.h"
#include "obedience.h"

#include <sys/mman.h>
#include <unistd.h>

/* Threat reports over the socket, from a decoder that does what it should, and from others. */

typedef struct
{
  const char *action;
  BagDecoderKind kind;
  BagError error;
} Misdeed;

static const Misdeed misdeeds[] = {
  { "die", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "crash", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "garbage", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "short", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "kind", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "status", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "length", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "total", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "huge", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "chunk", BAG_DECODER_REPORT, BAG_ERROR_DECODER_DIED },
  { "total", BAG_DECODER_CHUNK, BAG_ERROR_DECODER_DIED },
  { "chunk", BAG_DECODER_CHUNK, BAG_ERROR_DECODER_DIED },
  { "fail", BAG_DECODER_REPORT, BAG_ERROR_MALFORMED },
};

static const BagDecoderDeadlines patient = {
  .header = 60 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

static void
assert_good (BagDecoderChild *child, int fd)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagReport) report = bag_decoder_child_read_report (child, fd, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (report->objects->len, ==, FAKE_N_OBJECTS);
  g_assert_cmpuint (((const BagReportObject *) g_ptr_array_index (report->objects, FAKE_N_OBJECTS - 1))->id, ==, FAKE_N_OBJECTS - 1);
}

static void
test_misdeed (gconstpointer data)
{
  const Misdeed *misdeed = data;
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("input", MFD_CLOEXEC);

  g_assert_cmpint (ftruncate (fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);
  bag_decoder_child_set_deadlines (child, &patient);
  obey (misdeed->action, misdeed->kind);
  g_assert_null (bag_decoder_child_read_report (child, fd, NULL, &error));
  g_assert_error (error, BAG_ERROR, (int) misdeed->error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, misdeed->error == BAG_ERROR_DECODER_DIED ? 1 : 0);

  behave ();
  if (misdeed->error == BAG_ERROR_DECODER_DIED)
    assert_good (child, fd);
  close (fd);
}

/* A report and a description do not get mixed up. */
static void
test_in_turn (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  int fd = memfd_create ("input", MFD_CLOEXEC);

  g_assert_cmpint (ftruncate (fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);
  bag_decoder_child_set_deadlines (child, &patient);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagDescription) description = bag_decoder_child_describe (child, fd, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (description->frames->len, ==, FAKE_N_FRAMES);
      assert_good (child, fd);
    }
  close (fd);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (misdeeds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/decoder-report/misdeed/%s-%u", misdeeds[i].action, misdeeds[i].kind);

      g_test_add_data_func (path, &misdeeds[i], test_misdeed);
    }
  g_test_add_func ("/decoder-report/in-turn", test_in_turn);
  result = g_test_run ();
  obedience_end ();

  return result;
}
