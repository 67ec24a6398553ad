/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* The texts of the session, as pure functions. All (transfer full). */

char *bag_format_marks (BagScan *scan, guint index);
char *bag_format_progress (guint n_done, guint n_files);
char *bag_format_title (const char *bag_id);
char *bag_format_status (guint index, guint n_slices, const double *z_mm, const char *units);
char *bag_format_waiting (const char *status, gboolean waiting);
char *bag_format_probe (guint column, guint row, const double *position_mm, double value, const char *units);
char *bag_format_wide_value (const BagPixelLayout *layout, double value, gboolean is_exact, const char *units);
char *bag_format_probe_text (guint column, guint row, const double *position_mm, const char *value);
char *bag_format_notice (const GPtrArray *warnings, guint chosen, guint n_scans);
char *bag_format_open_error (const char *path, guint n_more_paths, const GError *error);
char *bag_format_slice_error (guint index, const GError *error);

G_END_DECLS
