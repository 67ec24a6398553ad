/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/bag-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define BAG_TYPE_GO_TO_POPOVER (bag_go_to_popover_get_type ())
G_DECLARE_FINAL_TYPE (BagGoToPopover, bag_go_to_popover, BAG, GO_TO_POPOVER, GtkPopover)

GtkWidget *bag_go_to_popover_new (void);
BagSession *bag_go_to_popover_get_session (BagGoToPopover *self);
void bag_go_to_popover_set_session (BagGoToPopover *self, BagSession *session);

G_END_DECLS
