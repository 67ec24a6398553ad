/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pool-checks.h"

#include <string.h>
#include <sys/mman.h>

#define BLOCK ((gsize) 2 << 20)

static BagPool *
new_roomy_pool (gsize slot_size, guint n_slots)
{
  g_autoptr (GError) error = NULL;
  BagPool *pool = bag_pool_new_with_reservation (16 * BLOCK, slot_size, n_slots, &error);

  g_assert_no_error (error);

  return pool;
}

static void
divide (BagPool *pool, gsize slot_size, guint n_slots)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (bag_pool_divide (pool, slot_size, n_slots, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (get_checked_stats (pool).n_slots, ==, n_slots);
  g_assert_cmpuint (get_checked_stats (pool).slot_size, ==, slot_size);
}

static void
fill (BagSlice *slice, int byte)
{
  memset (bag_slice_get_data (slice), byte, bag_slice_get_size (slice));
}

static void
assert_filled (BagSlice *slice, guint8 byte)
{
  const guint8 *data = bag_slice_get_data (slice);

  for (gsize i = 0; i < bag_slice_get_size (slice); i++)
    if (data[i] != byte)
      g_error ("byte %zu is %u, not %u", i, data[i], byte);
}

static void
test_same (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK / 4, 8);
  g_autoptr (BagSlice) slice = acquire (pool, BAG_POOL_CLASS_VIEW);
  guint serial = bag_pool_get_change_serial (pool);

  divide (pool, BLOCK / 4, 8);
  g_assert_cmpuint (get_checked_stats (pool).divisions, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (bag_pool_get_change_serial (pool), ==, serial);
}

static void
test_grow (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK, 2);
  g_autoptr (BagSlice) a = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) b = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_autoptr (BagSlice) c = NULL;

  fill (a, 1);
  fill (b, 2);
  divide (pool, BLOCK, 6);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_QUARANTINED], ==, 0);
  c = acquire (pool, BAG_POOL_CLASS_VIEW);
  g_assert_cmpuint (bag_slice_get_slot (c), ==, 2);
  fill (c, 3);
  assert_filled (a, 1);
  assert_filled (b, 2);
}

static void
test_beyond_reservation (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK, 2);
  g_autoptr (GError) error = NULL;

  g_assert_false (bag_pool_divide (pool, BLOCK, 17, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY);
  g_clear_error (&error);
  g_assert_false (bag_pool_divide (pool, 0, 17, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID);
  g_assert_cmpuint (get_checked_stats (pool).n_slots, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).divisions, ==, 0);
  divide (pool, BLOCK, 16);
}

/* Pages that are in memory of [data, data + size). */
static guint
count_resident (gconstpointer data, gsize size)
{
  guchar pages[1024] = { 0 };
  guint n = 0;

  g_assert_cmpuint (size / 4096, <=, sizeof pages);
  g_assert_cmpint (mincore ((gpointer) data, size, pages), ==, 0);
  for (gsize i = 0; i < size / 4096; i++)
    n += pages[i] & 1;

  return n;
}

static void
test_shrink (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK, 8);
  BagSlice *slices[8];
  guint8 *last_data = NULL;

  for (guint i = 0; i < 8; i++)
    {
      slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
      fill (slices[i], (int) i);
    }
  last_data = bag_slice_get_data (slices[7]);
  bag_slice_unref (slices[6]);

  divide (pool, BLOCK, 3);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 4);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 3);
  g_assert_cmpuint (count_resident (last_data, BLOCK), ==, BLOCK / 4096);
  assert_filled (slices[7], 7);
  g_assert_cmpuint (count_resident (last_data - BLOCK, BLOCK), ==, 0);

  bag_slice_unref (slices[7]);
  g_assert_cmpuint (count_resident (last_data, BLOCK), ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 3);

  for (guint i = 0; i < 6; i++)
    {
      assert_filled (slices[i], (guint8) i);
      bag_slice_unref (slices[i]);
    }
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 3);
}

static void
test_shrink_and_grow_again (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK, 2);
  BagSlice *a = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlice *b = acquire (pool, BAG_POOL_CLASS_VIEW);

  fill (b, 9);
  divide (pool, BLOCK, 1);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 1);
  divide (pool, BLOCK, 4);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 2);
  assert_filled (b, 9);
  bag_slice_unref (a);
  bag_slice_unref (b);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 4);
}

