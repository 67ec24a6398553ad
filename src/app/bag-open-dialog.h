/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  BAG_OPEN_DIALOG_FILES,
  BAG_OPEN_DIALOG_FOLDER,
  BAG_OPEN_DIALOG_SAVE_FIGURES,
} BagOpenDialogKind;

void bag_open_dialog_choose_async (GtkWindow *parent,
                                   BagOpenDialogKind kind,
                                   const char *folder,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
char **bag_open_dialog_choose_finish (GAsyncResult *result, GError **error);

G_END_DECLS
