/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-alarm-list"

#include "config.h"

#include "widgets/bag-alarm-list.h"

#include "widgets/bag-alarm-row.h"
#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

/**
 * BagAlarmList:
 *
 * What the threat reports about the bag say: their decision, as theirs, and a row
 * for each alarm that leads to its middle slice. There only when there is a report.
 */
struct _BagAlarmList
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;

  /* Template */
  GtkWidget *box;
  GtkLabel *report;
  GtkScrolledWindow *scroller;
  GtkListBox *list;
  GtkLabel *more;
};

/* Each row is some widgets; what lies beyond is reached by the keys. */
#define MOST_ROWS 200u
#define MOST_HEIGHT 260
#define LIKELY_WIDTH 280

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagAlarmList, bag_alarm_list, GTK_TYPE_WIDGET)

static void
scroll_to (BagAlarmList *self, GtkListBoxRow *row)
{
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (self->scroller), bounds.origin.y, bounds.origin.y + bounds.size.height);
}

static void
update_selection (BagAlarmList *self)
{
  guint index = self->session != NULL ? bag_session_get_alarm_index (self->session) : BAG_SESSION_NO_ALARM;
  GtkListBoxRow *row = index < MOST_ROWS ? gtk_list_box_get_row_at_index (self->list, (int) index) : NULL;

  gtk_list_box_select_row (self->list, row);
  if (row != NULL)
    scroll_to (self, row);
}

static void
update_report (BagAlarmList *self)
{
  const char *text = self->session != NULL ? bag_session_get_report_text (self->session) : NULL;

  gtk_label_set_text (self->report, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
}

/* Panels at the side get the least height that they ask for: that has to be all of a
 * short list, and some of a long one. */
static void
update_height (BagAlarmList *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->list));
  int natural = 0;

  gtk_widget_measure (GTK_WIDGET (self->list), GTK_ORIENTATION_VERTICAL, width > 0 ? width : LIKELY_WIDTH, NULL, &natural, NULL, NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (natural, MOST_HEIGHT));
}

static void
update_more (BagAlarmList *self, guint n_alarms)
{
  guint n_more = n_alarms - MIN (n_alarms, MOST_ROWS);
  g_autofree char *text = g_strdup_printf (ngettext ("%u more alarm: N and P lead to it", "%u more alarms: N and P lead to them", n_more), n_more);

  gtk_label_set_text (self->more, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n_more > 0);
}

static void
update_alarms (BagAlarmList *self)
{
  GListModel *alarms = self->session != NULL ? bag_session_get_alarms (self->session) : NULL;
  guint n_alarms = alarms != NULL ? g_list_model_get_n_items (alarms) : 0;
  g_autoptr (GtkSliceListModel) rows = gtk_slice_list_model_new (alarms != NULL ? g_object_ref (alarms) : NULL, 0, MOST_ROWS);

  gtk_list_box_bind_model (self->list, G_LIST_MODEL (rows), bag_alarm_row_new, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->scroller), n_alarms > 0);
  update_height (self);
  update_more (self, n_alarms);
  update_selection (self);
}

static void
on_row_activated (BagAlarmList *self, GtkListBoxRow *row)
{
  if (self->session != NULL)
    bag_session_select_alarm (self->session, (guint) gtk_list_box_row_get_index (row));
}

static void
bag_alarm_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_ALARM_LIST (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_alarm_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_alarm_list_set_session (BAG_ALARM_LIST (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_alarm_list_dispose (GObject *object)
{
  BagAlarmList *self = BAG_ALARM_LIST (object);

  g_clear_object (&self->session_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_ALARM_LIST);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_alarm_list_parent_class)->dispose (object);
}

static void
bag_alarm_list_class_init (BagAlarmListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_alarm_list_get_property;
  object_class->set_property = bag_alarm_list_set_property;
  object_class->dispose = bag_alarm_list_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-alarm-list.ui");
  gtk_widget_class_bind_template_child (widget_class, BagAlarmList, box);
  gtk_widget_class_bind_template_child (widget_class, BagAlarmList, report);
  gtk_widget_class_bind_template_child (widget_class, BagAlarmList, scroller);
  gtk_widget_class_bind_template_child (widget_class, BagAlarmList, list);
  gtk_widget_class_bind_template_child (widget_class, BagAlarmList, more);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "alarmlist");
}

static void
bag_alarm_list_init (BagAlarmList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bag_named_label_set_name (self->report, _ ("Report"));
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::alarms", G_CALLBACK (update_alarms), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::alarm-index", G_CALLBACK (update_selection), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::report-text", G_CALLBACK (update_report), self);
  update_report (self);
}

/**
 * bag_alarm_list_new:
 *
 * Returns: (transfer full): a list without a session
 */
GtkWidget *
bag_alarm_list_new (void)
{
  return g_object_new (BAG_TYPE_ALARM_LIST, NULL);
}

/**
 * bag_alarm_list_get_session:
 *
 * Returns: (transfer none) (nullable): whose alarms are listed
 */
BagSession *
bag_alarm_list_get_session (BagAlarmList *self)
{
  g_return_val_if_fail (BAG_IS_ALARM_LIST (self), NULL);

  return self->session;
}

/**
 * bag_alarm_list_set_session:
 * @session: (nullable): whose alarms to list
 */
void
bag_alarm_list_set_session (BagAlarmList *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_ALARM_LIST (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  update_alarms (self);
  update_report (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