static void
test_resize (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (BLOCK, 4);
  g_autoptr (BagSlice) first = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlice *slices[3];
  g_autoptr (GError) error = NULL;

  fill (first, 1);
  for (guint i = 0; i < 3; i++)
    slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
  fill (slices[2], 4);
  bag_slice_set_ready (slices[2]);
  bag_slice_set_shown (slices[2], TRUE);
  bag_slice_unref (slices[0]);

  g_assert_true (bag_pool_resize (pool, 2, &error));
  g_assert_cmpuint (get_checked_stats (pool).slot_size, ==, BLOCK);
  g_assert_cmpuint (get_checked_stats (pool).n_slots, ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 2);
  assert_filled (slices[2], 4);
  g_assert_cmpint (bag_slice_get_state (slices[2]), ==, BAG_SLOT_SHOWN);

  g_assert_true (bag_pool_resize (pool, 9, &error));
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_SHOWN], ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 6);
  bag_slice_unref (slices[1]);
  bag_slice_unref (slices[2]);

  g_assert_false (bag_pool_resize (pool, 0, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (bag_pool_resize (pool, 17, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_NO_MEMORY);
  g_clear_error (&error);
  bag_pool_close (pool, NULL);
  g_assert_false (bag_pool_resize (pool, 2, &error));
  g_assert_error (error, BAG_POOL_ERROR, BAG_POOL_ERROR_CLOSED);
  g_assert_cmpuint (get_checked_stats (pool).n_slots, ==, 9);
}

/* Old slots of 3 units, new ones of 2: old slot 1 covers units 3 to 5, new slots 1 and 2. */
static void
test_overlap (void)
{
  const gsize unit = 4096;
  g_autoptr (BagPool) pool = new_roomy_pool (3 * unit, 4);
  BagSlice *first = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlice *second = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlice *slices[4];
  BagSlotInfo slots[6];

  bag_slice_unref (first);
  fill (second, 5);
  divide (pool, 2 * unit, 6);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 1);
  g_assert_cmpuint (get_checked_stats (pool).least_free, ==, 6);
  bag_pool_get_slots (pool, slots, 6);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpint (slots[i].state, ==, i == 1 || i == 2 ? BAG_SLOT_QUARANTINED : BAG_SLOT_FREE);

  for (guint i = 0; i < 4; i++)
    {
      slices[i] = acquire (pool, BAG_POOL_CLASS_VIEW);
      fill (slices[i], 6);
      g_assert_cmpuint (get_checked_stats (pool).slots_new, ==, i + 3);
    }
  assert_refused (pool, BAG_POOL_CLASS_VIEW, 1, BAG_POOL_ERROR_EXHAUSTED);
  g_assert_cmpuint (get_checked_stats (pool).high_water, ==, 4);
  g_assert_cmpuint (get_checked_stats (pool).least_free, ==, 2);
  assert_filled (second, 5);
  g_assert_true (bag_slice_set_ready (second));
  assert_filled (slices[1], 6);

  bag_slice_unref (second);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 2);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_QUARANTINED], ==, 0);
  for (guint i = 0; i < 4; i++)
    bag_slice_unref (slices[i]);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);
}

/* Two old slots over one new one: it waits for both. And back to the first cut in between. */
static void
test_overlap_twice (void)
{
  const gsize unit = 4096;
  g_autoptr (BagPool) pool = new_roomy_pool (unit, 4);
  BagSlice *a = acquire (pool, BAG_POOL_CLASS_VIEW);
  BagSlice *b = acquire (pool, BAG_POOL_CLASS_VIEW);

  divide (pool, 4 * unit, 2);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_QUARANTINED], ==, 1);
  divide (pool, unit, 4);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FILLING], ==, 2);
  divide (pool, 2 * unit, 3);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 2);
  bag_slice_unref (a);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_QUARANTINED], ==, 1);
  bag_slice_unref (b);
  g_assert_cmpuint (get_checked_stats (pool).by_state[BAG_SLOT_FREE], ==, 3);
  g_assert_cmpuint (get_checked_stats (pool).divisions, ==, 3);
}

/* Any cut after any other, with a few slices out all the time, each keeping its content. */
static void
test_random (void)
{
  g_autoptr (BagPool) pool = new_roomy_pool (4096, 8);
  BagSlice *slices[12] = { NULL };

  for (guint round = 0; round < 2000; round++)
    {
      guint i = (guint) g_test_rand_int_range (0, G_N_ELEMENTS (slices));

      if (g_test_rand_int_range (0, 8) == 0)
        divide (pool, (gsize) g_test_rand_int_range (1, 400000), (guint) g_test_rand_int_range (1, 40));
      if (slices[i] != NULL)
        {
          assert_filled (slices[i], (guint8) i);
          g_clear_pointer (&slices[i], bag_slice_unref);
        }
      else
        {
          slices[i] = bag_pool_acquire (pool, BAG_POOL_CLASS_VIEW, 1, NULL);
          if (slices[i] != NULL)
            fill (slices[i], (int) i);
        }
      get_checked_stats (pool);
    }
  for (guint i = 0; i < G_N_ELEMENTS (slices); i++)
    g_clear_pointer (&slices[i], bag_slice_unref);
  g_assert_cmpuint (get_checked_stats (pool).in_use, ==, 0);
  g_assert_cmpuint (get_checked_stats (pool).n_leaving, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pool/divide/same", test_same);
  g_test_add_func ("/pool/divide/grow", test_grow);
  g_test_add_func ("/pool/divide/beyond-reservation", test_beyond_reservation);
  g_test_add_func ("/pool/divide/shrink", test_shrink);
  g_test_add_func ("/pool/divide/shrink-and-grow-again", test_shrink_and_grow_again);
  g_test_add_func ("/pool/divide/resize", test_resize);
  g_test_add_func ("/pool/divide/overlap", test_overlap);
  g_test_add_func ("/pool/divide/overlap-twice", test_overlap_twice);
  g_test_add_func ("/pool/divide/random", test_random);

  return g_test_run ();
}
