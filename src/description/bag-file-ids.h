/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The images that the directory of a disc (DICOMDIR) lists, by their file IDs: components
 * parted by backslashes, as ReferencedFileID (0004,1500) writes them. */

#define BAG_MAX_FILE_IDS 65535u

GBytes *bag_file_ids_to_bytes (const GPtrArray *ids);
GPtrArray *bag_file_ids_from_bytes (GBytes *bytes, GError **error);
char **bag_file_id_split (const char *id);

G_END_DECLS
