/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/bag-session.h"

G_BEGIN_DECLS

/**
 * BagSliceNotes:
 *
 * What is written over the slice view: what to do without a scan, which slice is
 * still on its way, why one cannot be shown.
 */
#define BAG_TYPE_SLICE_NOTES (bag_slice_notes_get_type ())
G_DECLARE_FINAL_TYPE (BagSliceNotes, bag_slice_notes, BAG, SLICE_NOTES, GtkWidget)

GtkWidget *bag_slice_notes_new (void);
void bag_slice_notes_set_session (BagSliceNotes *self, BagSession *session);

G_END_DECLS
