/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *bag_alarm_row_new (gpointer alarm, gpointer user_data);

G_END_DECLS
