/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-decoder.h"
#include "misdeeds.h"
#include "obedience.h"

#include <unistd.h>

/* Lists of elements over the socket, from a decoder that does what it should, and from others. */

static const Misdeed misdeeds[] = {
  { "die", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "garbage", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "kind", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "length", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "total", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "huge", BAG_DECODER_ELEMENTS, BAG_ERROR_DECODER_DIED },
  { "chunk", BAG_DECODER_CHUNK, BAG_ERROR_DECODER_DIED },
  { "reveal", BAG_DECODER_ELEMENTS, BAG_ERROR_MALFORMED }, /* what nobody asked for */
  { "fail", BAG_DECODER_ELEMENTS, BAG_ERROR_MALFORMED },
};

static gboolean
list_elements (BagDecoderChild *child, int fd, gboolean reveal, GError **error)
{
  g_autoptr (BagElementList) list = bag_decoder_child_list_elements (child, fd, reveal, NULL, error);

  if (list == NULL)
    return FALSE;

  g_assert_cmpuint (list->rows->len, ==, FAKE_N_ELEMENTS);
  g_assert_cmpint (list->is_revealed, ==, reveal);
  g_assert_cmpstr (bag_element_list_get (list, FAKE_N_ELEMENTS - 1)->text, ==, FAKE_TEXT);

  return TRUE;
}

static gboolean
ask (BagDecoderChild *child, int fd, GError **error)
{
  return list_elements (child, fd, FALSE, error);
}

static void
test_good (void)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;
  g_autoptr (BagDecoderChild) child = misdeeds_new_child (&fd);

  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (list_elements (child, fd, i == 1, &error));
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
  misdeeds_add ("decoder-elements", ask, misdeeds, G_N_ELEMENTS (misdeeds));
  g_test_add_func ("/decoder-elements/good", test_good);
  result = g_test_run ();
  obedience_end ();

  return result;
}
