/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BagDecoderStaging:
 *
 * The memory that a decoder may write to: two halves, shared through a sealed
 * memfd. What stands there may change at any moment, so it is copied out once
 * and looked at only then.
 */
typedef struct
{
  int fd;           /* -1 when there is none */
  guint8 *data;     /* both halves */
  gsize half_bytes; /* 0 when there is none */
} BagDecoderStaging;

void bag_decoder_staging_init (BagDecoderStaging *self);
void bag_decoder_staging_clear (BagDecoderStaging *self);
gboolean bag_decoder_staging_make (BagDecoderStaging *self, gsize half_bytes, GError **error);
gsize bag_decoder_staging_get_wanted_bytes (const BagDecoderStaging *self, gsize frame_bytes);
const guint8 *bag_decoder_staging_get_half (const BagDecoderStaging *self, guint half);

G_END_DECLS
