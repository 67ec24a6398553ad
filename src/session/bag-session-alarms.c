/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-session"

#include "config.h"

#include "session/bag-session-private.h"

#include "session/bag-alarm-text.h"

/* The alarms of the bag on screen: which one was gone to last, and what is said
 * about those on the slice that is wanted. */

static guint
get_n_alarms (BagSession *self)
{
  return self->scan != NULL ? g_list_model_get_n_items (bag_scan_get_alarms (self->scan)) : 0;
}

static BagAlarm *
get_alarm (BagSession *self, guint index)
{
  return g_list_model_get_item (bag_scan_get_alarms (self->scan), index);
}

static gboolean
is_on_slice (BagSession *self, guint index)
{
  g_autoptr (BagAlarm) alarm = get_alarm (self, index);
  const BagAlarmBox *box = bag_alarm_get_box (alarm);

  return box != NULL && bag_alarm_box_covers (box, self->scan, self->slice_index);
}

/* The one gone to, where it is on the slice or nowhere; else the gravest on the slice.
 * Returns: how many are on the slice */
static guint
find_told (BagSession *self, guint *told)
{
  guint n_here = 0;

  *told = BAG_SESSION_NO_ALARM;
  for (guint i = 0; i < get_n_alarms (self); i++)
    if (is_on_slice (self, i))
      {
        n_here++;
        if (*told == BAG_SESSION_NO_ALARM || i == self->alarm_index)
          *told = i;
      }

  if (self->alarm_index != BAG_SESSION_NO_ALARM)
    {
      g_autoptr (BagAlarm) alarm = get_alarm (self, self->alarm_index);

      if (bag_alarm_get_box (alarm) == NULL)
        *told = self->alarm_index;
    }

  return n_here;
}

static char *
format_alarm_text (BagSession *self)
{
  guint told = BAG_SESSION_NO_ALARM;
  guint n_here = find_told (self, &told);
  g_autoptr (BagAlarm) alarm = told != BAG_SESSION_NO_ALARM ? get_alarm (self, told) : NULL;

  if (alarm == NULL)
    return g_strdup ("");

  return bag_format_alarm (alarm, told, get_n_alarms (self), n_here > 0 ? n_here - 1 : 0);
}

void
bag_session_update_alarm_text (BagSession *self)
{
  bag_session_set_text (self, &self->alarm_text, BAG_SESSION_PROP_ALARM_TEXT, format_alarm_text (self));
}

static void
set_alarm_index (BagSession *self, guint index)
{
  if (self->alarm_index == index)
    return;

  self->alarm_index = index;
  bag_session_notify (self, BAG_SESSION_PROP_ALARM_INDEX);
}

/* Of the scan that has just come on screen, or of none. */
void
bag_session_take_alarms (BagSession *self)
{
  char *text = self->scan != NULL ? bag_format_reports (bag_scan_get_reports (self->scan)) : NULL;

  set_alarm_index (self, BAG_SESSION_NO_ALARM);
  bag_session_notify (self, BAG_SESSION_PROP_ALARMS);
  bag_session_set_text (self, &self->report_text, BAG_SESSION_PROP_REPORT_TEXT, text);
  bag_session_update_alarm_text (self);
}

void
bag_session_get_alarm_property (BagSession *self, guint id, GValue *value)
{
  switch (id)
    {
    case BAG_SESSION_PROP_ALARMS:
      g_value_set_object (value, bag_session_get_alarms (self));
      break;
    case BAG_SESSION_PROP_ALARM_INDEX:
      g_value_set_uint (value, self->alarm_index);
      break;
    case BAG_SESSION_PROP_ALARM_TEXT:
      g_value_set_string (value, self->alarm_text);
      break;
    case BAG_SESSION_PROP_REPORT_TEXT:
      g_value_set_string (value, self->report_text);
      break;
    default:
      g_assert_not_reached ();
    }
}

/**
 * bag_session_get_alarms:
 *
 * Returns: (transfer none) (nullable): #BagAlarm of the bag on screen, the gravest first
 */
GListModel *
bag_session_get_alarms (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->scan != NULL ? bag_scan_get_alarms (self->scan) : NULL;
}

/**
 * bag_session_get_alarm_index:
 *
 * Returns: the alarm last gone to, from 0; %BAG_SESSION_NO_ALARM for none
 */
guint
bag_session_get_alarm_index (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), BAG_SESSION_NO_ALARM);

  return self->alarm_index;
}

/**
 * bag_session_get_alarm_text:
 *
 * Returns: (transfer none): which alarm is on the wanted slice, or ""
 */
const char *
bag_session_get_alarm_text (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->alarm_text;
}

/**
 * bag_session_get_report_text:
 *
 * Returns: (transfer none) (nullable): what the threat reports decided, one a line
 */
const char *
bag_session_get_report_text (BagSession *self)
{
  g_return_val_if_fail (BAG_IS_SESSION (self), NULL);

  return self->report_text;
}

/**
 * bag_session_select_alarm:
 * @index: an alarm in the list, from 0; nothing happens for another number
 *
 * Goes to the middle slice of an alarm. One without a place leaves the slice as it is.
 */
void
bag_session_select_alarm (BagSession *self, guint index)
{
  g_autoptr (BagAlarm) alarm = NULL;

  g_return_if_fail (BAG_IS_SESSION (self));

  if (index >= get_n_alarms (self))
    return;

  alarm = get_alarm (self, index);
  g_object_freeze_notify (G_OBJECT (self));
  set_alarm_index (self, index);
  if (bag_alarm_get_box (alarm) != NULL)
    bag_session_set_slice_index (self, bag_alarm_get_box (alarm)->middle_slice);
  bag_session_update_alarm_text (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bag_session_step_alarm:
 * @step: 1 for the next alarm of the list, -1 for the one before
 *
 * From the last one it goes on with the first.
 */
void
bag_session_step_alarm (BagSession *self, int step)
{
  guint n_alarms;
  guint index;

  g_return_if_fail (BAG_IS_SESSION (self));

  n_alarms = get_n_alarms (self);
  if (n_alarms == 0)
    return;

  index = self->alarm_index;
  if (index == BAG_SESSION_NO_ALARM)
    index = step > 0 ? n_alarms - 1 : 0;
  bag_session_select_alarm (self, step > 0 ? (index + 1) % n_alarms : (index + n_alarms - 1) % n_alarms);
}
