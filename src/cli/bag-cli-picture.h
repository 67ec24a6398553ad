/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

gboolean bag_cli_picture_write (cairo_surface_t *picture, const char *path, GError **error);

G_END_DECLS
