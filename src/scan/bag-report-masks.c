/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report-masks"

#include "config.h"

#include "scan/bag-report-masks.h"

#include "description/bag-report-mask.h"

#include <glib/gi18n.h>

/**
 * bag_report_masks_limit:
 * @report: a report that nobody else knows yet
 * @n_bytes: (inout): bytes of the masks of those before it
 *
 * Takes its masks from a report for which there is no room, and has it say so.
 */
void
bag_report_masks_limit (BagReport *report, gsize *n_bytes)
{
  gsize own = 0;
  guint n_masks;

  g_return_if_fail (report != NULL && n_bytes != NULL && *n_bytes <= BAG_REPORT_MOST_MASK_BYTES);

  own = bag_report_get_mask_bytes (report);
  if (own <= BAG_REPORT_MOST_MASK_BYTES - *n_bytes)
    {
      *n_bytes += own;
      return;
    }

  n_masks = bag_report_drop_masks (report);
  bag_report_add_warning (report, "mask-too-large", ngettext ("The threat reports here have too many masks: of %u object of “%s” only the box is drawn", "The threat reports here have too many masks: of %u objects of “%s” only the boxes are drawn", n_masks), n_masks, report->name);
}
