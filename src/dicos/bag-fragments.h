/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

gboolean bag_fragments_join (BagByteReader *reader,
                             guint64 offset,
                             guint64 length,
                             guint8 *dest,
                             gsize dest_size,
                             gsize *joined,
                             GError **error);

G_END_DECLS
