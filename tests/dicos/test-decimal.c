/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dicos/bag-decimal.h"

#include <string.h>

/* Against the C library by way of GLib: the very same double, or no answer. */

static void
check_read (const char *text, gsize n_read)
{
  double value = 0;
  const char *end = bag_decimal_read (text, text + strlen (text), &value);

  g_assert_nonnull (end);
  g_assert_cmpuint (end - text, ==, n_read);
  g_assert_true (value == g_ascii_strtod (text, NULL));
}

static void
check_none (const char *text)
{
  double value = 0;

  g_assert_null (bag_decimal_read (text, text + strlen (text), &value));
}

static void
test_shapes (void)
{
  check_read ("0", 1);
  check_read ("-120.5", 6);
  check_read ("+33.25", 6);
  check_read (".5", 2);
  check_read ("5.", 2);
  check_read ("7\\8", 1);
  check_read ("7 ", 1);
  check_read ("999999999999999", 15);
}

static void
test_none (void)
{
  check_none ("");
  check_none ("-");
  check_none (".");
  check_none (" 1");
  check_none ("abc");
  check_none ("1234567890123456");
  check_none ("0.1234567890123456");
  check_none ("1234567890.123456");
}

/* The end is where the caller says, not where the digits end. */
static void
test_end (void)
{
  const char *text = "123";
  double value = 0;

  g_assert_true (bag_decimal_read (text, text + 2, &value) == text + 2);
  g_assert_cmpfloat (value, ==, 12);
  g_assert_null (bag_decimal_read (text, text, &value));
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (71);

  for (guint i = 0; i < 200000; i++)
    {
      guint n_digits = (guint) g_rand_int_range (random, 1, 16);
      guint n_whole = (guint) g_rand_int_range (random, 0, (gint32) n_digits + 1);
      char text[20] = { 0 };
      guint n = 0;

      if (g_rand_boolean (random))
        text[n++] = '-';
      for (guint k = 0; k < n_digits; k++)
        {
          if (k == n_whole)
            text[n++] = '.';
          text[n++] = (char) g_rand_int_range (random, '0', '9' + 1);
        }
      check_read (text, n);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decimal/shapes", test_shapes);
  g_test_add_func ("/decimal/none", test_none);
  g_test_add_func ("/decimal/end", test_end);
  g_test_add_func ("/decimal/random", test_random);

  return g_test_run ();
}
