/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-window.h"

#include "bag-test-display.h"

G_BEGIN_DECLS

/* What the tests of the window share. */

BagWindow *open_window (void);
void close_window (BagWindow *window);
void open_demo (BagWindow *window);
void activate (BagWindow *window, const char *name, GVariant *parameter);

G_END_DECLS
