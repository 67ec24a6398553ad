/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What is drawn over, or instead of, a slice. */

void bag_slice_overlay_draw_hatch (cairo_t *cr, const graphene_rect_t *bounds);
void bag_slice_overlay_snapshot_scale (GtkSnapshot *snapshot, PangoLayout *text, double length, double height);

G_END_DECLS
