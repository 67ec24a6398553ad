/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-alarm-text.h"

#include <glib/gi18n.h>

#include <string.h>

/**
 * bag_format_alarm:
 * @alarm: the alarm at the place that is told
 * @index: its place in the list, from 0
 * @n_alarms: alarms of the scan
 * @n_others_here: how many other ones are on the same slice
 *
 * Returns: (transfer full): which alarm that is
 */
char *
bag_format_alarm (BagAlarm *alarm, guint index, guint n_alarms, guint n_others_here)
{
  g_autofree char *words = bag_alarm_format (alarm);
  g_autofree char *text = g_strdup_printf (_ ("alarm %1$u of %2$u: %3$s"), index + 1, n_alarms, words);

  if (bag_alarm_get_box (alarm) == NULL)
    return g_strdup_printf (_ ("%s · without a place in this scan"), text);
  if (n_others_here > 0)
    return g_strdup_printf (ngettext ("%1$s · %2$u more on this slice", "%1$s · %2$u more on this slice", n_others_here), text, n_others_here);

  return g_steal_pointer (&text);
}

/* Who reports: TDRType (4010,1027). */
static const char *
get_author (const char *type)
{
  if (strcmp (type, "MACHINE") == 0)
    return _ ("Machine report");
  if (strcmp (type, "OPERATOR") == 0)
    return _ ("Operator report");
  if (strcmp (type, "GROUND TRUTH") == 0)
    return _ ("Ground truth report");
  if (strcmp (type, "AGGREGATE") == 0 || strcmp (type, "MOD_AGGREGATE") == 0)
    return _ ("Aggregate report");

  return _ ("Threat report");
}

/**
 * bag_format_report:
 * @report: a report
 *
 * Returns: (transfer full): who decided what, as the file says it: "Machine
 *   report: ALARM (ALGORITHM 1.2)"
 */
char *
bag_format_report (const BagReport *report)
{
  const char *author = get_author (bag_report_get_text (report, BAG_REPORT_TEXT_TYPE));
  const char *decision = bag_report_get_text (report, BAG_REPORT_TEXT_DECISION);
  const char *algorithm = bag_report_get_text (report, BAG_REPORT_TEXT_ALGORITHM);

  if (*decision == '\0')
    decision = _ ("no decision");
  if (*algorithm == '\0')
    return g_strdup_printf (_ ("%1$s: %2$s"), author, decision);

  return g_strdup_printf (_ ("%1$s: %2$s (%3$s)"), author, decision, algorithm);
}

/**
 * bag_format_reports:
 * @reports: (element-type BagReport): reports about one scan
 *
 * Returns: (transfer full) (nullable): a line each; %NULL without any
 */
char *
bag_format_reports (const GPtrArray *reports)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < reports->len; i++)
    {
      g_autofree char *line = bag_format_report (g_ptr_array_index (reports, i));

      if (i > 0)
        g_string_append_c (text, '\n');
      g_string_append (text, line);
    }

  return reports->len > 0 ? g_strdup (text->str) : NULL;
}
