/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-file-list"

#include "config.h"

#include "scan/bag-file-list.h"

/**
 * bag_file_list_new:
 *
 * Returns: (transfer full): an empty list
 */
BagFileList *
bag_file_list_new (void)
{
  BagFileList *self = g_new0 (BagFileList, 1);

  self->paths = g_ptr_array_new_with_free_func (g_free);
  self->bags = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

/**
 * bag_file_list_free:
 * @self: (transfer full) (nullable): a list
 */
void
bag_file_list_free (BagFileList *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->paths);
  g_array_unref (self->bags);
  g_free (self);
}

/**
 * bag_file_list_add:
 * @self: a list
 * @path: a file
 * @bag: which of the paths that were to be opened it was found behind, from 0
 */
void
bag_file_list_add (BagFileList *self, const char *path, guint bag)
{
  g_return_if_fail (self != NULL && path != NULL);

  g_ptr_array_add (self->paths, g_strdup (path));
  g_array_append_val (self->bags, bag);
}
