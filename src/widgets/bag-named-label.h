/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bag_named_label_set_name (GtkLabel *label, const char *name);
GtkWidget *bag_named_label_new_caption (const char *text);

G_END_DECLS
