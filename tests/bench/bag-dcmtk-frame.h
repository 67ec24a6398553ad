/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BagDcmtkFrame:
 *
 * One compressed frame of 16 bits as DCMTK holds it in memory, to be decoded
 * there again and again.
 */
typedef struct _BagDcmtkFrame BagDcmtkFrame;

BagDcmtkFrame *bag_dcmtk_frame_new (guint predictor, guint columns, guint rows, const guint8 *frame, gsize size);
void bag_dcmtk_frame_free (BagDcmtkFrame *self);
gboolean bag_dcmtk_frame_decode (BagDcmtkFrame *self, guint8 *samples, gsize size);

G_END_DECLS
