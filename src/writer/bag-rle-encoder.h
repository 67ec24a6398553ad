/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bag_rle_encode (const guint16 *samples, guint columns, guint rows, GByteArray *frame);

G_END_DECLS
