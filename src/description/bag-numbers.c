/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-numbers"

#include "config.h"

#include "description/bag-description.h"

#include <math.h>

/**
 * bag_are_sane:
 * @values: numbers that came from a file or from another process
 * @n: how many
 *
 * Returns: whether all of them are finite and at most %BAG_MAX_MAGNITUDE from 0,
 *   so that arithmetic on positions and values cannot overflow
 */
gboolean
bag_are_sane (const double *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (values[i]) || fabs (values[i]) > BAG_MAX_MAGNITUDE)
      return FALSE;

  return TRUE;
}
