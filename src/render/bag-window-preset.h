/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-window-level.h"

G_BEGIN_DECLS

/* Windows that an operator picks by name; numbered from 1, as the keys are. */
#define BAG_N_WINDOW_PRESETS 5u

const char *bag_window_preset_get_name (guint number);
gboolean bag_window_preset_get (guint number,
                                const char *units,
                                const BagWindowLevel *whole,
                                BagWindowLevel *window);

G_END_DECLS
