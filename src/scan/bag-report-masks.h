/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "description/bag-report.h"

G_BEGIN_DECLS

/* Bytes of the masks of all reports behind one path; boxes without one beyond that. */
#define BAG_REPORT_MOST_MASK_BYTES ((gsize) 64 << 20)

void bag_report_masks_limit (BagReport *report, gsize *n_bytes);

G_END_DECLS
