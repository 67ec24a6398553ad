/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-description.h"

G_BEGIN_DECLS

/* Enough of a fragment to see whether a frame begins with it: the head of RLE. */
#define BAG_FRAME_START_BYTES 64u

gboolean bag_frame_start_check (BagFrameCodec codec, const guint8 *head, gsize n);

G_END_DECLS
