/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-child.h"

#include "decoder/bag-decoder-channel.h"

G_BEGIN_DECLS

/* Shared by the files of BagDecoderChild alone. */

struct _BagDecoderChild
{
  BagDecoderChannel channel;

  /* Owned */
  GCancellable *starting; /* of bag_decoder_child_start() */
};

G_END_DECLS
