/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-report"

#include "config.h"

#include "description/bag-report.h"

#include <math.h>

/* What one threat report says. A plain record: the reader fills it, the other
 * side of the socket checks it (bag-report-bytes.c). */

/**
 * bag_threat_flag_get_name:
 * @flag: a flag
 *
 * Returns: (transfer none): its name as reports write it
 */
const char *
bag_threat_flag_get_name (BagThreatFlag flag)
{
  static const char *const names[BAG_N_THREAT_FLAGS] = {
    [BAG_THREAT_FLAG_HIGH_THREAT] = "HIGH_THREAT",
    [BAG_THREAT_FLAG_THREAT] = "THREAT",
    [BAG_THREAT_FLAG_UNKNOWN] = "UNKNOWN",
    [BAG_THREAT_FLAG_NO_THREAT] = "NO_THREAT",
  };

  g_return_val_if_fail ((guint) flag < BAG_N_THREAT_FLAGS, NULL);

  return names[flag];
}

/**
 * bag_report_assessment_new:
 *
 * Returns: (transfer full): an opinion that says nothing
 */
BagReportAssessment *
bag_report_assessment_new (void)
{
  BagReportAssessment *self = g_new0 (BagReportAssessment, 1);

  self->flag = BAG_THREAT_FLAG_UNKNOWN;
  self->category = g_strdup ("");
  self->text = g_strdup ("");
  self->ability = g_strdup ("");
  self->probability = NAN;

  return self;
}

static void
assessment_free (gpointer data)
{
  BagReportAssessment *self = data;

  g_free (self->category);
  g_free (self->text);
  g_free (self->ability);
  g_free (self);
}

/**
 * bag_report_place_new:
 *
 * Returns: (transfer full): a place that is not known
 */
BagReportPlace *
bag_report_place_new (void)
{
  BagReportPlace *self = g_new0 (BagReportPlace, 1);

  self->instances = g_ptr_array_new_with_free_func (g_free);
  self->mass = self->density = self->z_effective = self->volume_cc = NAN;
  self->location = g_strdup ("");

  return self;
}

static void
place_free (gpointer data)
{
  BagReportPlace *self = data;

  g_ptr_array_unref (self->instances);
  g_clear_pointer (&self->mask, g_bytes_unref);
  g_free (self->location);
  g_free (self);
}

/**
 * bag_report_object_new:
 *
 * Returns: (transfer full): an object without places and opinions
 */
BagReportObject *
bag_report_object_new (void)
{
  BagReportObject *self = g_new0 (BagReportObject, 1);

  self->places = g_ptr_array_new_with_free_func (place_free);
  self->assessments = g_ptr_array_new_with_free_func (assessment_free);

  return self;
}

static void
object_free (gpointer data)
{
  BagReportObject *self = data;

  g_ptr_array_unref (self->places);
  g_ptr_array_unref (self->assessments);
  g_free (self);
}

/**
 * bag_report_object_get_gravest:
 * @self: an object
 *
 * Returns: (transfer none) (nullable): of all opinions the one with the gravest
 *   flag, and of those the one that is given the greatest probability
 */
const BagReportAssessment *
bag_report_object_get_gravest (const BagReportObject *self)
{
  const BagReportAssessment *gravest = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->assessments->len; i++)
    {
      const BagReportAssessment *one = g_ptr_array_index (self->assessments, i);
      gboolean is_surer = gravest != NULL && one->flag == gravest->flag && (one->probability > gravest->probability || (isnan (gravest->probability) && !isnan (one->probability)));

      if (gravest == NULL || one->flag < gravest->flag || is_surer)
        gravest = one;
    }

  return gravest;
}

/**
 * bag_report_new:
 *
 * Returns: (transfer full): a report that says nothing; one reference
 */
BagReport *
bag_report_new (void)
{
  BagReport *self = g_new0 (BagReport, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->name = g_strdup ("");
  for (guint i = 0; i < BAG_N_REPORT_TEXTS; i++)
    self->texts[i] = g_strdup ("");
  self->instances = g_ptr_array_new_with_free_func (g_free);
  self->objects = g_ptr_array_new_with_free_func (object_free);
  self->warnings = g_ptr_array_new_with_free_func ((GDestroyNotify) bag_note_free);

  return self;
}

/**
 * bag_report_ref:
 * @self: a report
 *
 * Returns: (transfer full): @self
 */
BagReport *
bag_report_ref (BagReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * bag_report_unref:
 * @self: (transfer full): a report
 */
void
bag_report_unref (BagReport *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->name);
  for (guint i = 0; i < BAG_N_REPORT_TEXTS; i++)
    g_free (self->texts[i]);
  g_ptr_array_unref (self->instances);
  g_ptr_array_unref (self->objects);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * bag_report_get_text:
 * @self: a report
 * @text: which text
 *
 * Returns: (transfer none): what the report says there, "" when nothing
 */
const char *
bag_report_get_text (const BagReport *self, BagReportText text)
{
  g_return_val_if_fail (self != NULL && (guint) text < BAG_N_REPORT_TEXTS, NULL);

  return self->texts[text];
}

/**
 * bag_report_set_text:
 * @self: a report on its way
 * @text: which text
 * @value: (nullable): what the report says there; made harmless here
 */
void
bag_report_set_text (BagReport *self, BagReportText text, const char *value)
{
  g_return_if_fail (self != NULL && (guint) text < BAG_N_REPORT_TEXTS);

  g_free (self->texts[text]);
  self->texts[text] = bag_text_sanitize (value, -1);
}

/**
 * bag_report_add_warning:
 * @self: a report on its way
 * @name: kebab-case name
 * @format: printf format of the words
 *
 * Appends a warning. Warnings beyond %BAG_MAX_NOTES are dropped.
 */
void
bag_report_add_warning (BagReport *self, const char *name, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  g_return_if_fail (self != NULL && name != NULL);

  if (self->warnings->len >= BAG_MAX_NOTES)
    return;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_ptr_array_add (self->warnings, bag_note_new (name, text));
}
