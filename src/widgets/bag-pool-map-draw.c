/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-map"

#include "config.h"

#include "widgets/bag-pool-map-private.h"

#include "widgets/bag-pool-cell.h"

/*
 * How the map looks. The selected cell stands in a ring around it, so that nothing of the
 * cell is covered: a thin one, and a thick one while the map has the focus. Between cell and
 * ring is a line of the background's own darkness, else a ring beside a solid cell is lost.
 */

#define RING_REACH 4 /* how far the widest ring goes beyond its cell */

static void
fill_cell (BagPoolMap *self, const BagPoolMapLayout *layout, guint number, BagPoolCell *cell)
{
  BagPoolRange range;

  bag_pool_map_sum_up (self, layout, number, &range);
  *cell = (BagPoolCell){
    .x = bag_pool_map_layout_get_x (layout, number),
    .y = bag_pool_map_layout_get_y (layout, number),
    .state = bag_pool_range_get_state (&range),
    .n_slots = range.n_slots,
    .n_in_use = bag_pool_range_get_in_use (&range),
  };
}

static void
draw_cells (BagPoolMap *self, cairo_t *cr, const BagPoolMapLayout *layout, const GdkRGBA *foreground)
{
  g_autofree BagPoolCell *cells = g_new (BagPoolCell, layout->n_cells);
  BagPoolCellColors colors;

  bag_pool_cell_colors_init (&colors, foreground);
  for (guint i = 0; i < layout->n_cells; i++)
    fill_cell (self, layout, i, &cells[i]);
  bag_pool_cell_draw (cr, &colors, cells, layout->n_cells, bag_pool_map_layout_get_cell_size (layout));
}

/* A frame of @width pixels that begins @distance outside the cell. */
static void
draw_ring (cairo_t *cr, const BagPoolMapLayout *layout, guint cell, double distance, double width)
{
  double reach = distance + width / 2;
  double size = bag_pool_map_layout_get_cell_size (layout) + 2 * reach;
  double x = bag_pool_map_layout_get_x (layout, cell) - reach;
  double y = bag_pool_map_layout_get_y (layout, cell) - reach;

  cairo_rectangle (cr, x, y, size, size);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_selection (BagPoolMap *self, cairo_t *cr, const BagPoolMapLayout *layout, const GdkRGBA *foreground)
{
  guint cell = self->selected / layout->slots_per_cell;
  gboolean has_focus = gtk_widget_has_focus (GTK_WIDGET (self));
  double background = foreground->red > 0.5f ? 0.15 : 1;

  cairo_set_source_rgb (cr, background, background, background);
  draw_ring (cr, layout, cell, 0, has_focus ? RING_REACH : RING_REACH - 1);
  gdk_cairo_set_source_rgba (cr, foreground);
  draw_ring (cr, layout, cell, 1, has_focus ? 2 : 1);
}

void
bag_pool_map_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BagPoolMap *self = BAG_POOL_MAP (widget);
  BagPoolMapLayout layout;
  graphene_rect_t bounds;
  GdkRGBA foreground;
  cairo_t *cr = NULL;

  if (self->slots->len == 0 || gtk_widget_get_width (widget) <= 0)
    return;

  bag_pool_map_get_layout (self, &layout);
  bounds = GRAPHENE_RECT_INIT (0, 0, (float) ((int) layout.n_columns * layout.pitch), (float) bag_pool_map_layout_get_height (&layout));
  graphene_rect_inset (&bounds, -RING_REACH, -RING_REACH);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &foreground);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  draw_cells (self, cr, &layout, &foreground);
  if (self->selected < self->slots->len)
    draw_selection (self, cr, &layout, &foreground);
  cairo_destroy (cr);
}
