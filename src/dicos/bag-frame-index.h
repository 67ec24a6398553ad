/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"
#include "dicos/bag-element-parser.h"

G_BEGIN_DECLS

typedef struct
{
  guint64 offset, length; /* of whole items */
} BagFrameSpan;

/* The extended offset table (PS3.3 C.7.6.3.1.8); tag 0 when absent. */
typedef struct
{
  BagElement offsets, lengths; /* (7FE0,0001) and (7FE0,0002) */
} BagExtendedTable;

/**
 * BagFrameIndex:
 *
 * Where the frames of encapsulated pixel data lie, in stored order.
 */
typedef struct
{
  GArray *spans;          /* (element-type BagFrameSpan): whole frames only */
  gboolean is_cut;        /* the file ends before the pixel data do */
  gboolean ignored_table; /* an offset table contradicts the fragments, or another one */
} BagFrameIndex;

BagFrameIndex *bag_frame_index_new (BagByteReader *reader,
                                    guint64 offset,
                                    BagFrameCodec codec,
                                    guint n_frames,
                                    const BagExtendedTable *extended,
                                    GError **error);
void bag_frame_index_free (BagFrameIndex *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagFrameIndex, bag_frame_index_free)

G_END_DECLS
