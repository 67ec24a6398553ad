/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Range and sum of the stored values of one slice. */
typedef struct
{
  int min, max;
  gint64 sum;
} BagCliSums;

void bag_cli_sums_measure (BagCliSums *self, const guint16 *values, gsize n_values, gboolean is_signed);

G_END_DECLS
