/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-widgets"

#include "config.h"

#include "widgets/bag-level-panel.h"

#include "render/bag-window-preset.h"

#include <glib/gi18n.h>
#include <math.h>

/* The window in numbers. The session holds them; the panel only shows and sets. */
struct _BagLevelPanel
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;
  GBindingGroup *bindings;
  GSignalGroup *session_signals;

  /* Template */
  GtkWidget *content;
  GtkLabel *units;
  GtkSpinButton *center;
  GtkSpinButton *width;
  GtkToggleButton *invert;
  GtkFlowBox *presets;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagLevelPanel, bag_level_panel, GTK_TYPE_WIDGET)

#define MOST_DIGITS 6

/* Digits after the point that tell neighbouring values of the scan apart. */
static guint
get_digits (BagScan *scan)
{
  double slope = scan != NULL ? fabs (bag_scan_get_slot_scale (scan, 0).slope) : 1;

  if (!(isfinite (slope) && slope > 0 && slope < 1))
    return 0;

  return (guint) MIN (ceil (-log10 (slope)), MOST_DIGITS);
}

/* A width below 1 has to be seen, and not be rounded away. */
static guint
get_width_digits (BagSession *session)
{
  BagWindowLevel window = { 0, BAG_WINDOW_MIN_WIDTH, BAG_VOI_FUNCTION_LINEAR };

  if (session != NULL)
    bag_session_get_scan_window (session, &window);

  return window.width < 1 ? (guint) MIN (ceil (-log10 (window.width)) + 1, MOST_DIGITS) : 0;
}

static void
set_precision (GtkSpinButton *button,
               guint digits)
{
  double step = pow (10, -(double) digits);

  gtk_spin_button_set_digits (button, digits);
  gtk_spin_button_set_increments (button, 10 * step, 100 * step);
}

static void
bag_level_panel_update_scan (BagLevelPanel *self)
{
  BagScan *scan = self->session != NULL ? bag_session_get_scan (self->session) : NULL;
  guint digits = get_digits (scan);

  gtk_widget_set_sensitive (self->content, scan != NULL);
  gtk_label_set_text (self->units, scan != NULL ? bag_scan_get_units (scan) : "");
  set_precision (self->center, digits);
  set_precision (self->width, MAX (digits, get_width_digits (self->session)));
}

/* How narrow a window may be is a matter of its function. */
static void
bag_level_panel_update_function (BagLevelPanel *self)
{
  BagWindowLevel window;

  if (self->session == NULL)
    return;

  bag_session_get_window (self->session, &window);
  gtk_adjustment_set_lower (gtk_spin_button_get_adjustment (self->width), bag_voi_function_get_min_width (window.function));
}

/* The limit goes first: the adjustment would hold the number back, and tell the session. */
static gboolean
width_to_adjustment (GBinding *binding,
                     const GValue *from,
                     GValue *to,
                     gpointer panel)
{
  bag_level_panel_update_function (panel);
  g_value_copy (from, to);

  return TRUE;
}

static void
on_auto_clicked (BagLevelPanel *self)
{
  if (self->session != NULL)
    bag_session_auto_window (self->session);
}

static void
on_reset_clicked (BagLevelPanel *self)
{
  if (self->session != NULL)
    bag_session_reset_window (self->session);
}

/* Whoever has typed a number wants to go on with slices: Enter takes it, Escape drops it, and
 * from then on keys are the window's again, where Page Down would change the number else. */
static gboolean
on_entry_key_pressed (GtkEventControllerKey *controller,
                      guint keyval,
                      guint keycode,
                      GdkModifierType state,
                      gpointer user_data)
{
  GtkWidget *entry = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  GtkSpinButton *button = GTK_SPIN_BUTTON (entry);

  if (keyval == GDK_KEY_Escape)
    gtk_spin_button_set_value (button, gtk_spin_button_get_value (button));
  else if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter)
    gtk_spin_button_update (button);
  else
    return GDK_EVENT_PROPAGATE;

  gtk_root_set_focus (gtk_widget_get_root (entry), NULL);

  return GDK_EVENT_STOP;
}

