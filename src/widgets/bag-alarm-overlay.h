/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "render/bag-slice-painter.h"
#include "session/bag-session.h"

G_BEGIN_DECLS

/**
 * BagAlarmOverlay:
 *
 * The boxes of the alarms on one slice, with their words, ready to be drawn.
 */
typedef struct _BagAlarmOverlay BagAlarmOverlay;

BagAlarmOverlay *bag_alarm_overlay_new (void);
void bag_alarm_overlay_free (BagAlarmOverlay *self);
gboolean bag_alarm_overlay_update (BagAlarmOverlay *self, GtkWidget *widget, BagSession *session, guint index);
guint bag_alarm_overlay_get_n_boxes (const BagAlarmOverlay *self);
void bag_alarm_overlay_snapshot (const BagAlarmOverlay *self, GtkSnapshot *snapshot, const BagSliceTransform *transform, double width, double height);
void bag_alarm_overlay_get_bounds (const BagAlarmBox *box, const BagSliceTransform *transform, graphene_rect_t *bounds);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BagAlarmOverlay, bag_alarm_overlay_free)

G_END_DECLS
