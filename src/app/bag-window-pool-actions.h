/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-window.h"

G_BEGIN_DECLS

void bag_window_pool_actions_add (BagWindow *window);

G_END_DECLS
