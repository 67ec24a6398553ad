/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-decoder.h"
#include "misdeeds.h"
#include "obedience.h"

/* What the directory of a disc lists, over the socket, from decoders that do what they should not. */

static const Misdeed misdeeds[] = {
  { "die", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "garbage", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "kind", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "status", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "length", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "total", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "huge", BAG_DECODER_DIRECTORY, BAG_ERROR_DECODER_DIED },
  { "chunk", BAG_DECODER_CHUNK, BAG_ERROR_DECODER_DIED },
  { "fail", BAG_DECODER_DIRECTORY, BAG_ERROR_MALFORMED },
};

static gboolean
ask (BagDecoderChild *child, int fd, GError **error)
{
  g_autoptr (GPtrArray) ids = bag_decoder_child_read_directory (child, fd, NULL, error);

  if (ids == NULL)
    return FALSE;

  g_assert_cmpuint (ids->len, ==, FAKE_N_FILE_IDS);
  g_assert_cmpstr (g_ptr_array_index (ids, FAKE_N_FILE_IDS - 1), ==, FAKE_FILE_ID);

  return TRUE;
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  misdeeds_add ("decoder-directory", ask, misdeeds, G_N_ELEMENTS (misdeeds));
  result = g_test_run ();
  obedience_end ();

  return result;
}
