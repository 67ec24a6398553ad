/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder/bag-decoder-channel.h"

G_BEGIN_DECLS

gboolean bag_decoder_ask_for_frame (BagDecoderChannel *channel,
                                    BagDecoderRequest *request,
                                    int fd,
                                    const BagPixelLayout *layout,
                                    BagDecoderReply *reply,
                                    GCancellable *cancellable,
                                    GError **error);

G_END_DECLS
