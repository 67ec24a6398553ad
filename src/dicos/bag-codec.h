/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

/**
 * BagCodecScratch:
 *
 * Buffers and tables that decoding frame after frame can use again. Of one
 * thread at a time.
 */
typedef struct _BagCodecScratch BagCodecScratch;

BagCodecScratch *bag_codec_scratch_new (void);
void bag_codec_scratch_free (BagCodecScratch *self);

gboolean bag_codec_decode (BagCodecScratch *scratch,
                           BagByteReader *reader,
                           BagFrameCodec codec,
                           const BagPixelLayout *layout,
                           guint64 offset,
                           guint64 length,
                           gpointer samples,
                           gsize samples_size,
                           GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagCodecScratch, bag_codec_scratch_free)

G_END_DECLS
