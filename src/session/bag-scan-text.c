/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-scan-text.h"

#include "scan/bag-alarm.h"

#include <glib/gi18n.h>

#include <string.h>

/**
 * bag_format_scan_kind:
 * @scan: a scan
 *
 * Returns: which section and which energy or quantity it shows; "" when the file does not say
 */
char *
bag_format_scan_kind (BagScan *scan)
{
  const BagScanKin *kin = bag_scan_get_kin (scan);
  g_autofree char *section = kin->n_sections > 0 ? g_strdup_printf (_ ("section %1$u of %2$u"), kin->section, kin->n_sections) : g_strdup ("");

  return g_strconcat (section, *section != '\0' && *kin->energy != '\0' ? ", " : "", kin->energy, NULL);
}

/**
 * bag_format_scan_slices:
 * @scan: a scan
 *
 * Returns: "600 slices"
 */
char *
bag_format_scan_slices (BagScan *scan)
{
  guint n = bag_scan_get_n_slices (scan);

  return g_strdup_printf (ngettext ("%u slice", "%u slices", n), n);
}

/**
 * bag_format_scan_alarms:
 * @scan: a scan
 *
 * Returns: "2 alarms: HIGH_THREAT", with the gravest flag; "" without a threat report
 */
char *
bag_format_scan_alarms (BagScan *scan)
{
  GListModel *alarms = bag_scan_get_alarms (scan);
  guint n = g_list_model_get_n_items (alarms);
  g_autoptr (BagAlarm) gravest = g_list_model_get_item (alarms, 0);

  if (gravest != NULL)
    return g_strdup_printf (ngettext ("%1$u alarm: %2$s", "%1$u alarms: %2$s", n), n, bag_threat_flag_get_name (bag_alarm_get_flag (gravest)));

  return g_strdup (bag_scan_get_reports (scan)->len > 0 ? _ ("no alarms reported") : "");
}

/**
 * bag_format_scan_time:
 * @acquired: YYYYMMDDhhmmss.ffffff, or a beginning of that
 *
 * Returns: "2024-03-01 09:05:30", as much as there is of it; @acquired itself when
 *   it is not such a time
 */
char *
bag_format_scan_time (const char *acquired)
{
  gsize n_digits;

  g_return_val_if_fail (acquired != NULL, NULL);

  n_digits = strspn (acquired, "0123456789");
  if (n_digits >= 14)
    return g_strdup_printf ("%.4s-%.2s-%.2s %.2s:%.2s:%.2s", acquired, acquired + 4, acquired + 6, acquired + 8, acquired + 10, acquired + 12);
  if (n_digits >= 8)
    return g_strdup_printf ("%.4s-%.2s-%.2s", acquired, acquired + 4, acquired + 6);

  return g_strdup (acquired);
}
