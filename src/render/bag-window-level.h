/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A window in values (after slope and intercept): DICOM WindowCenter and WindowWidth. */
typedef struct
{
  double center, width;
} BagWindowLevel;

#define BAG_WINDOW_MIN_WIDTH 1.0

guint8 bag_window_level_map (const BagWindowLevel *self, double value);
gboolean bag_window_level_equal (const BagWindowLevel *a, const BagWindowLevel *b);
BagWindowLevel bag_window_level_sanitize (double center, double width);
BagWindowLevel bag_window_level_from_histogram (const guint64 counts[65536],
                                                gboolean is_signed,
                                                double slope,
                                                double intercept);

G_END_DECLS
