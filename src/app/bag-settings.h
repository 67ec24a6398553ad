/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSettings *bag_settings_new (void);
guint64 bag_settings_get_pool_budget (GSettings *settings);

G_END_DECLS
