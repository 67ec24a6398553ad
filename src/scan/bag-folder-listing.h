/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define BAG_FOLDER_MAX_DEPTH 8u
#define BAG_FOLDER_MAX_FILES 65535u

GPtrArray *bag_folder_listing_new (const char *path, GCancellable *cancellable, GError **error);

G_END_DECLS
