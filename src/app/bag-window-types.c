/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-window"

#include "config.h"

#include "app/bag-window-types.h"

#include "widgets/bag-alarm-list.h"
#include "widgets/bag-banner.h"
#include "widgets/bag-facts-panel.h"
#include "widgets/bag-level-panel.h"
#include "widgets/bag-opening-bar.h"
#include "widgets/bag-pool-panel.h"
#include "widgets/bag-scan-chooser.h"
#include "widgets/bag-shield.h"
#include "widgets/bag-slice-ruler.h"
#include "widgets/bag-slice-view.h"
#include "widgets/bag-status-bar.h"

/**
 * bag_window_types_ensure:
 *
 * Makes known the widgets that the template of the window names.
 */
void
bag_window_types_ensure (void)
{
  g_type_ensure (BAG_TYPE_ALARM_LIST);
  g_type_ensure (BAG_TYPE_BANNER);
  g_type_ensure (BAG_TYPE_FACTS_PANEL);
  g_type_ensure (BAG_TYPE_LEVEL_PANEL);
  g_type_ensure (BAG_TYPE_OPENING_BAR);
  g_type_ensure (BAG_TYPE_POOL_PANEL);
  g_type_ensure (BAG_TYPE_SCAN_CHOOSER);
  g_type_ensure (BAG_TYPE_SHIELD);
  g_type_ensure (BAG_TYPE_SLICE_RULER);
  g_type_ensure (BAG_TYPE_SLICE_VIEW);
  g_type_ensure (BAG_TYPE_STATUS_BAR);
}
