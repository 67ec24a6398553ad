/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-element-list"

#include "config.h"

#include "description/bag-element-list.h"

#include <string.h>

/* Rows in the order of the file, and one place for all their texts. */

#define CHUNK_BYTES 65536u

/**
 * bag_element_list_new:
 * @is_revealed: whether persons' data stand in it in clear
 *
 * Returns: (transfer full): an empty list
 */
BagElementList *
bag_element_list_new (gboolean is_revealed)
{
  BagElementList *self = g_new0 (BagElementList, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->rows = g_array_new (FALSE, TRUE, sizeof (BagElementRow));
  self->texts = g_string_chunk_new (CHUNK_BYTES);
  self->is_revealed = is_revealed;
  self->problem = g_strdup ("");

  return self;
}

/**
 * bag_element_list_ref:
 *
 * Returns: (transfer full): @self
 */
BagElementList *
bag_element_list_ref (BagElementList *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * bag_element_list_unref:
 * @self: (transfer full): a list
 */
void
bag_element_list_unref (BagElementList *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->rows);
  g_string_chunk_free (self->texts);
  g_free (self->problem);
  g_free (self);
}

/**
 * bag_element_list_add:
 * @row: a row; its text is copied
 *
 * Adds a row at the end while the list is made, or counts it when there are too many.
 */
void
bag_element_list_add (BagElementList *self, const BagElementRow *row)
{
  gsize length = strlen (row->text);
  BagElementRow copy = *row;

  g_return_if_fail (self != NULL && row != NULL);

  /* Nothing comes behind the first that is left out, or items would stand in the wrong sequence. */
  if (self->n_more > 0 || self->rows->len == BAG_MAX_LISTED_ELEMENTS || length > BAG_MAX_ELEMENT_LIST_TEXT - self->n_text_bytes)
    {
      self->n_more++;
      return;
    }

  copy.text = length == 0 ? "" : g_string_chunk_insert_len (self->texts, row->text, (gssize) length);
  self->n_text_bytes += length;
  g_array_append_val (self->rows, copy);
}

/**
 * bag_element_list_get:
 * @index: a row, from 0
 *
 * Returns: (transfer none): that row
 */
const BagElementRow *
bag_element_list_get (const BagElementList *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->rows->len, NULL);

  return &g_array_index (self->rows, BagElementRow, index);
}
