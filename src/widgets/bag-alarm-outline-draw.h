/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "render/bag-slice-painter.h"
#include "scan/bag-alarm-outline.h"
#include "widgets/bag-alarm-style.h"

G_BEGIN_DECLS

void bag_alarm_outline_draw (const BagAlarmOutline *outline, cairo_t *cr, const BagAlarmStyle *style, const BagSliceTransform *transform, const graphene_rect_t *view);

G_END_DECLS
