/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-decimal"

#include "config.h"

#include "dicos/bag-decimal.h"

/* Numbers as digits, the way nearly all of them are written. A number of at most 15
 * digits and a power of ten up to 22 are doubles without error, so that one division
 * rounds once, as it must (W. D. Clinger, How to read floating point numbers
 * accurately, 1990). */

#define MAX_DIGITS 15u

static const double powers[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };

G_STATIC_ASSERT (G_N_ELEMENTS (powers) == MAX_DIGITS + 1);

static const char *
read_digits (const char *text, const char *end, guint64 *number, guint *n_digits)
{
  for (; text < end && *text >= '0' && *text <= '9' && *n_digits <= MAX_DIGITS; text++)
    {
      *number = *number * 10 + (guint64) (*text - '0');
      ++*n_digits;
    }

  return text;
}

/**
 * bag_decimal_read:
 * @text: begins with a number, without spaces
 * @end: where the text ends
 * @value: (out): the number, the double next to it
 *
 * Sign, digits, point, digits (PS3.5 table 6.2-1, DS), but no exponent.
 *
 * Returns: where the number ends; %NULL where it is too long for this, or is none
 */
const char *
bag_decimal_read (const char *text, const char *end, double *value)
{
  gboolean is_negative = text < end && *text == '-';
  guint64 number = 0;
  guint n_digits = 0;
  guint n_whole = 0;

  if (text < end && (*text == '-' || *text == '+'))
    text++;
  text = read_digits (text, end, &number, &n_digits);
  n_whole = n_digits;
  if (text < end && *text == '.')
    text = read_digits (text + 1, end, &number, &n_digits);
  if (n_digits == 0 || n_digits > MAX_DIGITS)
    return NULL;

  *value = (double) number / powers[n_digits - n_whole];
  if (is_negative)
    *value = -*value;

  return text;
}
