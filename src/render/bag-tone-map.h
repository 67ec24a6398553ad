/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-tone-line.h"

G_BEGIN_DECLS

/**
 * BagToneMap:
 *
 * Stored values to pixels of a CAIRO_FORMAT_RGB24 surface, for one window.
 * Equal to bag_window_level_map() of slope * stored + intercept for every one
 * of the 65,536 stored values; @inverted turns black and white round after
 * that (MONOCHROME1, or the operator's wish; both together cancel out).
 * Immutable once prepared: any thread may apply it.
 */
typedef struct _BagToneMap BagToneMap;

BagToneMap *bag_tone_map_new (void);
void bag_tone_map_free (BagToneMap *self);
gboolean bag_tone_map_prepare (BagToneMap *self,
                               const BagWindowLevel *window,
                               double slope,
                               double intercept,
                               gboolean is_signed,
                               gboolean inverted);
void bag_tone_map_apply (const BagToneMap *self,
                         const guint16 *stored,
                         guint columns,
                         guint rows,
                         guint32 *pixels,
                         gsize pixel_stride);
BagTonePath bag_tone_map_get_path (const BagToneMap *self);
void bag_tone_map_set_best_path (BagToneMap *self, BagTonePath best);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagToneMap, bag_tone_map_free)

G_END_DECLS
