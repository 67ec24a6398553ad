/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-swatch"

#include "config.h"

#include "widgets/bag-pool-swatch.h"

#include "widgets/bag-pool-cell.h"

/* A still picture of one state, drawn exactly as the map draws it. */

#define SWATCH_SIZE 14

struct _BagPoolSwatch
{
  GtkWidget parent_instance;

  BagSlotState state;
};

G_DEFINE_FINAL_TYPE (BagPoolSwatch, bag_pool_swatch, GTK_TYPE_WIDGET)

static void
bag_pool_swatch_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = SWATCH_SIZE;
}

static void
bag_pool_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BagPoolSwatch *self = BAG_POOL_SWATCH (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, SWATCH_SIZE, SWATCH_SIZE);
  BagPoolCellColors colors;
  GdkRGBA foreground;
  cairo_t *cr = NULL;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &foreground);
  bag_pool_cell_colors_init (&colors, &foreground);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  bag_pool_cell_draw_state (cr, &colors, self->state, SWATCH_SIZE);
  cairo_destroy (cr);
}

static void
bag_pool_swatch_class_init (BagPoolSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = bag_pool_swatch_measure;
  widget_class->snapshot = bag_pool_swatch_snapshot;
  gtk_widget_class_set_css_name (widget_class, "poolswatch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bag_pool_swatch_init (BagPoolSwatch *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * bag_pool_swatch_new:
 *
 * Returns: (transfer floating): the picture of @state
 */
GtkWidget *
bag_pool_swatch_new (BagSlotState state)
{
  BagPoolSwatch *self = g_object_new (BAG_TYPE_POOL_SWATCH, NULL);

  self->state = state;

  return GTK_WIDGET (self);
}
