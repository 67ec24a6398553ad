/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-opening-bar"

#include "config.h"

#include "widgets/bag-opening-bar.h"

#include "widgets/bag-named-label.h"

#include <glib/gi18n.h>

/**
 * BagOpeningBar:
 *
 * How far an opening is that takes a while, and a button that gives it up. It is not
 * seen while there is nothing to say.
 */
struct _BagOpeningBar
{
  GtkWidget parent_instance;

  /* Owned */
  BagSession *session;

  /* Template */
  GtkWidget *bar;
  GtkLabel *text;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagOpeningBar, bag_opening_bar, GTK_TYPE_WIDGET)

static gboolean
has_text (GObject *object, const char *text)
{
  return text != NULL && *text != '\0';
}

static void
bag_opening_bar_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_OPENING_BAR (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_opening_bar_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_opening_bar_set_session (BAG_OPENING_BAR (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_opening_bar_dispose (GObject *object)
{
  BagOpeningBar *self = BAG_OPENING_BAR (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), BAG_TYPE_OPENING_BAR);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (bag_opening_bar_parent_class)->dispose (object);
}

static void
bag_opening_bar_class_init (BagOpeningBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_opening_bar_get_property;
  object_class->set_property = bag_opening_bar_set_property;
  object_class->dispose = bag_opening_bar_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-opening-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, BagOpeningBar, bar);
  gtk_widget_class_bind_template_child (widget_class, BagOpeningBar, text);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "openingbar");
}

static void
bag_opening_bar_init (BagOpeningBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bag_named_label_set_name (self->text, _ ("Opening progress"));
}

/**
 * bag_opening_bar_new:
 *
 * Returns: (transfer full): an opening bar without a session
 */
GtkWidget *
bag_opening_bar_new (void)
{
  return g_object_new (BAG_TYPE_OPENING_BAR, NULL);
}

/**
 * bag_opening_bar_get_session:
 *
 * Returns: (transfer none) (nullable): whose openings are shown
 */
BagSession *
bag_opening_bar_get_session (BagOpeningBar *self)
{
  g_return_val_if_fail (BAG_IS_OPENING_BAR (self), NULL);

  return self->session;
}

/**
 * bag_opening_bar_set_session:
 * @session: (nullable): whose openings to show
 */
void
bag_opening_bar_set_session (BagOpeningBar *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_OPENING_BAR (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
