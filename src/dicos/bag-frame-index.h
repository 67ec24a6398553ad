/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-byte-reader.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 offset, length; /* of whole items */
} BagFrameSpan;

/**
 * BagFrameIndex:
 *
 * Where the frames of encapsulated pixel data lie, in stored order.
 */
typedef struct
{
  GArray *spans;          /* (element-type BagFrameSpan): whole frames only */
  gboolean is_cut;        /* the file ends before the pixel data do */
  gboolean ignored_table; /* the offset table contradicts the fragments */
} BagFrameIndex;

BagFrameIndex *bag_frame_index_new (BagByteReader *reader,
                                    guint64 offset,
                                    BagFrameCodec codec,
                                    guint n_frames,
                                    GError **error);
void bag_frame_index_free (BagFrameIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagFrameIndex, bag_frame_index_free)

G_END_DECLS
