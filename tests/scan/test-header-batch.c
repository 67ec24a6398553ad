/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-header-batch.h"

#include "bag-test-fds.h"
#include "small-file.h"

#include <glib/gstdio.h>

/* Headers of many files, read by several processes at once. */

#define N_FILES 300u

typedef struct
{
  char *folder;
  GPtrArray *files;
  BagDecoder *decoder;
  GCancellable *cancellable;
  guint n_wanted; /* headers before the batch is closed */
  guint n_cancel; /* headers before it is given up */
} Fixture;

/* Each file tells its number by where its slice lies, and every seventh is a text. */
static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("bag-batch-XXXXXX", NULL);
  self->files = g_ptr_array_new_with_free_func (g_free);
  self->decoder = bag_decoder_new (3);
  self->cancellable = g_cancellable_new ();
  self->n_wanted = G_MAXUINT;
  self->n_cancel = G_MAXUINT;
  for (guint i = 0; i < N_FILES; i++)
    {
      const SmallFile file = { "1.2", i, (guint16) i, 16, i };
      g_autofree char *name = g_strdup_printf ("%u", i);

      g_ptr_array_add (self->files, small_file_write (self->folder, name, &file));
      if (i % 7 == 0)
        g_assert_true (g_file_set_contents (g_ptr_array_index (self->files, i), "text", -1, NULL));
    }
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->decoder);
  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->files);
  small_file_remove_all (self->folder);
  g_free (self->folder);
}

static void
check (const Fixture *self, const BagHeader *header, guint i)
{
  if (i >= self->n_cancel && bag_header_is_cancelled (header))
    return;

  if (i % 7 == 0)
    {
      g_assert_cmpint (header->kind, ==, BAG_HEADER_OTHER);
      g_assert_error (header->error, BAG_ERROR, BAG_ERROR_NOT_DICOM);
      return;
    }

  g_assert_cmpint (header->kind, ==, BAG_HEADER_IMAGE);
  g_assert_no_error (header->error);
  g_assert_cmpfloat (g_array_index (header->group->description->frames, BagFrame, 0).position[2], ==, i);
}

static void
read_all (BagDecoderChild *child, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (BagHeaderBatch) batch = bag_header_batch_new (self->files, self->decoder, self->cancellable);

  for (guint i = 0; i < MIN (N_FILES, self->n_wanted); i++)
    {
      g_autoptr (BagHeader) header = NULL;

      if (i == self->n_cancel)
        g_cancellable_cancel (self->cancellable);
      header = bag_header_batch_next (batch, child);
      g_assert_nonnull (header);
      check (self, header, i);
    }
  if (self->n_wanted > N_FILES)
    g_assert_null (bag_header_batch_next (batch, child));
}

/* Whoever read a file, the headers come in the order of the files, and none is lost. */
static void
test_order (Fixture *self, gconstpointer data)
{
  for (guint round = 0; round < 5; round++)
    bag_decoder_call (self->decoder, read_all, self);
}

/* Helpers that are at work, or have not begun, outlive the batch and do no harm. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  for (self->n_wanted = 0; self->n_wanted < 20; self->n_wanted++)
    bag_decoder_call (self->decoder, read_all, self);
}

static void
test_cancelled (Fixture *self, gconstpointer data)
{
  self->n_cancel = 20;
  bag_decoder_call (self->decoder, read_all, self);
}

/* The decoder goes while helpers are still queued. */
static void
test_decoder_goes (Fixture *self, gconstpointer data)
{
  guint n_fds;

  g_clear_object (&self->decoder);
  n_fds = bag_test_count_fds ();
  for (guint round = 0; round < 10; round++)
    {
      self->decoder = bag_decoder_new (2);
      self->n_wanted = 3;
      bag_decoder_call (self->decoder, read_all, self);
      g_assert_finalize_object (g_steal_pointer (&self->decoder));
    }
  g_assert_cmpuint (bag_test_count_fds (), ==, n_fds);
  self->decoder = bag_decoder_new (1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/header-batch/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/header-batch/closed", Fixture, NULL, set_up, test_closed, tear_down);
  g_test_add ("/header-batch/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/header-batch/decoder-goes", Fixture, NULL, set_up, test_decoder_goes, tear_down);

  return g_test_run ();
}
