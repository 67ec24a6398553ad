/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-shield"

#include "config.h"

#include "widgets/bag-shield.h"

#include <glib/gi18n.h>

/**
 * BagShield:
 *
 * Says in shape and words how far the process that reads files is shut in.
 */
struct _BagShield
{
  GtkWidget parent_instance;

  /* Owned */
  char *isolation;

  /* Template */
  GtkWidget *box;
  GtkImage *image;
  GtkLabel *label;
};

enum
{
  PROP_0,
  PROP_ISOLATION,
  N_PROPS
};

typedef struct
{
  const char *isolation; /* NULL: not known */
  const char *icon, *words, *name, *tooltip;
} Saying;

/* The first is for what is not known. */
static const Saying sayings[] = {
  { NULL,
    "bagscope-shield-unknown-symbolic",
    N_ ("Not started"),
    N_ ("Decoder isolation: not started"),
    N_ ("The process that reads files has not started.") },
  { "full",
    "bagscope-shield-full-symbolic",
    N_ ("Isolated"),
    N_ ("Decoder isolation: full"),
    N_ ("Files are read by a process that reaches no network, no other file and no other process.") },
  { "seccomp",
    "bagscope-shield-seccomp-symbolic",
    N_ ("Seccomp only"),
    N_ ("Decoder isolation: seccomp only"),
    N_ ("Files are read by a process that may make few system calls. This system does not give it namespaces of its own (bubblewrap).") },
  { "off",
    "bagscope-shield-off-symbolic",
    N_ ("Not isolated"),
    N_ ("Decoder isolation: off"),
    N_ ("Files are read by a process that may do what you may do. Open only files that you trust, or start Bagscope without --isolation=off.") },
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BagShield, bag_shield, GTK_TYPE_WIDGET)

static const Saying *
find_saying (const char *isolation)
{
  for (guint i = 1; i < G_N_ELEMENTS (sayings); i++)
    if (g_strcmp0 (isolation, sayings[i].isolation) == 0)
      return &sayings[i];

  return &sayings[0];
}

static void
show_saying (BagShield *self)
{
  const Saying *saying = find_saying (self->isolation);
  gboolean is_off = g_strcmp0 (saying->isolation, "off") == 0;

  gtk_image_set_from_icon_name (self->image, saying->icon);
  gtk_label_set_text (self->label, _ (saying->words));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (saying->tooltip));
  if (is_off)
    gtk_widget_add_css_class (GTK_WIDGET (self), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (saying->name),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  _ (saying->tooltip),
                                  -1);
}

static void
bag_shield_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ISOLATION)
    g_value_set_string (value, BAG_SHIELD (object)->isolation);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_shield_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_ISOLATION)
    bag_shield_set_isolation (BAG_SHIELD (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bag_shield_dispose (GObject *object)
{
  BagShield *self = BAG_SHIELD (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (bag_shield_parent_class)->dispose (object);
}

static void
bag_shield_finalize (GObject *object)
{
  g_clear_pointer (&BAG_SHIELD (object)->isolation, g_free);

  G_OBJECT_CLASS (bag_shield_parent_class)->finalize (object);
}

static void
bag_shield_class_init (BagShieldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bag_shield_get_property;
  object_class->set_property = bag_shield_set_property;
  object_class->dispose = bag_shield_dispose;
  object_class->finalize = bag_shield_finalize;

  properties[PROP_ISOLATION] = g_param_spec_string ("isolation", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "shield");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
bag_shield_init (BagShield *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->image = g_object_new (GTK_TYPE_IMAGE, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  self->label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->image));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->label));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_saying (self);
}

/**
 * bag_shield_new:
 *
 * Returns: (transfer full): a shield that knows nothing
 */
GtkWidget *
bag_shield_new (void)
{
  return g_object_new (BAG_TYPE_SHIELD, NULL);
}

/**
 * bag_shield_get_isolation:
 *
 * Returns: (transfer none) (nullable): what it says
 */
const char *
bag_shield_get_isolation (BagShield *self)
{
  g_return_val_if_fail (BAG_IS_SHIELD (self), NULL);

  return self->isolation;
}

/**
 * bag_shield_set_isolation:
 * @isolation: (nullable): "full", "seccomp" or "off"; %NULL: not known
 */
void
bag_shield_set_isolation (BagShield *self, const char *isolation)
{
  g_return_if_fail (BAG_IS_SHIELD (self));

  if (g_strcmp0 (self->isolation, isolation) == 0)
    return;

  g_free (self->isolation);
  self->isolation = g_strdup (isolation);
  show_saying (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ISOLATION]);
}
