/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

GPtrArray *bag_source_open (const char *path,
                            BagDecoderChild *child,
                            GCancellable *cancellable,
                            GError **error);
GPtrArray *bag_source_open_many (const char *const *paths,
                                 BagDecoderChild *child,
                                 GCancellable *cancellable,
                                 GError **error);
BagScan *bag_source_open_demo (guint columns, guint rows, guint n_slices, guint64 seed, GError **error);

G_END_DECLS
