/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "decoder/bag-decoder-child.h"

#include "bag-test-fds.h"
#include "fake-decoder.h"
#include "obedience.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Several files with one request, of a decoder that does what it is told. */

#define N_FILES 5u
#define POISON 2u /* number of a file */

/* Only what it used up counts, so that a busy machine makes nothing fail; and it is as much as
 * honest work needs that is watched for races as well. */
static const BagDecoderDeadlines impatient = {
  .header = 3 * G_USEC_PER_SEC,
  .slice = 60 * G_USEC_PER_SEC,
  .stall = 60 * G_USEC_PER_SEC,
  .silence = 60 * G_USEC_PER_SEC,
  .cancelled = G_USEC_PER_SEC / 50,
};

typedef struct
{
  BagDecoderChild *child;
  BagDecoderFile files[BAG_DECODER_MAX_FILES];
  guint n_fds;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->n_fds = bag_test_count_fds ();
  self->child = bag_decoder_child_new ();
  bag_decoder_child_set_deadlines (self->child, &impatient);
  for (guint i = 0; i < BAG_DECODER_MAX_FILES; i++)
    {
      self->files[i].fd = memfd_create ("input", MFD_CLOEXEC);
      self->files[i].size = FAKE_N_FRAMES * FAKE_FRAME_BYTES;
      g_assert_cmpint (ftruncate (self->files[i].fd, (off_t) self->files[i].size), ==, 0);
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  behave ();
  bag_decoder_child_free (self->child);
  for (guint i = 0; i < BAG_DECODER_MAX_FILES; i++)
    {
      g_clear_pointer (&self->files[i].description, bag_description_free);
      g_clear_error (&self->files[i].error);
      close (self->files[i].fd);
    }
  g_assert_cmpuint (bag_test_count_fds (), ==, self->n_fds);
}

static void
assert_frames (const BagDecoderFile *file, guint n_frames)
{
  g_assert_no_error (file->error);
  g_assert_nonnull (file->description);
  g_assert_cmpuint (file->description->frames->len, ==, n_frames);
}

static void
test_together (Fixture *self, gconstpointer data)
{
  bag_decoder_child_describe_all (self->child, self->files, BAG_DECODER_MAX_FILES, NULL);
  for (guint i = 0; i < BAG_DECODER_MAX_FILES; i++)
    {
      const BagDecoderFile *file = &self->files[i];

      if (i % 3 == 0)
        assert_frames (file, 1);
      else if (i % 3 == 2)
        assert_frames (file, FAKE_N_FRAMES);
      else
        {
          g_assert_null (file->description);
          g_assert_error (file->error, BAG_ERROR, BAG_ERROR_MALFORMED);
          g_assert_true (g_str_has_prefix (file->error->message, "This"));
          g_assert_true (g_utf8_validate (file->error->message, -1, NULL));
          g_assert_null (strchr (file->error->message, '\033'));
        }
    }
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (self->child), ==, 0);
}

/* A description that lies counts for nothing, and only its file suffers. */
static void
test_checked (Fixture *self, gconstpointer data)
{
  self->files[0].size = FAKE_FRAME_BYTES - 1;
  bag_decoder_child_describe_all (self->child, self->files, N_FILES, NULL);
  g_assert_null (self->files[0].description);
  g_assert_error (self->files[0].error, BAG_ERROR, BAG_ERROR_MALFORMED);
  assert_frames (&self->files[3], 1);
}

/* No word of a failed request is taken, and each file is asked for alone. */
static void
test_misdeed (Fixture *self, gconstpointer action)
{
  obey (action, BAG_DECODER_DESCRIBE_ALL);
  bag_decoder_child_describe_all (self->child, self->files, N_FILES, NULL);
  for (guint i = 0; i < N_FILES; i++)
    assert_frames (&self->files[i], FAKE_N_FRAMES);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (self->child), ==, 1);
}

/* One file that ends the decoder costs itself alone. */
static void
test_poison (Fixture *self, gconstpointer data)
{
  g_assert_cmpint (ftruncate (self->files[POISON].fd, FAKE_POISON_BYTES), ==, 0);
  bag_decoder_child_describe_all (self->child, self->files, N_FILES, NULL);
  for (guint i = 0; i < N_FILES; i++)
    if (i != POISON)
      assert_frames (&self->files[i], FAKE_N_FRAMES);
  g_assert_null (self->files[POISON].description);
  g_assert_error (self->files[POISON].error, BAG_ERROR, BAG_ERROR_DECODER_DIED);
  g_assert_cmpuint (bag_decoder_child_get_n_deaths (self->child), ==, 2);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  bag_decoder_child_describe_all (self->child, self->files, N_FILES, cancellable);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_assert_null (self->files[i].description);
      g_assert_error (self->files[i].error, BAG_ERROR, BAG_ERROR_CANCELLED);
    }
}

static void
add_misdeeds (void)
{
  static const char *const actions[] = { "die", "crash", "spin", "garbage", "short", "long", "magic", "sequence", "kind", "status", "length", "total", "huge", "chunk", "part-length", "part-status", "part-cancelled", "part-alone", "part-few", "part-many" };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autofree char *path = g_strconcat ("/decoder-files/misdeed/", actions[i], NULL);

      g_test_add (path, Fixture, actions[i], set_up, test_misdeed, tear_down);
    }
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  g_test_add ("/decoder-files/together", Fixture, NULL, set_up, test_together, tear_down);
  g_test_add ("/decoder-files/checked", Fixture, NULL, set_up, test_checked, tear_down);
  add_misdeeds ();
  g_test_add ("/decoder-files/poison", Fixture, NULL, set_up, test_poison, tear_down);
  g_test_add ("/decoder-files/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  result = g_test_run ();
  obedience_end ();

  return result;
}
