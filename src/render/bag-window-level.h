/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-voi-function.h"

#include <glib.h>

G_BEGIN_DECLS

/* A window in values (after slope and intercept): DICOM WindowCenter, WindowWidth and VOILUTFunction. */
typedef struct
{
  double center, width;
  BagVoiFunction function;
} BagWindowLevel;

#define BAG_WINDOW_MIN_WIDTH 1.0    /* with LINEAR: PS3.3 C.11.2.1.2.1 */
#define BAG_WINDOW_LEAST_WIDTH 1e-9 /* with the other functions, which want only more than 0 */

guint8 bag_window_level_map (const BagWindowLevel *self, double value);
gboolean bag_window_level_equal (const BagWindowLevel *a, const BagWindowLevel *b);
BagWindowLevel bag_window_level_sanitize (double center, double width);
BagWindowLevel bag_window_level_make_sane (const BagWindowLevel *window);
double bag_voi_function_get_min_width (BagVoiFunction function);
BagWindowLevel bag_window_level_from_histogram (const guint64 counts[65536],
                                                gboolean is_signed,
                                                double slope,
                                                double intercept);
BagWindowLevel bag_window_level_from_histogram_exact (const guint64 counts[65536],
                                                      double slope,
                                                      double intercept);

G_END_DECLS
