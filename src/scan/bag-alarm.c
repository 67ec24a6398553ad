/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm"

#include "config.h"

#include "scan/bag-alarm.h"

#include <glib/gi18n.h>

#include <math.h>

struct _BagAlarm
{
  GObject parent_instance;

  /* Owned */
  BagReport *report;

  /* Borrowed from the report */
  const BagReportObject *object;
  const BagReportPlace *place;           /* NULL when it has none in the scan */
  const BagReportAssessment *assessment; /* the gravest one, or NULL */

  BagAlarmBox box;
  gboolean has_box;
  gboolean is_linked;
};

G_DEFINE_FINAL_TYPE (BagAlarm, bag_alarm, G_TYPE_OBJECT)

static void
bag_alarm_finalize (GObject *object)
{
  BagAlarm *self = BAG_ALARM (object);

  g_clear_pointer (&self->report, bag_report_unref);

  G_OBJECT_CLASS (bag_alarm_parent_class)->finalize (object);
}

static void
bag_alarm_class_init (BagAlarmClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bag_alarm_finalize;
}

static void
bag_alarm_init (BagAlarm *self)
{
}

/**
 * bag_alarm_new:
 * @report: (transfer none): a report; not changed any more
 * @object: one of its objects, from 0
 * @place: (nullable): one of the places of that object
 * @box: (nullable): where that is in the scan; %NULL when it cannot be drawn
 * @is_linked: whether the report is known to be about that very scan
 *
 * Returns: (transfer full): the alarm
 */
BagAlarm *
bag_alarm_new (BagReport *report, guint object, const BagReportPlace *place, const BagAlarmBox *box, gboolean is_linked)
{
  BagAlarm *self = NULL;

  g_return_val_if_fail (report != NULL && object < report->objects->len, NULL);

  self = g_object_new (BAG_TYPE_ALARM, NULL);
  self->report = bag_report_ref (report);
  self->object = g_ptr_array_index (report->objects, object);
  self->place = place;
  self->assessment = bag_report_object_get_gravest (self->object);
  self->has_box = box != NULL;
  if (box != NULL)
    self->box = *box;
  self->is_linked = is_linked;

  return self;
}

/**
 * bag_alarm_get_report:
 *
 * Returns: (transfer none): the report that it stands in
 */
BagReport *
bag_alarm_get_report (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  return self->report;
}

/**
 * bag_alarm_get_object:
 *
 * Returns: (transfer none): the object
 */
const BagReportObject *
bag_alarm_get_object (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  return self->object;
}

/**
 * bag_alarm_get_place:
 *
 * Returns: (transfer none) (nullable): its place as the report gives it
 */
const BagReportPlace *
bag_alarm_get_place (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  return self->place;
}

/**
 * bag_alarm_get_assessment:
 *
 * Returns: (transfer none) (nullable): the gravest opinion about the object
 */
const BagReportAssessment *
bag_alarm_get_assessment (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  return self->assessment;
}

/**
 * bag_alarm_get_box:
 *
 * Returns: (transfer none) (nullable): where it lies in the scan; %NULL when it
 *   cannot be drawn
 */
const BagAlarmBox *
bag_alarm_get_box (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  return self->has_box ? &self->box : NULL;
}

/**
 * bag_alarm_get_flag:
 *
 * Returns: the gravest flag of the object
 */
BagThreatFlag
bag_alarm_get_flag (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), BAG_THREAT_FLAG_UNKNOWN);

  return self->assessment != NULL ? self->assessment->flag : BAG_THREAT_FLAG_UNKNOWN;
}

/**
 * bag_alarm_is_linked:
 *
 * Returns: whether the report is known to be about this very scan
 */
gboolean
bag_alarm_is_linked (BagAlarm *self)
{
  g_return_val_if_fail (BAG_IS_ALARM (self), FALSE);

  return self->is_linked;
}

/**
 * bag_alarm_format:
 *
 * Returns: (transfer full): flag, category, and probability where it is given,
 *   such as "THREAT EXPLOSIVE 91 %"
 */
char *
bag_alarm_format (BagAlarm *self)
{
  GString *text = NULL;

  g_return_val_if_fail (BAG_IS_ALARM (self), NULL);

  text = g_string_new (bag_threat_flag_get_name (bag_alarm_get_flag (self)));
  if (self->assessment != NULL && *self->assessment->category != '\0')
    g_string_append_printf (text, " %s", self->assessment->category);
  if (self->assessment != NULL && !isnan (self->assessment->probability))
    g_string_append_printf (text, " %.0f %%", self->assessment->probability * 100);
  if (!self->is_linked)
    g_string_append_printf (text, " · %s", _ ("unlinked"));

  return g_string_free (text, FALSE);
}

static double
get_probability (BagAlarm *self)
{
  return self->assessment == NULL || isnan (self->assessment->probability) ? -1 : self->assessment->probability;
}

/**
 * bag_alarm_compare:
 *
 * Returns: negative when @a comes first: by flag, and only then by probability
 */
int
bag_alarm_compare (BagAlarm *a, BagAlarm *b)
{
  int result = (int) bag_alarm_get_flag (a) - (int) bag_alarm_get_flag (b);
  double first = get_probability (a);
  double second = get_probability (b);

  return result != 0 ? result : (first < second) - (first > second);
}
