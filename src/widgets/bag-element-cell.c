/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-cell"

#include "config.h"

#include "widgets/bag-element-cell.h"

#include "session/bag-element-text.h"
#include "widgets/bag-named-label.h"

/**
 * BagElementCell:
 *
 * One data element in two lines: its name and tag, and its value below. Used again
 * for another element when the list is scrolled. Its accessible name is that of
 * the element, its description the value.
 */
struct _BagElementCell
{
  GtkWidget parent_instance;

  /* Owned */
  GtkWidget *grid;

  /* Borrowed: in the grid */
  GtkLabel *name, *tag, *value;
};

G_DEFINE_FINAL_TYPE (BagElementCell, bag_element_cell, GTK_TYPE_WIDGET)

static void
bag_element_cell_dispose (GObject *object)
{
  BagElementCell *self = BAG_ELEMENT_CELL (object);

  g_clear_pointer (&self->grid, gtk_widget_unparent);

  G_OBJECT_CLASS (bag_element_cell_parent_class)->dispose (object);
}

static void
bag_element_cell_class_init (BagElementCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bag_element_cell_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "elementcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

/* The list is as wide as the panel, whatever an element says. */
static GtkLabel *
add_label (BagElementCell *self, int column, int row, int width, const char *style)
{
  GtkWidget *label = bag_named_label_new_caption ("");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (GTK_GRID (self->grid), label, column, row, width, 1);

  return GTK_LABEL (label);
}

static void
bag_element_cell_init (BagElementCell *self)
{
  self->grid = gtk_grid_new ();
  gtk_grid_set_column_spacing (GTK_GRID (self->grid), 6);
  gtk_widget_set_parent (self->grid, GTK_WIDGET (self));
  self->name = add_label (self, 0, 0, 1, "element-name");
  self->tag = add_label (self, 1, 0, 1, "element-tag");
  self->value = add_label (self, 0, 1, 2, "element-value");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->name), TRUE);
  gtk_label_set_ellipsize (self->tag, PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (self->tag, -1);
}

/**
 * bag_element_cell_new:
 *
 * Returns: (transfer full): a cell that says nothing
 */
GtkWidget *
bag_element_cell_new (void)
{
  return g_object_new (BAG_TYPE_ELEMENT_CELL, NULL);
}

static void
set_masked (BagElementCell *self, gboolean is_masked)
{
  if (is_masked)
    gtk_widget_add_css_class (GTK_WIDGET (self), "masked");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "masked");
}

/**
 * bag_element_cell_set_node:
 * @node: what to say
 */
void
bag_element_cell_set_node (BagElementCell *self, BagElementNode *node)
{
  const BagElementRow *row = bag_element_node_get_row (node);
  gboolean is_item = (row->flags & BAG_ELEMENT_ITEM) != 0;
  g_autofree char *name = bag_element_node_format_name (node);
  g_autofree char *tag = bag_element_format_tag (row);
  g_autofree char *value = bag_element_format_value (row);
  g_autofree char *line = bag_element_node_format_line (node);

  gtk_label_set_text (self->name, name);
  gtk_label_set_text (self->tag, is_item ? "" : tag);
  gtk_label_set_text (self->value, value);
  gtk_widget_set_visible (GTK_WIDGET (self->value), *value != '\0');
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), is_item ? NULL : line);
  set_masked (self, (row->flags & BAG_ELEMENT_MASKED) != 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, value, -1);
}
