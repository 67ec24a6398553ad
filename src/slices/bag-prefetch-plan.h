/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Direction of the last movement: 1 towards higher indices, -1 towards lower, 0 none yet. */
guint bag_prefetch_plan (guint n_slices, guint current, int direction, guint budget, guint *indices);

G_END_DECLS
