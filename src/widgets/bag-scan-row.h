/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-scan-entry.h"

G_BEGIN_DECLS

#define BAG_TYPE_SCAN_ROW (bag_scan_row_get_type ())
G_DECLARE_FINAL_TYPE (BagScanRow, bag_scan_row, BAG, SCAN_ROW, GtkListBoxRow)

GtkWidget *bag_scan_row_new (gpointer entry, gpointer user_data);
BagScanEntry *bag_scan_row_get_entry (BagScanRow *self);

G_END_DECLS
