/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

typedef struct _BagJpegLossless BagJpegLossless;

BagJpegLossless *bag_jpeg_lossless_new (void);
void bag_jpeg_lossless_free (BagJpegLossless *self);
gboolean bag_jpeg_lossless_decode (BagJpegLossless *self,
                                   const guint8 *data,
                                   gsize size,
                                   const BagPixelLayout *layout,
                                   guint8 *samples,
                                   GError **error);

G_END_DECLS
