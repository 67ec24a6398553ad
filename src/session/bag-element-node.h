/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-element-list.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BagElementNode:
 *
 * One row of a list of data elements as a node of its tree. Immutable.
 */
#define BAG_TYPE_ELEMENT_NODE (bag_element_node_get_type ())
G_DECLARE_FINAL_TYPE (BagElementNode, bag_element_node, BAG, ELEMENT_NODE, GObject)

GListModel *bag_element_node_new_tree (BagElementList *list, const char *search);
GListModel *bag_element_node_get_children (BagElementNode *self);
gboolean bag_element_node_has_found (BagElementNode *self);
const BagElementRow *bag_element_node_get_row (BagElementNode *self);
char *bag_element_node_format_name (BagElementNode *self);
char *bag_element_node_format_line (BagElementNode *self);

G_END_DECLS
