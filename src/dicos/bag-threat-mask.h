/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"
#include "dicos/bag-element-parser.h"

G_BEGIN_DECLS

gboolean bag_threat_mask_read (BagByteReader *reader, const BagElement *mask, guint64 *room, BagReportPlace *place);

G_END_DECLS
