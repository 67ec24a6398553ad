/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void bag_row_predict (guint predictor, const guint16 *differences, const guint16 *above, guint16 *row, gsize n);

G_END_DECLS
