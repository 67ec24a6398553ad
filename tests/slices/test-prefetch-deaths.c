/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "scan/bag-source.h"
#include "slices/bag-prefetcher.h"

#include "bag-test-wait.h"
#include "fake-decoder.h"
#include "obedience.h"

#include <glib/gstdio.h>

#include <unistd.h>

/* Slices whose decoder goes wrong: one that three decoders died of is left alone, one that the storage did not answer for is not. */

#define BAD 7000u
#define ELSEWHERE 100u
#define N_SLOTS 1u

typedef struct
{
  const char *action;
  gboolean is_death;
} Fault;

static const Fault faults[] = {
  { "crash", TRUE },
  { "die", TRUE },
  { "close", TRUE },
  { "garbage", TRUE },
  { "spin", TRUE },
  { "hang", FALSE }, /* the storage */
};

typedef struct
{
  char *folder; /* of its own: reports are looked for beside the file */
  char *path;
  BagDecoder *decoder;
  BagPool *pool;
  BagSliceCache *cache;
  BagPrefetcher *prefetcher;
  GPtrArray *scans;
} Fixture;

/* Long enough for a decoder that does what it should, on a busy machine. */
static void
be_impatient (BagDecoderChild *child, gpointer user_data)
{
  const BagDecoderDeadlines deadlines = {
    .header = 60 * G_USEC_PER_SEC,
    .slice = G_USEC_PER_SEC / 5,
    .stall = G_USEC_PER_SEC / 100,
    .silence = G_USEC_PER_SEC / 2,
    .cancelled = G_USEC_PER_SEC / 50,
  };

  bag_decoder_child_set_deadlines (child, &deadlines);
}

static void
open_file (BagDecoderChild *child, gpointer user_data)
{
  Fixture *self = user_data;
  g_autoptr (GError) error = NULL;

  self->scans = bag_source_open (self->path, child, NULL, &error);
  g_assert_no_error (error);
}

static void
start (Fixture *self)
{
  self->cache = bag_slice_cache_new (self->pool, FAKE_N_FRAMES);
  self->prefetcher = bag_prefetcher_new (g_ptr_array_index (self->scans, 0), self->pool, self->cache, self->decoder, 1);
}

static gboolean
is_quiet (Fixture *self)
{
  return bag_prefetcher_get_n_in_flight (self->prefetcher) == 0;
}

static void
stop (Fixture *self)
{
  bag_test_wait_until (is_quiet (self));
  bag_prefetcher_stop (self->prefetcher);
  g_assert_finalize_object (self->prefetcher);
  bag_slice_cache_free (self->cache);
}

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("bag-deaths-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "scan.dcs", NULL);
  g_assert_true (g_file_set_contents (self->path, "", 0, NULL));
  g_assert_cmpint (truncate (self->path, FAKE_N_FRAMES * FAKE_FRAME_BYTES), ==, 0);
  obey (((const Fault *) data)->action, BAG_DECODER_DECODE);
  self->decoder = bag_decoder_new (1);
  bag_decoder_call (self->decoder, be_impatient, NULL);
  bag_decoder_call (self->decoder, open_file, self);
  self->pool = bag_pool_new (FAKE_FRAME_BYTES, N_SLOTS, &error);
  g_assert_no_error (error);
  start (self);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  behave ();
  stop (self);
  g_assert_finalize_object (self->decoder);
  g_ptr_array_unref (self->scans);
  bag_pool_unref (self->pool);
  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
}

static BagSliceState
look_at (Fixture *self, guint index)
{
  bag_prefetcher_focus (self->prefetcher, index);
  bag_test_wait_until (is_quiet (self));

  return bag_prefetcher_get_state (self->prefetcher, index);
}

/* Three times in vain; and then decoders do what they should: the one that went wrong last was ended. */
static void
test_fault (Fixture *self, gconstpointer data)
{
  const Fault *fault = data;

  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpint (look_at (self, ELSEWHERE + i), ==, BAG_SLICE_STATE_FAILED);
      g_assert_cmpint (look_at (self, BAD), ==, BAG_SLICE_STATE_FAILED);
    }
  behave ();
  g_assert_cmpint (look_at (self, ELSEWHERE), ==, BAG_SLICE_STATE_READY);
  g_assert_cmpint (look_at (self, BAD), ==, fault->is_death ? BAG_SLICE_STATE_FAILED : BAG_SLICE_STATE_READY);
  if (!fault->is_death)
    return;

  /* The bag opened again begins anew. */
  stop (self);
  start (self);
  g_assert_cmpint (look_at (self, BAD), ==, BAG_SLICE_STATE_READY);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  obedience_begin ();
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strdup_printf ("/prefetch-deaths/%s", faults[i].action);

      g_test_add (path, Fixture, &faults[i], set_up, test_fault, tear_down);
    }
  result = g_test_run ();
  obedience_end ();

  return result;
}
