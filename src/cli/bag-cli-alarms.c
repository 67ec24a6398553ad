/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-cli"

#include "config.h"

#include "cli/bag-cli-alarms.h"

#include "scan/bag-alarm.h"
#include "scan/bag-report-match.h"

#include <glib/gi18n.h>

#include <math.h>
#include <stdio.h>

/* The threat reports of a scan and their alarms, as members of its record. */

/* Reports hold single floats: told with the digits that they have, and no more. */
static void
add_float (JsonBuilder *builder, const char *key, double value)
{
  const char *const formats[] = { "%.6g", "%.7g", "%.8g", "%.9g" };
  char digits[G_ASCII_DTOSTR_BUF_SIZE];
  double shortest = value;

  for (guint i = 0; i < G_N_ELEMENTS (formats) && isfinite (value); i++)
    {
      shortest = g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, formats[i], value), NULL);
      if ((float) shortest == (float) value)
        break;
    }

  bag_cli_json_add_number (builder, key, shortest);
}

static void
add_report_texts (JsonBuilder *builder, const BagReport *report)
{
  bag_cli_json_add_text (builder, "report", report->name);
  bag_cli_json_add_text (builder, "decision", bag_report_get_text (report, BAG_REPORT_TEXT_DECISION));
  bag_cli_json_add_text (builder, "type", bag_report_get_text (report, BAG_REPORT_TEXT_TYPE));
  bag_cli_json_add_text (builder, "algorithm", bag_report_get_text (report, BAG_REPORT_TEXT_ALGORITHM));
}

static void
add_assessment (JsonBuilder *builder, const BagReportAssessment *one)
{
  bag_cli_json_add_text (builder, "flag", bag_threat_flag_get_name (one->flag));
  bag_cli_json_add_text (builder, "category", one->category);
  bag_cli_json_add_text (builder, "text", one->text);
  bag_cli_json_add_text (builder, "ability", one->ability);
  add_float (builder, "probability", one->probability);
}

