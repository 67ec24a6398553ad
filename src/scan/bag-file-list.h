/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagFileList:
 *
 * Files to look at, in order, each with the path that it was found behind.
 */
typedef struct
{
  GPtrArray *paths; /* (element-type filename) */
  GArray *bags;     /* (element-type guint): of each, which of the paths that were to be opened */
} BagFileList;

BagFileList *bag_file_list_new (void);
void bag_file_list_free (BagFileList *self);
void bag_file_list_add (BagFileList *self, const char *path, guint bag);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagFileList, bag_file_list_free)

G_END_DECLS
