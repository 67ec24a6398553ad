/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_SHIELD (bag_shield_get_type ())
G_DECLARE_FINAL_TYPE (BagShield, bag_shield, BAG, SHIELD, GtkWidget)

GtkWidget *bag_shield_new (void);
const char *bag_shield_get_isolation (BagShield *self);
void bag_shield_set_isolation (BagShield *self, const char *isolation);

G_END_DECLS
