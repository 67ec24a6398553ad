/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder.h"
#include "scan/bag-header.h"

G_BEGIN_DECLS

/**
 * BagHeaderBatch:
 *
 * The headers of many files, read by all processes of a decoder and handed out
 * in the order of the files.
 */
typedef struct _BagHeaderBatch BagHeaderBatch;

BagHeaderBatch *bag_header_batch_new (GPtrArray *files, BagDecoder *decoder, GCancellable *cancellable);
void bag_header_batch_close (BagHeaderBatch *self);
BagHeader *bag_header_batch_next (BagHeaderBatch *self, BagDecoderChild *child);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagHeaderBatch, bag_header_batch_close)

G_END_DECLS
