/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagPoolResidency:
 *
 * How much of a range of addresses is in memory, gathered from the lines of
 * /proc/PID/smaps one after the other.
 */
typedef struct
{
  guint64 start, end;
  gboolean is_inside; /* the lines are of a mapping within the range */
  guint64 bytes_resident;
  guint64 bytes_huge; /* of these, in huge pages */
} BagPoolResidency;

void bag_pool_residency_add_line (BagPoolResidency *self, const char *line);

G_END_DECLS
