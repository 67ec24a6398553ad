/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-window.h"

G_BEGIN_DECLS

/* What the tests of the window share. */

typedef gboolean (*Condition) (gpointer data);

void wait_until (Condition condition, gpointer data);
BagWindow *open_window (void);
void close_window (BagWindow *window);
void open_demo (BagWindow *window);
void activate (BagWindow *window, const char *name, GVariant *parameter);
GtkWidget *find_widget (GtkWidget *root, GType type);
void add_display_tests (void (*add) (void));

G_END_DECLS
