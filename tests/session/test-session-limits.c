/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "files-fixture.h"

/* Limits that change while a bag is on screen. */

#define N_SLICES 60u

static const guint64 sixteen = 16 * FILES_SLICE_BYTES;

static void
set_limit (FilesFixture *self, BagLimit limit, guint32 value)
{
  BagLimits limits = *bag_session_get_limits (self->session);

  bag_limits_set (&limits, limit, value);
  bag_session_set_limits (self->session, &limits);
}

static void
expect_message (FilesFixture *self, const FilesBag *bag, const char *message)
{
  files_begin_open (self, bag->path);
  bag_test_wait_until (!bag_session_get_loading (self->session));
  g_assert_cmpstr (bag_session_get_message (self->session), ==, message);
}

/* The bag on screen goes on as it was opened; the next one is measured by what holds now. */
static void
test_next (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *bag = files_make_bag (self, "rle", N_SLICES, 11);
  const FilesBag *next = files_make_bag (self, "jpeg-lossless", N_SLICES, 12);

  files_open (self, bag);
  set_limit (self, BAG_LIMIT_FRAMES, N_SLICES - 1);
  set_limit (self, BAG_LIMIT_ROWS_COLUMNS, 8);
  expect_message (self, next, "Cannot open “bag-12.dcs”: The image has 48 rows and 64 columns, more than the limit of 8 (setting limit-rows-columns). Raise that setting if you trust the file, or export a smaller scan.");
  for (guint i = 0; i < N_SLICES; i++)
    files_go_to (self, i);
  g_assert_cmpstr (bag_session_get_bag_id (self->session), ==, bag->bag_id);

  set_limit (self, BAG_LIMIT_ROWS_COLUMNS, 64);
  expect_message (self, next, "Cannot open “bag-12.dcs”: The file has 60 frames, more than the limit of 59 (setting limit-frames). Raise that setting if you trust the file, or export a smaller scan.");
  set_limit (self, BAG_LIMIT_FRAMES, N_SLICES);
  files_open (self, next);
  for (guint i = 0; i < N_SLICES; i++)
    files_go_to (self, i);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/session-limits/next", FilesFixture, &sixteen, files_set_up, test_next, files_tear_down);

  return g_test_run ();
}
