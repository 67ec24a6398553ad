/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void bag_window_keys_add (GtkWindow *window);
void bag_window_keys_set_accels (GtkApplication *application);

G_END_DECLS
