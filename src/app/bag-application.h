/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/bag-options.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_APPLICATION (bag_application_get_type ())
G_DECLARE_FINAL_TYPE (BagApplication, bag_application, BAG, APPLICATION, GtkApplication)

BagApplication *bag_application_new (BagOptions *options);
int bag_application_get_exit_status (BagApplication *self);

G_END_DECLS
