/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bag_jpeg_lossless_encode (const guint16 *samples,
                               guint columns,
                               guint rows,
                               guint predictor,
                               gboolean with_jfif,
                               GByteArray *frame);

G_END_DECLS
