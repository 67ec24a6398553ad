/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *bag_neighbours_list (const char *path, guint most, guint64 most_bytes);
GPtrArray *bag_neighbours_name_reports (const char *path);
char *bag_neighbours_name_scan (const char *path);

G_END_DECLS
