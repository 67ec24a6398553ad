/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-figures"

#include "config.h"

#include "widgets/bag-pool-figures.h"

#include "session/bag-pool-figure.h"
#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

#define GROUP_SPACING 10

struct _BagPoolFigures
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *grid;

  /* Borrowed from the grid */
  GtkLabel *values[BAG_N_POOL_FIGURES];
};

G_DEFINE_FINAL_TYPE (BagPoolFigures, bag_pool_figures, GTK_TYPE_WIDGET)

static void
add_heading (BagPoolFigures *self, const char *text, int row)
{
  GtkWidget *heading = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption");
  gtk_widget_set_margin_top (heading, row > 0 ? GROUP_SPACING : 0);
  gtk_grid_attach (GTK_GRID (self->grid), heading, 0, row, 2, 1);
}

static GtkLabel *
add_value (BagPoolFigures *self, BagPoolFigure figure, int row)
{
  GtkWidget *value = gtk_label_new ("0");

  gtk_widget_set_name (value, bag_pool_figure_get_name (figure));
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_label_set_xalign (GTK_LABEL (value), 1);
  gtk_widget_set_tooltip_text (value, bag_pool_figure_get_help (figure));
  gtk_grid_attach (GTK_GRID (self->grid), value, 1, row, 1, 1);
  bag_named_label_set_name (GTK_LABEL (value), bag_pool_figure_get_caption (figure));

  return GTK_LABEL (value);
}

static void
add_caption (BagPoolFigures *self, BagPoolFigure figure, int row)
{
  GtkWidget *caption = bag_named_label_new_caption (bag_pool_figure_get_caption (figure));

  gtk_widget_set_tooltip_text (caption, bag_pool_figure_get_help (figure));
  gtk_grid_attach (GTK_GRID (self->grid), caption, 0, row, 1, 1);
}

static void
add_figures (BagPoolFigures *self)
{
  int row = 0;

  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      const char *heading = bag_pool_figure_get_heading (i);

      if (heading != NULL)
        add_heading (self, heading, row++);
      add_caption (self, i, row);
      self->values[i] = add_value (self, i, row++);
    }
}

static void
bag_pool_figures_dispose (GObject *object)
{
  BagPoolFigures *self = BAG_POOL_FIGURES (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (bag_pool_figures_parent_class)->dispose (object);
}

static void
bag_pool_figures_class_init (BagPoolFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bag_pool_figures_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "poolfigures");
}

static void
bag_pool_figures_init (BagPoolFigures *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 8);
  gtk_grid_set_row_spacing (GTK_GRID (self->grid), 4);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  add_figures (self);
}

/**
 * bag_pool_figures_new:
 *
 * Returns: (transfer floating): figures that are all 0
 */
GtkWidget *
bag_pool_figures_new (void)
{
  return g_object_new (BAG_TYPE_POOL_FIGURES, NULL);
}

/**
 * bag_pool_figures_set_stats:
 * @stats: what to tell
 *
 * Labels whose text stays the same are left alone: they would be laid out anew.
 */
void
bag_pool_figures_set_stats (BagPoolFigures *self, const BagPoolStats *stats)
{
  g_return_if_fail (BAG_IS_POOL_FIGURES (self));
  g_return_if_fail (stats != NULL);

  for (guint i = 0; i < BAG_N_POOL_FIGURES; i++)
    {
      g_autofree char *text = bag_pool_figure_format (i, stats);

      if (g_strcmp0 (gtk_label_get_text (self->values[i]), text) != 0)
        gtk_label_set_text (self->values[i], text);
    }
}
