/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-node"

#include "config.h"

#include "session/bag-element-node.h"

#include "session/bag-element-search.h"
#include "session/bag-element-text.h"

/* The tree of a list of elements. Its nodes are made where somebody looks: the
 * list itself is one array, however large the file is. */
struct _BagElementNode
{
  GObject parent_instance;

  /* Owned */
  BagElementList *list;
  GBytes *found; /* of a search, or NULL */

  guint index;  /* of the row */
  guint number; /* of an item in its sequence, from 1 */
};

G_DEFINE_FINAL_TYPE (BagElementNode, bag_element_node, G_TYPE_OBJECT)

static void
bag_element_node_finalize (GObject *object)
{
  BagElementNode *self = BAG_ELEMENT_NODE (object);

  g_clear_pointer (&self->list, bag_element_list_unref);
  g_clear_pointer (&self->found, g_bytes_unref);

  G_OBJECT_CLASS (bag_element_node_parent_class)->finalize (object);
}

static void
bag_element_node_class_init (BagElementNodeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bag_element_node_finalize;
}

static void
bag_element_node_init (BagElementNode *self)
{
}

static BagElementFound
get_found (GBytes *found, guint index)
{
  return found != NULL ? (BagElementFound) ((const guint8 *) g_bytes_get_data (found, NULL))[index] : BAG_ELEMENT_IS_SHOWN;
}

static BagElementNode *
new_node (BagElementList *list, GBytes *found, guint index, guint number)
{
  BagElementNode *self = g_object_new (BAG_TYPE_ELEMENT_NODE, NULL);

  self->list = bag_element_list_ref (list);
  self->found = found != NULL ? g_bytes_ref (found) : NULL;
  self->index = index;
  self->number = number;

  return self;
}

/* The rows of one depth, from a row on until one that is less deep. */
static GListModel *
new_level (BagElementList *list, GBytes *found, guint first, guint depth)
{
  GListStore *level = g_list_store_new (BAG_TYPE_ELEMENT_NODE);
  guint number = 0;

  for (guint i = first; i < list->rows->len && bag_element_list_get (list, i)->depth >= depth; i++)
    {
      if (bag_element_list_get (list, i)->depth > depth)
        continue;
      number++;
      if (get_found (found, i) != BAG_ELEMENT_IS_APART)
        {
          g_autoptr (BagElementNode) node = new_node (list, found, i, number);

          g_list_store_append (level, node);
        }
    }

  return G_LIST_MODEL (level);
}

/**
 * bag_element_node_new_tree:
 * @list: a list of elements
 * @search: (nullable): what to look for: only what is found, and what leads there, is in the tree
 *
 * Returns: (transfer full): a list model of #BagElementNode: the elements at the top
 */
GListModel *
bag_element_node_new_tree (BagElementList *list, const char *search)
{
  g_autoptr (GBytes) found = NULL;

  g_return_val_if_fail (list != NULL, NULL);

  if (search != NULL)
    found = bag_element_search (list, search);

  return new_level (list, found, 0, 0);
}

/**
 * bag_element_node_get_children:
 *
 * Returns: (transfer full) (nullable): a list model of the items of a sequence or the elements
 *   of an item; %NULL when there is nothing in it
 */
GListModel *
bag_element_node_get_children (BagElementNode *self)
{
  guint depth = 0;

  g_return_val_if_fail (BAG_IS_ELEMENT_NODE (self), NULL);

  depth = bag_element_node_get_row (self)->depth + 1u;
  if (self->index + 1 == self->list->rows->len || bag_element_list_get (self->list, self->index + 1)->depth < depth)
    return NULL;

  return new_level (self->list, self->found, self->index + 1, depth);
}

/**
 * bag_element_node_has_found:
 *
 * Returns: whether a search found something inside of it
 */
gboolean
bag_element_node_has_found (BagElementNode *self)
{
  g_return_val_if_fail (BAG_IS_ELEMENT_NODE (self), FALSE);

  return get_found (self->found, self->index) == BAG_ELEMENT_HAS_FOUND;
}

/**
 * bag_element_node_get_row:
 *
 * Returns: (transfer none): what the list says
 */
const BagElementRow *
bag_element_node_get_row (BagElementNode *self)
{
  g_return_val_if_fail (BAG_IS_ELEMENT_NODE (self), NULL);

  return bag_element_list_get (self->list, self->index);
}

/**
 * bag_element_node_format_name:
 *
 * Returns: (transfer full): the name of the element; "Item 3" for an item
 */
char *
bag_element_node_format_name (BagElementNode *self)
{
  const BagElementRow *row = bag_element_node_get_row (self);

  if ((row->flags & BAG_ELEMENT_ITEM) != 0)
    return g_strdup_printf ("%s %u", bag_element_get_name (row), self->number);

  return g_strdup (bag_element_get_name (row));
}

/**
 * bag_element_node_format_line:
 *
 * Returns: (transfer full): tag, name and value in one line; what is hidden is not in it
 */
char *
bag_element_node_format_line (BagElementNode *self)
{
  const BagElementRow *row = bag_element_node_get_row (self);
  g_autofree char *tag = bag_element_format_tag (row);
  g_autofree char *name = bag_element_node_format_name (self);
  g_autofree char *value = bag_element_format_value (row);

  return g_strdup_printf (*value != '\0' ? "%s %s: %s" : "%s %s%s", tag, name, value);
}
