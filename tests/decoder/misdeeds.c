/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "misdeeds.h"

#include "fake-decoder.h"
#include "obedience.h"

#include <sys/mman.h>
#include <unistd.h>

/* Whatever a decoder does wrong with an answer, the caller is told, and the next decoder gives the right one. */

typedef struct
{
  MisdeedAsk ask;
  const Misdeed *misdeed; /* (not owned): of a table that stays */
} Case;

static const BagDecoderDeadlines patient = {
  .header = 60 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

/**
 * misdeeds_new_child:
 * @fd: (out): a file of the size that the fake decoder's description claims; close it
 *
 * Returns: (transfer full): a decoder that nobody hurries
 */
BagDecoderChild *
misdeeds_new_child (int *fd)
{
  BagDecoderChild *child = bag_decoder_child_new ();

  *fd = memfd_create ("input", MFD_CLOEXEC);
  g_assert_cmpint (ftruncate (*fd, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);
  bag_decoder_child_set_deadlines (child, &patient);

  return child;
}

static void
test_misdeed (gconstpointer data)
{
  const Case *self = data;
  gboolean is_end = self->misdeed->error == BAG_ERROR_DECODER_DIED;
  g_autoptr (GError) error = NULL;
  int fd = -1;
  g_autoptr (BagDecoderChild) child = misdeeds_new_child (&fd);

  obey (self->misdeed->action, self->misdeed->kind);
  g_assert_false (self->ask (child, fd, &error));
  g_assert_error (error, BAG_ERROR, (int) self->misdeed->error);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (child), ==, is_end ? 1 : 0);
  g_clear_error (&error);

  behave ();
  if (is_end)
    {
      g_assert_true (self->ask (child, fd, &error));
      g_assert_no_error (error);
    }
  close (fd);
}

/**
 * misdeeds_add:
 * @name: of the tests
 * @ask: what is asked for
 * @misdeeds: (array length=n_misdeeds): stay
 * @n_misdeeds: how many
 *
 * Adds a test for each.
 */
void
misdeeds_add (const char *name, MisdeedAsk ask, const Misdeed *misdeeds, guint n_misdeeds)
{
  for (guint i = 0; i < n_misdeeds; i++)
    {
      Case *one = g_new (Case, 1);
      g_autofree char *path = g_strdup_printf ("/%s/misdeed/%s-%u", name, misdeeds[i].action, misdeeds[i].kind);

      *one = (Case){ ask, &misdeeds[i] };
      g_test_add_data_func_full (path, one, test_misdeed, g_free);
    }
}
