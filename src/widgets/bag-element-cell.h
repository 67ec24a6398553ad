/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-element-node.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_ELEMENT_CELL (bag_element_cell_get_type ())
G_DECLARE_FINAL_TYPE (BagElementCell, bag_element_cell, BAG, ELEMENT_CELL, GtkWidget)

GtkWidget *bag_element_cell_new (void);
void bag_element_cell_set_node (BagElementCell *self, BagElementNode *node);

G_END_DECLS
