/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-sums.h"

/* Two loops with plain locals, so that the compiler keeps all in registers and
 * no test of the sign stands inside. 16384 * 16384 values of 16 bits stay far
 * below 63 bits. */

static void
measure_unsigned (BagCliSums *self, const guint16 *values, gsize n_values)
{
  guint16 min = values[0], max = values[0];
  guint64 sum = 0;

  for (gsize i = 0; i < n_values; i++)
    {
      min = MIN (min, values[i]);
      max = MAX (max, values[i]);
      sum += values[i];
    }
  *self = (BagCliSums){ min, max, (gint64) sum };
}

static void
measure_signed (BagCliSums *self, const gint16 *values, gsize n_values)
{
  gint16 min = values[0], max = values[0];
  gint64 sum = 0;

  for (gsize i = 0; i < n_values; i++)
    {
      min = MIN (min, values[i]);
      max = MAX (max, values[i]);
      sum += values[i];
    }
  *self = (BagCliSums){ min, max, sum };
}

/**
 * bag_cli_sums_measure:
 * @values: stored values in host order
 * @n_values: at least 1
 * @is_signed: whether @values are two's complement
 */
void
bag_cli_sums_measure (BagCliSums *self, const guint16 *values, gsize n_values, gboolean is_signed)
{
  g_return_if_fail (n_values > 0);

  if (is_signed)
    measure_signed (self, (const gint16 *) values, n_values);
  else
    measure_unsigned (self, values, n_values);
}
