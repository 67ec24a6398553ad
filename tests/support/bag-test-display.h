/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bag-test-wait.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What tests of widgets have in common. */

gboolean bag_test_init_display (int *argc, char ***argv);
GtkEventController *bag_test_find_controller (GtkWidget *widget, GType type, guint button);
GtkWidget *bag_test_show (GtkWidget *child, int width, int height);
GdkTexture *bag_test_take_picture (GtkWidget *widget);
GtkWidget *bag_test_find_widget (GtkWidget *root, GType type, const char *id);

G_END_DECLS
