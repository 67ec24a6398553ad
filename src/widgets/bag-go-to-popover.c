/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-go-to-popover"

#include "config.h"

#include "widgets/bag-go-to-popover.h"

#include <glib/gi18n.h>

/**
 * BagGoToPopover:
 *
 * Asks for the number of a slice and shows that slice. A number that the bag
 * does not have is marked and stays, to be mended.
 */
struct _BagGoToPopover
{
  GtkPopover parent_instance;

  /* Owned */
  BagSession *session;

  /* Template */
  GtkEntry *entry;
  GtkLabel *total;
};

enum
{
  PROP_0,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagGoToPopover, bag_go_to_popover, GTK_TYPE_POPOVER)

static void
on_changed (BagGoToPopover *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->entry), "error");
}

static void
on_activate (BagGoToPopover *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  guint n_slices = self->session != NULL ? bag_session_get_n_slices (self->session) : 0;
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, n_slices > 0 ? n_slices : 1, &number, NULL) || n_slices == 0)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->entry), "error");
      gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
      return;
    }

  bag_session_set_slice_index (self->session, (guint) number - 1);
  gtk_popover_popdown (GTK_POPOVER (self));
}

/* The entry starts with the slice on screen, selected: typing replaces it. */
static void
on_show (BagGoToPopover *self)
{
  g_autofree char *number = NULL;
  g_autofree char *total = NULL;

  if (self->session == NULL)
    return;

  number = g_strdup_printf ("%u", bag_session_get_slice_index (self->session) + 1);
  /* Translators: after an entry for a slice number: "of 600" */
  total = g_strdup_printf (_ ("of %u"), bag_session_get_n_slices (self->session));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), number);
  gtk_label_set_label (self->total, total);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
bag_go_to_popover_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    g_value_set_object (value, BAG_GO_TO_POPOVER (object)->session);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_go_to_popover_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_SESSION)
    bag_go_to_popover_set_session (BAG_GO_TO_POPOVER (object), g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_go_to_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAG_TYPE_GO_TO_POPOVER);
  g_clear_object (&BAG_GO_TO_POPOVER (object)->session);

  G_OBJECT_CLASS (bag_go_to_popover_parent_class)->dispose (object);
}

static void
bag_go_to_popover_class_init (BagGoToPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_go_to_popover_get_property;
  object_class->set_property = bag_go_to_popover_set_property;
  object_class->dispose = bag_go_to_popover_dispose;

  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, BAG_TYPE_SESSION, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-go-to-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BagGoToPopover, entry);
  gtk_widget_class_bind_template_child (widget_class, BagGoToPopover, total);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_show);
}

static void
bag_go_to_popover_init (BagGoToPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * bag_go_to_popover_new:
 *
 * Returns: (transfer full): a popover without a session
 */
GtkWidget *
bag_go_to_popover_new (void)
{
  return g_object_new (BAG_TYPE_GO_TO_POPOVER, NULL);
}

/**
 * bag_go_to_popover_get_session:
 *
 * Returns: (transfer none) (nullable): whose slices are asked for
 */
BagSession *
bag_go_to_popover_get_session (BagGoToPopover *self)
{
  g_return_val_if_fail (BAG_IS_GO_TO_POPOVER (self), NULL);

  return self->session;
}

/**
 * bag_go_to_popover_set_session:
 * @session: (nullable): whose slices to ask for
 */
void
bag_go_to_popover_set_session (BagGoToPopover *self, BagSession *session)
{
  g_return_if_fail (BAG_IS_GO_TO_POPOVER (self));
  g_return_if_fail (session == NULL || BAG_IS_SESSION (session));

  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}
