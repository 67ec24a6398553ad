/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-status-bar"

#include "config.h"

#include "widgets/bag-status-bar.h"

#include "widgets/bag-go-to-popover.h"
#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

/**
 * BagStatusBar:
 *
 * The line below the picture: which slice this is on the left, which alarm is on
 * it, the value under the pointer on the right. A button beside the slice asks for another one.
 */
struct _BagStatusBar
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;

  /* Template */
  GtkWidget *bar;
  GtkMenuButton *go_to;
  GtkLabel *status;
  GtkLabel *alarm;
  GtkLabel *probe;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagStatusBar, bag_status_bar, GTK_TYPE_WIDGET)

static gboolean
is_positive (GObject *object, guint number)
{
  return number > 0;
}

static void
bag_status_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_STATUS_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_status_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_status_bar_set_session (BAG_STATUS_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_status_bar_dispose (GObject *object)
{
  BagStatusBar *self = BAG_STATUS_BAR (object);

  if (self->go_to != NULL)
    gtk_menu_button_set_popover (self->go_to, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_STATUS_BAR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_status_bar_parent_class)->dispose (object);
}

static void
bag_status_bar_class_init (BagStatusBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_status_bar_get_property;
  object_class->set_property = bag_status_bar_set_property;
  object_class->dispose = bag_status_bar_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BAG_TYPE_GO_TO_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-status-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BagStatusBar, bar);
  gtk_widget_class_bind_template_child (widget_class, BagStatusBar, go_to);
  gtk_widget_class_bind_template_child (widget_class, BagStatusBar, status);
  gtk_widget_class_bind_template_child (widget_class, BagStatusBar, alarm);
  gtk_widget_class_bind_template_child (widget_class, BagStatusBar, probe);
  gtk_widget_class_bind_template_callback (widget_class, is_positive);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "statusline");
}

static void
bag_status_bar_init (BagStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bag_named_label_set_name (self->status, _ ("Status"));
  bag_named_label_set_name (self->alarm, _ ("Alarm"));
  bag_named_label_set_name (self->probe, _ ("Value under the pointer"));
}

/**
 * bag_status_bar_new:
 *
 * Returns: (transfer full): a status bar without a session
 */
GtkWidget *
bag_status_bar_new (void)
{
  return g_object_new (BAG_TYPE_STATUS_BAR, NULL);
}

/**
 * bag_status_bar_get_session:
 *
 * Returns: (transfer none) (nullable): whose figures are shown
 */
BagSession *
bag_status_bar_get_session (BagStatusBar *self)
{
  g_return_val_if_fail (BAG_IS_STATUS_BAR (self), NULL);

  return self->session;
}

/**
 * bag_status_bar_set_session:
 * @session: (nullable): whose figures to show
 */
void
bag_status_bar_set_session (BagStatusBar *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_STATUS_BAR (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/**
 * bag_status_bar_ask_for_slice:
 *
 * Opens the entry for a slice number.
 */
void
bag_status_bar_ask_for_slice (BagStatusBar *self)
{
  g_return_if_fail (BAG_IS_STATUS_BAR (self));

  gtk_menu_button_popup (self->go_to);
}
