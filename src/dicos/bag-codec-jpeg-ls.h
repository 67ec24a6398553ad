/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

gboolean bag_codec_jpeg_ls_decode (const guint8 *data, gsize size, const BagPixelLayout *layout, guint8 *samples, GError **error);

G_END_DECLS
