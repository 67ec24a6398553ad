/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-window.h"

G_BEGIN_DECLS

void bag_figures_ask_and_save (BagWindow *window);
void bag_figures_save (BagWindow *window, const char *path);
void bag_figures_copy (BagWindow *window);

G_END_DECLS
