/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-window-level.h"
#include "scan/bag-scan.h"
#include "session/bag-open-progress.h"

G_BEGIN_DECLS

/**
 * BagOpened:
 *
 * What was found behind a path: its scans, the one to look at, and the window to
 * look through.
 */
typedef struct
{
  GPtrArray *scans; /* (element-type BagScan), owned; at least one */
  guint chosen;
  BagWindowLevel window; /* of the file, else measured */
} BagOpened;

void bag_opened_free (BagOpened *self);

void bag_opener_open_async (const char *const *paths,
                            BagDecoder *decoder,
                            BagOpenProgressFunc progress,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
void bag_opener_open_demo_async (guint64 seed,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
void bag_opener_choose_async (GPtrArray *scans,
                              guint chosen,
                              BagDecoder *decoder,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
BagOpened *bag_opener_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagOpened, bag_opened_free)

G_END_DECLS
