/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos/bag-row-predictor.h"

/* Table H.1 of ITU-T T.81 sample by sample, for all lengths around those of the lanes. */

#define MAX_LENGTH 70u
#define GUARD 12345

static gint32
predict (guint predictor, gint32 a, gint32 b, gint32 c)
{
  const gint32 all[] = { 0, a, b, c, a + b - c, a + ((b - c) >> 1), b + ((a - c) >> 1), (a + b) >> 1 };

  return all[predictor];
}

/* Extreme values now and then, where a carry or a sign goes wrong first; or such that
 * rows stay within 16 bits without help. */
static guint16
random_sample (GRand *random, gboolean is_calm)
{
  static const guint16 extremes[] = { 0, 1, 32767, 32768, 65534, 65535 };

  if (is_calm)
    return (guint16) (30000 + g_rand_int_range (random, 0, 200));
  return g_rand_boolean (random) ? extremes[g_rand_int_range (random, 0, G_N_ELEMENTS (extremes))] : (guint16) g_rand_int (random);
}

static void
check_row (GRand *random, guint predictor, guint n, gboolean is_calm)
{
  guint16 differences[MAX_LENGTH];
  guint16 above[MAX_LENGTH + 1];
  guint16 row[MAX_LENGTH + 2];
  guint16 left = random_sample (random, is_calm);

  for (guint i = 0; i < MAX_LENGTH; i++)
    differences[i] = is_calm ? (guint16) g_rand_int_range (random, -100, 101) : random_sample (random, FALSE);
  for (guint i = 0; i <= MAX_LENGTH; i++)
    above[i] = random_sample (random, is_calm);
  row[0] = left;
  row[n + 1] = GUARD;
  bag_row_predict (predictor, differences, above + 1, row + 1, n);

  for (guint i = 0; i < n; i++)
    {
      left = (guint16) (differences[i] + predict (predictor, left, above[i + 1], above[i]));
      g_assert_cmpuint (row[i + 1], ==, left);
    }
  g_assert_cmpuint (row[n + 1], ==, GUARD);
}

static void
test_all (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (61);

  for (guint predictor = 1; predictor <= 7; predictor++)
    for (guint n = 1; n <= MAX_LENGTH; n++)
      for (guint i = 0; i < 50; i++)
        check_row (random, predictor, n, i % 2 == 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/row-predictor/all", test_all);

  return g_test_run ();
}
