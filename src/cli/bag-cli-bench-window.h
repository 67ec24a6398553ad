/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean bag_cli_bench_window (const char *path, GArray *results, GError **error);

G_END_DECLS
