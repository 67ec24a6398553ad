/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-channel.h"

G_BEGIN_DECLS

GBytes *bag_decoder_fetch (BagDecoderChannel *self,
                           BagDecoderKind kind,
                           guint64 length,
                           int fd,
                           GCancellable *cancellable,
                           GError **error);

G_END_DECLS
