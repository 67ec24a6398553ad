/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-slice-painter.h"

G_BEGIN_DECLS

/**
 * BagThumbnail:
 *
 * A small picture of a slice. @pixels are rows of @width native-endian 0xffRRGGBB, without gaps.
 */
typedef struct
{
  guint width, height;
  GBytes *pixels;
} BagThumbnail;

void bag_thumbnail_get_size (guint columns, guint rows, double aspect, guint most, guint *width, guint *height);
BagThumbnail *bag_thumbnail_new (const guint16 *stored, const BagPaintParameters *parameters, guint width, guint height);
void bag_thumbnail_free (BagThumbnail *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagThumbnail, bag_thumbnail_free)

G_END_DECLS
