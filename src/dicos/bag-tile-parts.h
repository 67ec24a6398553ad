/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean bag_tile_parts_check (const guint8 *data, gsize size, guint n_tiles);

G_END_DECLS
