/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-session.h"

G_BEGIN_DECLS

#define BAG_TYPE_SCAN_CHOOSER (bag_scan_chooser_get_type ())
G_DECLARE_FINAL_TYPE (BagScanChooser, bag_scan_chooser, BAG, SCAN_CHOOSER, GtkWidget)

GtkWidget *bag_scan_chooser_new (void);
BagSession *bag_scan_chooser_get_session (BagScanChooser *self);
void bag_scan_chooser_set_session (BagScanChooser *self, BagSession *session);
gboolean bag_scan_chooser_get_shown (BagScanChooser *self);
void bag_scan_chooser_set_shown (BagScanChooser *self, gboolean shown);
gboolean bag_scan_chooser_get_several (BagScanChooser *self);
gboolean bag_scan_chooser_has_focus (BagScanChooser *self);
void bag_scan_chooser_take_focus (BagScanChooser *self);

G_END_DECLS
