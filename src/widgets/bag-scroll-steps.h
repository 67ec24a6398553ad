/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

double bag_scroll_steps_get_notches (GdkScrollUnit unit, double delta);
int bag_scroll_steps_add (double *rest, double delta);

G_END_DECLS
