/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "files-fixture.h"

static const guint64 large = 64u << 20;
static const guint64 sixteen = 16 * FILES_SLICE_BYTES;

static void
step_through (FilesFixture *self, const FilesBag *bag)
{
  for (guint i = 0; i < bag->n_slices; i++)
    files_go_to (self, i);
  for (guint i = bag->n_slices; i-- > 0;)
    files_go_to (self, i);
}

static void
check_syntax (FilesFixture *self, const char *syntax)
{
  const FilesBag *bag = files_make_bag (self, syntax, 40, 11);
  BagPoolStats stats;

  files_open (self, bag);
  step_through (self, bag);
  files_wait_all_ready (self);
  step_through (self, bag);
  g_assert_cmpuint (bag->n_drawn, >=, 4 * bag->n_slices);
  files_get_stats (self, &stats);
  g_assert_cmpuint (stats.n_slots, ==, bag->n_slices + 2);
  g_assert_cmpuint (stats.heap_fallbacks, ==, 0);
  g_assert_cmpuint (stats.evictions, ==, 0);
}

static void
test_explicit (FilesFixture *self, gconstpointer budget)
{
  check_syntax (self, "explicit");
}

static void
test_implicit (FilesFixture *self, gconstpointer budget)
{
  check_syntax (self, "implicit");
}

static void
test_rle (FilesFixture *self, gconstpointer budget)
{
  check_syntax (self, "rle");
}

static void
test_jpeg_lossless (FilesFixture *self, gconstpointer budget)
{
  check_syntax (self, "jpeg-lossless");
}

/* All that is in the pool is the bag on screen, whole and right. */
static void
check_alone (FilesFixture *self, const FilesBag *bag)
{
  BagPoolStats stats;

  files_wait_all_ready (self);
  g_assert_cmpstr (bag_session_get_bag_id (self->session), ==, bag->bag_id);
  step_through (self, bag);
  files_get_stats (self, &stats);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_READY] + stats.by_state[BAG_SLOT_SHOWN], ==, bag->n_slices);
  g_assert_cmpuint (stats.by_state[BAG_SLOT_SHOWN], ==, 1);
}

/* The first one is still being opened: nobody ever sees it. */
static void
test_second_at_once (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *first = files_make_bag (self, "jpeg-lossless", 300, 21);
  const FilesBag *second = files_make_bag (self, "rle", 20, 22);

  files_begin_open (self, first->path);
  g_assert_true (bag_session_get_loading (self->session));
  files_open (self, second);
  check_alone (self, second);
  g_assert_cmpuint (first->n_drawn, ==, 0);
  g_assert_cmpuint (second->n_drawn, >, 0);
}

/* The first one is on screen, and most of its slices are still to come. */
static void
test_second_while_loading (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *first = files_make_bag (self, "jpeg-lossless", 300, 31);
  const FilesBag *second = files_make_bag (self, "explicit", 300, 32);
  guint n_drawn = 0;

  files_open (self, first);
  bag_session_set_slice_index (self->session, 150);
  files_open (self, second);
  n_drawn = first->n_drawn;
  check_alone (self, second);
  g_assert_cmpuint (first->n_drawn, ==, n_drawn);
}

static void
test_sixteen_slots (FilesFixture *self, gconstpointer budget)
{
  const FilesBag *bag = files_make_bag (self, "jpeg-lossless", 100, 41);
  BagPoolStats stats;

  files_open (self, bag);
  step_through (self, bag);
  for (guint i = 0; i < bag->n_slices; i++)
    files_go_to (self, i * 37 % bag->n_slices);
  files_get_stats (self, &stats);
  g_assert_cmpuint (stats.n_slots, ==, 16);
  g_assert_cmpuint (stats.high_water, <=, 16);
  g_assert_cmpuint (stats.slots_new, <=, 16);
  g_assert_cmpuint (stats.evictions, >, 0);
  g_assert_cmpuint (stats.heap_fallbacks, ==, 0);
  g_assert_cmpuint (stats.bytes_reserved, >=, 16 * FILES_SLICE_BYTES);
}

/* Bags of one size take the same slots. */
static void
test_five_bags (FilesFixture *self, gconstpointer budget)
{
  BagPoolStats first = { 0 };
  BagPoolStats last = { 0 };

  for (guint i = 0; i < 5; i++)
    {
      const FilesBag *bag = files_make_bag (self, i % 2 == 0 ? "rle" : "implicit", 40, 51 + i);

      files_open (self, bag);
      check_alone (self, bag);
      files_get_stats (self, &last);
      if (i == 0)
        first = last;
    }
  g_assert_cmpuint (first.slots_new, ==, 40);
  g_assert_cmpuint (last.slots_new, ==, first.slots_new);
  g_assert_cmpuint (last.reuses, ==, 4 * 40);
  g_assert_cmpuint (last.scans, ==, 5);
  g_assert_cmpuint (last.divisions, ==, 0);
  g_assert_cmpuint (last.heap_fallbacks, ==, 0);
}

#define ADD(path, budget, function) g_test_add ("/session-files/" path, FilesFixture, &(budget), files_set_up, function, files_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("explicit", large, test_explicit);
  ADD ("implicit", large, test_implicit);
  ADD ("rle", large, test_rle);
  ADD ("jpeg-lossless", large, test_jpeg_lossless);
  ADD ("second-at-once", large, test_second_at_once);
  ADD ("second-while-loading", large, test_second_while_loading);
  ADD ("sixteen-slots", sixteen, test_sixteen_slots);
  ADD ("five-bags", large, test_five_bags);

  return g_test_run ();
}
