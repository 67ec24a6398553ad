/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-budget-panel.h"

#include "session/bag-budget-scale.h"
#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

struct _BagBudgetPanel
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GSignalGroup *session_signals;

  /* Template */
  GtkWidget *content;
  GtkLabel *value;
  GtkScale *scale;
  GtkWidget *use_default;

  guint64 machine_bytes;
  gboolean is_pressed;  /* a button is down on the slider */
  gboolean is_updating; /* the slider is following the session */
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagBudgetPanel, bag_budget_panel, GTK_TYPE_WIDGET)

static guint
get_step (BagBudgetPanel *self)
{
  return (guint) gtk_range_get_value (GTK_RANGE (self->scale));
}

static void
show_value (BagBudgetPanel *self, guint64 bytes, gboolean is_default)
{
  g_autofree char *size = g_format_size_full (bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *machine = g_format_size_full (self->machine_bytes, G_FORMAT_SIZE_IEC_UNITS);
  g_autofree char *text = NULL;

  if (self->machine_bytes == G_MAXUINT64)
    text = g_strdup (size);
  else if (is_default)
    text = g_strdup_printf (_ ("%1$s of %2$s, default"), size, machine);
  else
    text = g_strdup_printf (_ ("%1$s of %2$s"), size, machine);

  gtk_label_set_text (self->value, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
}

/* The slider stands at the step nearest to a budget; the words tell it exactly. */
static void
follow_session (BagBudgetPanel *self)
{
  guint64 bytes = 0;

  gtk_widget_set_sensitive (self->content, self->session != NULL);
  if (self->session == NULL)
    return;

  bytes = bag_session_get_budget_in_force (self->session);
  self->is_updating = TRUE;
  gtk_range_set_value (GTK_RANGE (self->scale), bag_budget_scale_get_step (bytes, self->machine_bytes));
  self->is_updating = FALSE;
  show_value (self, bytes, bag_session_get_pool_budget (self->session) == 0);
  gtk_widget_set_sensitive (self->use_default, bag_session_get_pool_budget (self->session) != 0);
}

static void
apply (BagBudgetPanel *self)
{
  if (self->session != NULL)
    bag_session_set_pool_budget (self->session, bag_budget_scale_get_bytes (get_step (self), self->machine_bytes));
}

static void
on_value_changed (BagBudgetPanel *self)
{
  if (self->is_updating)
    return;

  if (self->is_pressed)
    show_value (self, bag_budget_scale_get_bytes (get_step (self), self->machine_bytes), FALSE);
  else
    apply (self);
}

/* Only when it moved: a click on the knob leaves a budget between two steps as it is. */
static void
on_released (BagBudgetPanel *self)
{
  guint64 bytes = self->session != NULL ? bag_session_get_budget_in_force (self->session) : 0;

  self->is_pressed = FALSE;
  if (get_step (self) != bag_budget_scale_get_step (bytes, self->machine_bytes))
    apply (self);
  else
    follow_session (self);
}

/* A gesture would lose the pointer to that of the slider: events are seen on their way down. */
static gboolean
on_event (BagBudgetPanel *self, GdkEvent *event)
{
  GdkEventType type = gdk_event_get_event_type (event);

  if (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN)
    self->is_pressed = TRUE;
  else if (self->is_pressed && (type == GDK_BUTTON_RELEASE || type == GDK_TOUCH_END || type == GDK_TOUCH_CANCEL))
    on_released (self);

  return GDK_EVENT_PROPAGATE;
}

static void
on_use_default_clicked (BagBudgetPanel *self)
{
  if (self->session != NULL)
    bag_session_set_pool_budget (self->session, 0);
}

static void
bag_budget_panel_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_BUDGET_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_budget_panel_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_budget_panel_set_session (BAG_BUDGET_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_budget_panel_dispose (GObject *object)
{
  BagBudgetPanel *self = BAG_BUDGET_PANEL (object);

  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_BUDGET_PANEL);

  G_OBJECT_CLASS (bag_budget_panel_parent_class)->dispose (object);
}

static void
bag_budget_panel_class_init (BagBudgetPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bag_budget_panel_dispose;
  object_class->get_property = bag_budget_panel_get_property;
  object_class->set_property = bag_budget_panel_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-budget-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BagBudgetPanel, content);
  gtk_widget_class_bind_template_child (widget_class, BagBudgetPanel, value);
  gtk_widget_class_bind_template_child (widget_class, BagBudgetPanel, scale);
  gtk_widget_class_bind_template_child (widget_class, BagBudgetPanel, use_default);
  gtk_widget_class_bind_template_callback (widget_class, on_value_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_use_default_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "budgetpanel");
}

static void
bag_budget_panel_init (BagBudgetPanel *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->machine_bytes = bag_pool_get_machine_bytes ();
  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::budget-in-force", G_CALLBACK (follow_session), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::pool-budget", G_CALLBACK (follow_session), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_range_set_range (GTK_RANGE (self->scale), 0, bag_budget_scale_get_n_steps (self->machine_bytes));
  bag_named_label_set_name (self->value, _ ("Budget in force"));

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self->scale), events);
  follow_session (self);
}

/**
 * bag_budget_panel_new:
 *
 * Returns: (transfer floating): a slider without a session
 */
GtkWidget *
bag_budget_panel_new (void)
{
  return g_object_new (BAG_TYPE_BUDGET_PANEL, NULL);
}

/**
 * bag_budget_panel_set_session:
 * @session: (nullable) (transfer none): whose budget to show and set
 */
void
bag_budget_panel_set_session (BagBudgetPanel *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_BUDGET_PANEL (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  follow_session (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
