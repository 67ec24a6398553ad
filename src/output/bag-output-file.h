/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BagOutputFile:
 *
 * A file that appears whole or not at all: all that the program writes goes
 * through here. The first failure is kept and told by bag_output_file_close();
 * the calls after it do nothing. One thread at a time.
 */
typedef struct _BagOutputFile BagOutputFile;

BagOutputFile *bag_output_file_new (const char *path, GError **error);
void bag_output_file_free (BagOutputFile *self);
gboolean bag_output_file_write (BagOutputFile *self, gconstpointer data, gsize size);
gboolean bag_output_file_close (BagOutputFile *self, GError **error);

gboolean bag_output_file_save (const char *path, GBytes *bytes, GError **error);
void bag_output_file_save_async (const char *path,
                                 GBytes *bytes,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean bag_output_file_save_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagOutputFile, bag_output_file_free)

G_END_DECLS
