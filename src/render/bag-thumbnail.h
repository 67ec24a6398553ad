/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "render/bag-slice-painter.h"

G_BEGIN_DECLS

void bag_thumbnail_get_size (guint columns, guint rows, double aspect, guint most, guint *width, guint *height);
cairo_surface_t *bag_thumbnail_new (const guint16 *stored, const BagPaintParameters *parameters, guint width, guint height);

G_END_DECLS
