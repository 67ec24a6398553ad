/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-decoder.h"
#include "misdeeds.h"
#include "obedience.h"

#include <unistd.h>

/* Threat reports over the socket, from a decoder that does what it should, and from others. */

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

static gboolean
ask (BagDecoderChild *child, int fd, GError **error)
{
  g_autoptr (BagReport) report = bag_decoder_child_read_report (child, fd, NULL, error);

  if (report == NULL)
    return FALSE;

  g_assert_cmpuint (report->objects->len, ==, FAKE_N_OBJECTS);
  g_assert_cmpuint (((const BagReportObject *) g_ptr_array_index (report->objects, FAKE_N_OBJECTS - 1))->id, ==, FAKE_N_OBJECTS - 1);

  return TRUE;
}

/* A report and a description do not get mixed up. */
static void
test_in_turn (void)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;
  g_autoptr (BagDecoderChild) child = misdeeds_new_child (&fd);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (BagDescription) description = bag_decoder_child_describe (child, fd, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (description->frames->len, ==, FAKE_N_FRAMES);
      g_assert_true (ask (child, fd, &error));
      g_assert_no_error (error);
    }
  close (fd);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  misdeeds_add ("decoder-report", ask, misdeeds, G_N_ELEMENTS (misdeeds));
  g_test_add_func ("/decoder-report/in-turn", test_in_turn);
  result = g_test_run ();
  obedience_end ();

  return result;
}
