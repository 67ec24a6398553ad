/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-session.h"

G_BEGIN_DECLS

/**
 * BagSliceRuler:
 *
 * The whole scan from top to bottom: which slices are in memory, which ones were
 * seen, which one is on the screen; a click or drag goes there. Property: session (rw BagSession or NULL).
 */
#define BAG_TYPE_SLICE_RULER (bag_slice_ruler_get_type ())
G_DECLARE_FINAL_TYPE (BagSliceRuler, bag_slice_ruler, BAG, SLICE_RULER, GtkWidget)

GtkWidget *bag_slice_ruler_new (void);
BagSession *bag_slice_ruler_get_session (BagSliceRuler *self);
void bag_slice_ruler_set_session (BagSliceRuler *self, BagSession *session);

G_END_DECLS
