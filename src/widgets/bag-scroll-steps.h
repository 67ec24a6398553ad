/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int bag_scroll_steps_add (double *rest, double delta);

G_END_DECLS
