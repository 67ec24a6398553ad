/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "scan/bag-phantom.h"

#include "description/bag-error.h"

#include <string.h>

static BagPhantom *
make_phantom (guint columns, guint rows, guint n_slices, guint64 seed)
{
  g_autoptr (GError) error = NULL;
  BagPhantom *phantom = bag_phantom_new (columns, rows, n_slices, seed, &error);

  g_assert_no_error (error);
  g_assert_nonnull (phantom);
  return phantom;
}

static guint16 *
draw (const BagPhantom *phantom, guint index)
{
  guint columns, rows;
  guint16 *values;

  bag_phantom_get_size (phantom, &columns, &rows, NULL);
  values = g_new (guint16, (gsize) columns * rows);
  bag_phantom_draw_slice (phantom, index, values);
  return values;
}

static char *
hash_slice (const BagPhantom *phantom, guint index)
{
  g_autofree guint16 *values = draw (phantom, index);
  guint columns, rows;

  bag_phantom_get_size (phantom, &columns, &rows, NULL);
  for (guint i = 0; i < columns * rows; i++)
    values[i] = GUINT16_TO_LE (values[i]);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) values, (gsize) columns * rows * sizeof *values);
}

static void
test_same_everywhere (void)
{
  g_autoptr (BagPhantom) first = make_phantom (64, 48, 5, 1);
  g_autoptr (BagPhantom) second = make_phantom (64, 48, 5, 1);
  g_autofree char *middle = hash_slice (first, 2);
  g_autofree char *last = NULL;
  g_autofree char *again = NULL;

  /* The figure is part of what the sample files promise. */
  g_assert_cmpstr (middle, ==, "c8db0523bbd8e92e7392f0eeab4e2602324ad83c3f9ab0f918b9fc99fa1b3e82");
  last = hash_slice (second, 4);
  again = hash_slice (second, 2);
  g_assert_cmpstr (again, ==, middle);
  g_assert_cmpstr (last, !=, middle);
}

static void
test_seed (void)
{
  g_autoptr (BagPhantom) first = make_phantom (64, 48, 5, 1);
  g_autoptr (BagPhantom) second = make_phantom (64, 48, 5, 2);
  g_autoptr (BagPhantom) third = make_phantom (64, 48, 5, G_GUINT64_CONSTANT (1) << 32 | 1);
  g_autofree char *one = hash_slice (first, 2);
  g_autofree char *two = hash_slice (second, 2);
  g_autofree char *three = hash_slice (third, 2);

  g_assert_cmpstr (one, !=, two);
  g_assert_cmpstr (one, !=, three);
  g_assert_cmpuint (bag_phantom_get_seed (second), ==, 2);
}

static guint
read_number (const guint16 *values)
{
  guint number = 0;

  for (guint block = 0; block < 10; block++)
    number = number << 1 | (values[block * 4] > 3000 ? 1 : 0);
  return number;
}

static void
test_numbers (void)
{
  g_autoptr (BagPhantom) phantom = make_phantom (48, 48, 700, 1);
  const guint indices[] = { 0, 1, 212, 511, 699 };

  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    {
      g_autofree guint16 *values = draw (phantom, indices[i]);

      g_assert_cmpuint (read_number (values), ==, indices[i] + 1);
      g_assert_cmpuint (read_number (values + 3 * 48 + 3), ==, indices[i] + 1);
    }
}

static void
widen (guint lowest[3], guint highest[3], guint column, guint row, guint index)
{
  const guint place[3] = { column, row, index };

  for (guint i = 0; i < 3; i++)
    {
      lowest[i] = MIN (lowest[i], place[i]);
      highest[i] = MAX (highest[i], place[i]);
    }
}

/* The box is the smallest around the marked voxels, and those are denser than anything soft. */
static void
test_threat (void)
{
  g_autoptr (BagPhantom) phantom = make_phantom (128, 96, 30, 1);
  guint lowest[3] = { G_MAXUINT, G_MAXUINT, G_MAXUINT };
  guint highest[3] = { 0 };
  BagPhantomBox box;

  for (guint index = 0; index < 30; index++)
    {
      g_autofree guint16 *values = draw (phantom, index);

      for (guint row = 0; row < 96; row++)
        for (guint column = 0; column < 128; column++)
          if (bag_phantom_is_threat (phantom, column, row, index))
            {
              widen (lowest, highest, column, row, index);
              g_assert_cmpuint (values[row * 128 + column], >, 1300);
            }
    }
  bag_phantom_get_threat (phantom, &box);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_cmpuint (box.base[i], ==, lowest[i]);
      g_assert_cmpuint (box.base[i] + box.extents[i], ==, highest[i] + 1);
    }
}

static void
test_sizes (void)
{
  const struct
  {
    guint columns, rows, n_slices;
    gboolean is_good;
  } cases[] = {
    { 40, 16, 3, TRUE },
    { 48, 48, 4, TRUE },
    { 64, 48, 5, TRUE },
    { 333, 77, 1023, TRUE },
    { 39, 48, 4, FALSE },
    { 48, 15, 4, FALSE },
    { 48, 48, 2, FALSE },
    { 48, 48, 1024, FALSE },
    { 4097, 48, 4, FALSE },
    { 48, G_MAXUINT, 4, FALSE },
    { 0, 0, 0, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BagPhantom) phantom = bag_phantom_new (cases[i].columns, cases[i].rows, cases[i].n_slices, 1, &error);

      if (cases[i].is_good)
        g_assert_no_error (error);
      else
        g_assert_error (error, BAG_ERROR, BAG_ERROR_LIMIT);
    }
}

static gpointer
draw_all (gpointer data)
{
  const BagPhantom *phantom = data;
  GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);

  for (guint index = 0; index < 5; index++)
    g_ptr_array_add (hashes, hash_slice (phantom, index));
  return hashes;
}

static void
test_threads (void)
{
  g_autoptr (BagPhantom) phantom = make_phantom (64, 48, 5, 7);
  GThread *threads[4];
  g_autoptr (GPtrArray) expected = draw_all (phantom);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("draw", draw_all, phantom);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) hashes = g_thread_join (threads[i]);

      for (guint index = 0; index < 5; index++)
        g_assert_cmpstr (g_ptr_array_index (hashes, index), ==, g_ptr_array_index (expected, index));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/phantom/same-everywhere", test_same_everywhere);
  g_test_add_func ("/phantom/seed", test_seed);
  g_test_add_func ("/phantom/numbers", test_numbers);
  g_test_add_func ("/phantom/threat", test_threat);
  g_test_add_func ("/phantom/sizes", test_sizes);
  g_test_add_func ("/phantom/threads", test_threads);

  return g_test_run ();
}