static void
add_entry_keys (GtkSpinButton *button)
{
  GtkEventController *controller = gtk_event_controller_key_new ();

  gtk_event_controller_set_name (controller, "bag-entry-keys");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (on_entry_key_pressed), NULL);
  gtk_widget_add_controller (GTK_WIDGET (button), controller);
}

/* A key of the presets' own is told with each: the accelerators are the numbers. */
static GtkWidget *
make_preset_button (guint number)
{
  const char *name = _ (bag_window_preset_get_name (number));
  GtkWidget *button = gtk_button_new_with_label (name);
  g_autofree char *tip = g_strdup_printf (_ ("Window preset %u"), number);

  gtk_widget_set_tooltip_text (button, tip);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "i", (gint32) number);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.window-preset");

  return button;
}

static void
bag_level_panel_add_presets (BagLevelPanel *self)
{
  for (guint number = 1; number <= BAG_N_WINDOW_PRESETS; number++)
    {
      gtk_flow_box_append (self->presets, make_preset_button (number));
      gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (self->presets, (int) number - 1)), FALSE);
    }
}

static void
bag_level_panel_get_property (GObject *object,
                              guint prop_id,
                              GValue *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_LEVEL_PANEL (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_level_panel_set_property (GObject *object,
                              guint prop_id,
                              const GValue *value,
                              GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_level_panel_set_session (BAG_LEVEL_PANEL (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_level_panel_dispose (GObject *object)
{
  BagLevelPanel *self = BAG_LEVEL_PANEL (object);

  if (self->bindings != NULL)
    g_binding_group_set_source (self->bindings, NULL);
  g_clear_object (&self->bindings);
  if (self->session_signals != NULL)
    g_signal_group_set_target (self->session_signals, NULL);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_LEVEL_PANEL);

  G_OBJECT_CLASS (bag_level_panel_parent_class)->dispose (object);
}

static void
bag_level_panel_class_init (BagLevelPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bag_level_panel_dispose;
  object_class->get_property = bag_level_panel_get_property;
  object_class->set_property = bag_level_panel_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "levelpanel");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-level-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, content);
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, units);
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, center);
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, width);
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, invert);
  gtk_widget_class_bind_template_child (widget_class, BagLevelPanel, presets);
  gtk_widget_class_bind_template_callback (widget_class, on_auto_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reset_clicked);
}

static void
bag_level_panel_bind (BagLevelPanel *self)
{
  const GBindingFlags flags = G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL;

  self->bindings = g_binding_group_new ();
  g_binding_group_bind (self->bindings, "window-center", gtk_spin_button_get_adjustment (self->center), "value", flags);
  g_binding_group_bind_full (self->bindings, "window-width", gtk_spin_button_get_adjustment (self->width), "value", flags, width_to_adjustment, NULL, self, NULL);
  g_binding_group_bind (self->bindings, "inverted", self->invert, "active", flags);

  self->session_signals = g_signal_group_new (BAG_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::scan", G_CALLBACK (bag_level_panel_update_scan), self);
  g_signal_group_connect_swapped (self->session_signals, "notify::window-function", G_CALLBACK (bag_level_panel_update_function), self);
}

static void
bag_level_panel_init (BagLevelPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Window"), -1);
  bag_level_panel_add_presets (self);
  add_entry_keys (self->center);
  add_entry_keys (self->width);
  bag_level_panel_bind (self);
  bag_level_panel_update_scan (self);
}

/**
 * bag_level_panel_new:
 *
 * Returns: (transfer floating): a panel without a session
 */
GtkWidget *
bag_level_panel_new (void)
{
  return g_object_new (BAG_TYPE_LEVEL_PANEL, NULL);
}

/**
 * bag_level_panel_get_session:
 *
 * Returns: (transfer none) (nullable): the session
 */
BagSession *
bag_level_panel_get_session (BagLevelPanel *self)
{
  g_return_val_if_fail (BAG_IS_LEVEL_PANEL (self), NULL);

  return self->session;
}

void
bag_level_panel_set_session (BagLevelPanel *self,
                             BagSession *session)
{
  g_return_if_fail (BAG_IS_LEVEL_PANEL (self));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  bag_level_panel_update_scan (self);
  g_binding_group_set_source (self->bindings, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
