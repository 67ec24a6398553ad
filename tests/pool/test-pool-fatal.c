/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

/* The pool as a debug build has it: each mistake of a caller ends the program, and says why. */

#ifndef BAG_POOL_FATAL
#error "This is to be built with a pool whose mistakes are fatal."
#endif

#define SLOT_SIZE 1000

static void
assert_dies (const char *pattern)
{
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr (pattern);
}

static void
test_doubled (void)
{
  if (g_test_subprocess ())
    {
      BagPool *pool = new_pool (SLOT_SIZE, 4);
      BagSlice *slice = acquire (pool, BAG_POOL_CLASS_VIEW);

      bag_slice_unref (slice);
      bag_slice_unref (slice);
      return;
    }
  assert_dies ("*Slot 0, generation 1: a slot is given back twice*");
}

static void
test_stale (void)
{
  if (g_test_subprocess ())
    {
      BagPool *pool = new_pool (SLOT_SIZE, 1);
      BagSlice *old = acquire (pool, BAG_POOL_CLASS_VIEW);

      bag_slice_unref (old);
      acquire (pool, BAG_POOL_CLASS_VIEW);
      bag_slice_unref (old);
      return;
    }
  assert_dies ("*a handle is used whose slot has been given back*");
}

static void
test_illegal (void)
{
  if (g_test_subprocess ())
    {
      BagSlice *slice = acquire (new_pool (SLOT_SIZE, 4), BAG_POOL_CLASS_VIEW);

      bag_slice_set_shown (slice, TRUE);
      return;
    }
  assert_dies ("*a slot cannot change to that state*");
}

static void
test_foreign (void)
{
  if (g_test_subprocess ())
    {
      BagPool *pool = new_pool (SLOT_SIZE, 4);

      bag_pool_find_slice (pool, &pool);
      return;
    }
  assert_dies ("*an address belongs to no slice*");
}

static void
test_interior (void)
{
  if (g_test_subprocess ())
    {
      BagPool *pool = new_pool (SLOT_SIZE, 4);
      guint8 *data = bag_slice_get_data (acquire (pool, BAG_POOL_CLASS_VIEW));

      bag_pool_find_slice (pool, data + 1);
      return;
    }
  assert_dies ("*an address is inside of a slice*");
}

/* To be refused is no mistake. */
static void
test_refusals_are_none (void)
{
  g_autoptr (BagPool) pool = new_pool (SLOT_SIZE, 1);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);

  assert_refused (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE, BAG_POOL_ERROR_EXHAUSTED);
  assert_refused (pool, BAG_POOL_CLASS_VIEW, SLOT_SIZE + 1, BAG_POOL_ERROR_TOO_LARGE);
  g_assert_cmpuint (get_checked_stats (pool).refused_exhausted, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/fatal/doubled", test_doubled);
  g_test_add_func ("/pool/fatal/stale", test_stale);
  g_test_add_func ("/pool/fatal/illegal", test_illegal);
  g_test_add_func ("/pool/fatal/foreign", test_foreign);
  g_test_add_func ("/pool/fatal/interior", test_interior);
  g_test_add_func ("/pool/fatal/refusals-are-none", test_refusals_are_none);

  return g_test_run ();
}
