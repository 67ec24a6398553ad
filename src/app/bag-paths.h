/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

char **bag_paths_from_files (GSList *files);
char **bag_paths_from_text (const char *text);

void bag_paths_read_clipboard_async (GdkClipboard *clipboard,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
char **bag_paths_read_clipboard_finish (GAsyncResult *result, GError **error);

G_END_DECLS
