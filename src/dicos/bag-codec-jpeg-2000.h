/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "dicos/bag-codestream.h"

G_BEGIN_DECLS

gboolean bag_codec_jpeg_2000_decode (const guint8 *data,
                                     gsize size,
                                     const BagCodestream *codestream,
                                     const BagPixelLayout *layout,
                                     guint8 *samples,
                                     GError **error);

G_END_DECLS
