/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"

#include "fake-decoder.h"
#include "obedience.h"

#include <sys/mman.h>
#include <unistd.h>

/* Lists of elements over the socket, from a decoder that does what it should, and from others. */

typedef struct
{
  const char *action;
  BagDecoderKind kind;
  BagError error;
} Misdeed;

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

static const BagDecoderDeadlines patient = {
  .header = 60 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

static void
assert_good (BagDecoderChild *child, int fd, gboolean reveal)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BagElementList) list = bag_decoder_child_list_elements (child, fd, reveal, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (list->rows->len, ==, FAKE_N_ELEMENTS);
  g_assert_cmpint (list->is_revealed, ==, reveal);
  g_assert_cmpstr (bag_element_list_get (list, FAKE_N_ELEMENTS - 1)->text, ==, FAKE_TEXT);
}

static void
test_misdeed (gconstpointer data)
{
  const Misdeed *misdeed = data;
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("input", MFD_CLOEXEC);

  bag_decoder_child_set_deadlines (child, &patient);
  obey (misdeed->action, misdeed->kind);
  g_assert_null (bag_decoder_child_list_elements (child, fd, FALSE, NULL, &error));
  g_assert_error (error, BAG_ERROR, (int) misdeed->error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, misdeed->error == BAG_ERROR_DECODER_DIED ? 1 : 0);

  behave ();
  if (misdeed->error == BAG_ERROR_DECODER_DIED)
    assert_good (child, fd, FALSE);
  close (fd);
}

static void
test_good (void)
{
  g_autoptr (BagDecoderChild) child = bag_decoder_child_new ();
  int fd = memfd_create ("input", MFD_CLOEXEC);

  bag_decoder_child_set_deadlines (child, &patient);
  assert_good (child, fd, FALSE);
  assert_good (child, fd, TRUE);
  assert_good (child, fd, FALSE);
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
      g_autofree char *path = g_strdup_printf ("/decoder-elements/misdeed/%s-%u", misdeeds[i].action, misdeeds[i].kind);

      g_test_add_data_func (path, &misdeeds[i], test_misdeed);
    }
  g_test_add_func ("/decoder-elements/good", test_good);

  result = g_test_run ();
  obedience_end ();

  return result;
}
