/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

/* Bytes of output between two restart points. */
#define BAG_INFLATER_INTERVAL (4u << 20)

/* BagInflater: the inflated bytes of a raw deflate stream (RFC 1951), read at any
 * offset without ever holding them all. Its type is known to the byte reader. */

BagInflater *bag_inflater_new (BagByteReader *source, guint64 start, GError **error);
void bag_inflater_free (BagInflater *self);
void bag_inflater_set_fd (BagInflater *self, int fd);

guint64 bag_inflater_get_bound (const BagInflater *self);
gboolean bag_inflater_ends_at (const BagInflater *self, guint64 offset);
guint64 bag_inflater_get_n_inflated (const BagInflater *self);
guint bag_inflater_get_n_points (const BagInflater *self);
gboolean bag_inflater_read (BagInflater *self,
                            guint64 offset,
                            gpointer dest,
                            gsize least,
                            gsize most,
                            gsize *n_read,
                            GError **error);
gboolean bag_inflater_approach (BagInflater *self,
                                guint64 offset,
                                guint64 most,
                                guint64 *reached,
                                GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagInflater, bag_inflater_free)

G_END_DECLS
