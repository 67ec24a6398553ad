/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-channel.h"

G_BEGIN_DECLS

/**
 * BagDecoderFile:
 *
 * One of several files that are described together: what is asked, and what came of it.
 */
typedef struct
{
  int fd;       /* a regular file, open for reading; stays open */
  guint64 size; /* as fstat gives it */

  /* Owned: one of both is set once it was described */
  BagDescription *description;
  GError *error; /* in the domain BAG_ERROR */
} BagDecoderFile;

BagDescription *bag_decoder_describe (BagDecoderChannel *self, int fd, guint64 size, GCancellable *cancellable, GError **error);
void bag_decoder_describe_all (BagDecoderChannel *self, BagDecoderFile *files, guint n_files, GCancellable *cancellable);

G_END_DECLS
