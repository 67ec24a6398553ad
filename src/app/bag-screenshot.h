/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bag_screenshot_take_async (GtkWindow *window,
                                BagSession *session,
                                const char *what,
                                guint number,
                                const char *path,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bag_screenshot_take_finish (GAsyncResult *result, GError **error);

G_END_DECLS