/* The gravest one stands in the alarm itself; all of them in a list. */
static void
add_assessments (JsonBuilder *builder, BagAlarm *alarm)
{
  const BagReportAssessment none = { BAG_THREAT_FLAG_UNKNOWN, (char *) "", (char *) "", (char *) "", NAN };
  const BagReportAssessment *gravest = bag_alarm_get_assessment (alarm);
  const GPtrArray *assessments = bag_alarm_get_object (alarm)->assessments;

  add_assessment (builder, gravest != NULL ? gravest : &none);
  json_builder_set_member_name (builder, "assessments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < assessments->len; i++)
    {
      json_builder_begin_object (builder);
      add_assessment (builder, g_ptr_array_index (assessments, i));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
add_matter (JsonBuilder *builder, const BagReportPlace *place)
{
  gboolean has_mask = place != NULL && (place->flags & BAG_REPORT_PLACE_HAS_MASK) != 0;

  add_float (builder, "mass", place != NULL ? place->mass : NAN);
  add_float (builder, "density", place != NULL ? place->density : NAN);
  add_float (builder, "z_effective", place != NULL ? place->z_effective : NAN);
  add_float (builder, "volume", place != NULL ? place->volume_cc : NAN);
  bag_cli_json_add_text (builder, "location", place != NULL ? place->location : "");
  if (has_mask)
    bag_cli_json_add_integer (builder, "masked_voxels", place->n_masked);
  else
    bag_cli_json_add_null (builder, "masked_voxels");
}

static void
add_box (JsonBuilder *builder, const BagAlarmBox *box)
{
  if (box == NULL)
    {
      bag_cli_json_add_null (builder, "first_slice");
      bag_cli_json_add_null (builder, "last_slice");
      bag_cli_json_add_null (builder, "box");
      return;
    }

  bag_cli_json_add_integer (builder, "first_slice", box->first_slice + 1);
  bag_cli_json_add_integer (builder, "last_slice", box->last_slice + 1);
  json_builder_set_member_name (builder, "box");
  json_builder_begin_array (builder);
  bag_cli_json_add_integer (builder, NULL, box->x);
  bag_cli_json_add_integer (builder, NULL, box->y);
  bag_cli_json_add_integer (builder, NULL, box->width);
  bag_cli_json_add_integer (builder, NULL, box->height);
  json_builder_end_array (builder);
}

static void
add_alarm (JsonBuilder *builder, BagAlarm *alarm)
{
  json_builder_begin_object (builder);
  bag_cli_json_add_integer (builder, "id", bag_alarm_get_object (alarm)->id);
  add_assessments (builder, alarm);
  add_matter (builder, bag_alarm_get_place (alarm));
  add_box (builder, bag_alarm_get_box (alarm));
  bag_cli_json_add_truth (builder, "linked", bag_alarm_is_linked (alarm));
  add_report_texts (builder, bag_alarm_get_report (alarm));
  json_builder_end_object (builder);
}

static void
add_report (JsonBuilder *builder, const BagReport *report, BagScan *scan)
{
  json_builder_begin_object (builder);
  add_report_texts (builder, report);
  bag_cli_json_add_text (builder, "time", bag_report_get_text (report, BAG_REPORT_TEXT_TIME));
  bag_cli_json_add_text (builder, "abort", bag_report_get_text (report, BAG_REPORT_TEXT_ABORT_FLAG));
  bag_cli_json_add_text (builder, "bag_id", bag_report_get_text (report, BAG_REPORT_TEXT_BAG_ID));
  bag_cli_json_add_integer (builder, "objects", report->objects->len);
  bag_cli_json_add_truth (builder, "linked", bag_report_match_is_linked (bag_report_match_scan (report, scan)));
  json_builder_end_object (builder);
}

/**
 * bag_cli_alarms_add_json:
 * @builder: a builder inside the record of @scan
 * @scan: a scan
 *
 * Adds its threat reports and alarms. Slices count from 1, voxels of a box from 0.
 */
void
bag_cli_alarms_add_json (JsonBuilder *builder, BagScan *scan)
{
  const GPtrArray *reports = bag_scan_get_reports (scan);
  GListModel *alarms = bag_scan_get_alarms (scan);

  json_builder_set_member_name (builder, "reports");
  json_builder_begin_array (builder);
  for (guint i = 0; i < reports->len; i++)
    add_report (builder, g_ptr_array_index (reports, i), scan);
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "alarms");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (alarms); i++)
    {
      g_autoptr (BagAlarm) alarm = g_list_model_get_item (alarms, i);

      add_alarm (builder, alarm);
    }
  json_builder_end_array (builder);
}

static void
print_probability (JsonObject *alarm)
{
  if (!json_object_get_null_member (alarm, "probability"))
    printf (" %.0f %%", json_object_get_double_member (alarm, "probability") * 100);
}

static void
print_place (JsonObject *alarm)
{
  JsonArray *box = NULL;

  if (json_object_get_null_member (alarm, "box"))
    {
      printf (_ (", without a place in this scan"));
      return;
    }

  box = json_object_get_array_member (alarm, "box");
  printf (_ (", slices %1$d to %2$d, box %3$d,%4$d %5$dx%6$d"),
          (int) json_object_get_int_member (alarm, "first_slice"),
          (int) json_object_get_int_member (alarm, "last_slice"),
          (int) json_array_get_int_element (box, 0),
          (int) json_array_get_int_element (box, 1),
          (int) json_array_get_int_element (box, 2),
          (int) json_array_get_int_element (box, 3));
}

/**
 * bag_cli_alarms_print:
 * @alarms: the member of that name
 *
 * Prints a line an alarm.
 */
void
bag_cli_alarms_print (JsonArray *alarms)
{
  for (guint i = 0; i < json_array_get_length (alarms); i++)
    {
      JsonObject *alarm = json_array_get_object_element (alarms, i);

      printf ("%-24s  %d: %s %s", "alarm", (int) json_object_get_int_member (alarm, "id"), json_object_get_string_member (alarm, "flag"), json_object_get_string_member (alarm, "category"));
      print_probability (alarm);
      print_place (alarm);
      if (!json_object_get_boolean_member (alarm, "linked"))
        printf (", %s", _ ("unlinked"));
      printf (", “%s”\n", json_object_get_string_member (alarm, "text"));
    }
}

/**
 * bag_cli_alarms_print_reports:
 * @reports: the member of that name
 *
 * Prints a line a report.
 */
void
bag_cli_alarms_print_reports (JsonArray *reports)
{
  for (guint i = 0; i < json_array_get_length (reports); i++)
    {
      JsonObject *report = json_array_get_object_element (reports, i);

      printf ("%-24s  %s, %s, %s (%s)\n", "report", json_object_get_string_member (report, "decision"), json_object_get_string_member (report, "type"), json_object_get_string_member (report, "algorithm"), json_object_get_string_member (report, "report"));
    }
}
