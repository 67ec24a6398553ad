/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scan/bag-scan.h"

G_BEGIN_DECLS

/* How many of the files behind the paths were looked at. Any thread, one at a time. */
typedef void (*BagSourceProgressFunc) (guint n_done, guint n_files, gpointer user_data);

/**
 * BagSourceContext:
 *
 * Who opens, and how: on a thread of @decoder with its process @child, while the
 * other processes help where there are many files.
 */
typedef struct
{
  BagDecoderChild *child;
  BagDecoder *decoder;            /* (nullable): no help without */
  GCancellable *cancellable;      /* (nullable): gives the call up */
  BagSourceProgressFunc progress; /* (nullable) */
  gpointer progress_data;
} BagSourceContext;

GPtrArray *bag_source_open_with (const BagSourceContext *context,
                                 const char *const *paths,
                                 GError **error);
GPtrArray *bag_source_open (const char *path,
                            BagDecoderChild *child,
                            GCancellable *cancellable,
                            GError **error);
BagScan *bag_source_open_demo (guint columns, guint rows, guint n_slices, guint64 seed, GError **error);

G_END_DECLS
