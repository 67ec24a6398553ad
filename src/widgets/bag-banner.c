/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-banner"

#include "config.h"

#include "widgets/bag-banner.h"

#include <glib/gi18n.h>

/**
 * BagBanner:
 *
 * A bar above the picture that says in words what went wrong, or what is odd
 * about the scan. It shows the first line of its text and how many more there
 * are; a button unfolds them. It is there as long as its text is not empty.
 *
 * Signals: "closed": the operator has read it. Who set the text takes it away.
 */
struct _BagBanner
{
  GtkWidget parent_instance;

  /* Owned */
  char *text;
  BagBannerKind kind;

  /* Template */
  GtkWidget *bar;
  GtkImage *icon;
  GtkLabel *label;
  GtkToggleButton *more;
  GtkButton *offer;
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_ENUM_TYPE (BagBannerKind,
                    bag_banner_kind,
                    G_DEFINE_ENUM_VALUE (BAG_BANNER_ERROR, "error"),
                    G_DEFINE_ENUM_VALUE (BAG_BANNER_WARNING, "warning"))

G_DEFINE_FINAL_TYPE (BagBanner, bag_banner, GTK_TYPE_WIDGET)

static gboolean
has_text (BagBanner *self)
{
  return self->text != NULL && *self->text != '\0';
}

static void
update_label (BagBanner *self)
{
  gboolean unfolded = gtk_toggle_button_get_active (self->more);
  g_autofree char *summary = bag_banner_summarize (self->text != NULL ? self->text : "");

  gtk_label_set_label (self->label, unfolded ? self->text : summary);
  gtk_button_set_label (GTK_BUTTON (self->more), unfolded ? _ ("Less") : _ ("More"));
}

/* Without a revealer: what is wrong is there at once, whole. */
static void
update (BagBanner *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->more), has_text (self) && strchr (self->text, '\n') != NULL);
  if (has_text (self))
    update_label (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, has_text (self) ? self->text : "", -1);
  gtk_widget_set_visible (self->bar, has_text (self));
}

static void
update_kind (BagBanner *self)
{
  gboolean is_error = self->kind == BAG_BANNER_ERROR;

  gtk_image_set_from_icon_name (self->icon, is_error ? "dialog-error-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (self->bar, is_error ? "warning" : "error");
  gtk_widget_add_css_class (self->bar, is_error ? "error" : "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, is_error ? _ ("Message") : _ ("Notice"), -1);
}

static void
on_close_clicked (BagBanner *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
on_more_toggled (BagBanner *self)
{
  if (has_text (self))
    update_label (self);
}

static GtkSizeRequestMode
bag_banner_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A GtkBox that aligns a wrapped text with buttons by their baselines asks for less height
 * when it does not know its width than it needs at any width. So it is always told one. */
static void
bag_banner_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  GtkWidget *bar = BAG_BANNER (widget)->bar;

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0)
    gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (bar, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
bag_banner_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (BAG_BANNER (widget)->bar, width, height, -1, NULL);
}

static void
bag_banner_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  BagBanner *self = BAG_BANNER (object);

  switch (prop_id)
    {
    case PROP_KIND:
      g_value_set_enum (value, self->kind);
      break;
    case PROP_TEXT:
      g_value_set_string (value, self->text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_banner_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  BagBanner *self = BAG_BANNER (object);

  switch (prop_id)
    {
    case PROP_KIND:
      bag_banner_set_kind (self, (BagBannerKind) g_value_get_enum (value));
      break;
    case PROP_TEXT:
      bag_banner_set_text (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bag_banner_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAG_TYPE_BANNER);

  G_OBJECT_CLASS (bag_banner_parent_class)->dispose (object);
}

static void
bag_banner_finalize (GObject *object)
{
  g_clear_pointer (&BAG_BANNER (object)->text, g_free);

  G_OBJECT_CLASS (bag_banner_parent_class)->finalize (object);
}

static void
bag_banner_class_init (BagBannerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bag_banner_get_property;
  object_class->set_property = bag_banner_set_property;
  object_class->dispose = bag_banner_dispose;
  object_class->finalize = bag_banner_finalize;

  widget_class->get_request_mode = bag_banner_get_request_mode;
  widget_class->measure = bag_banner_measure;
  widget_class->size_allocate = bag_banner_size_allocate;

  properties[PROP_KIND] = g_param_spec_enum ("kind", NULL, NULL, BAG_TYPE_BANNER_KIND, BAG_BANNER_ERROR, flags);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CLOSED] = g_signal_new ("closed", BAG_TYPE_BANNER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, BagBanner, bar);
  gtk_widget_class_bind_template_child (widget_class, BagBanner, icon);
  gtk_widget_class_bind_template_child (widget_class, BagBanner, label);
  gtk_widget_class_bind_template_child (widget_class, BagBanner, more);
  gtk_widget_class_bind_template_child (widget_class, BagBanner, offer);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_more_toggled);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
bag_banner_init (BagBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update_kind (self);
}

/**
 * bag_banner_new:
 * @kind: how grave it is
 *
 * Returns: (transfer full): a banner without text, hence not to be seen
 */
GtkWidget *
bag_banner_new (BagBannerKind kind)
{
  return g_object_new (BAG_TYPE_BANNER, "kind", kind, NULL);
}

/**
 * bag_banner_get_text:
 *
 * Returns: (transfer none) (nullable): what the banner says
 */
const char *
bag_banner_get_text (BagBanner *self)
{
  g_return_val_if_fail (BAG_IS_BANNER (self), NULL);

  return self->text;
}

/**
 * bag_banner_set_text:
 * @text: (nullable): what to say, one matter a line
 */
void
bag_banner_set_text (BagBanner *self, const char *text)
{
  g_return_if_fail (BAG_IS_BANNER (self));

  if (g_strcmp0 (self->text, text) == 0)
    return;

  g_free (self->text);
  self->text = g_strdup (text);
  gtk_toggle_button_set_active (self->more, FALSE);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

/**
 * bag_banner_set_offer:
 * @label: (nullable): what a button in the banner says; %NULL for no button
 * @action: (nullable): the action that it activates
 *
 * A way out of what the text says.
 */
void
bag_banner_set_offer (BagBanner *self, const char *label, const char *action)
{
  g_return_if_fail (BAG_IS_BANNER (self));

  gtk_button_set_label (self->offer, label != NULL ? label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->offer), label != NULL ? action : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->offer), label != NULL);
}

/**
 * bag_banner_get_kind:
 *
 * Returns: how grave it is
 */
BagBannerKind
bag_banner_get_kind (BagBanner *self)
{
  g_return_val_if_fail (BAG_IS_BANNER (self), BAG_BANNER_ERROR);

  return self->kind;
}

/**
 * bag_banner_set_kind:
 * @kind: how grave it is
 */
void
bag_banner_set_kind (BagBanner *self, BagBannerKind kind)
{
  g_return_if_fail (BAG_IS_BANNER (self));

  if (self->kind == kind)
    return;

  self->kind = kind;
  update_kind (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);
}

/**
 * bag_banner_summarize:
 * @text: one or more lines
 *
 * Returns: (transfer full): the first line, and how many follow
 */
char *
bag_banner_summarize (const char *text)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *others = NULL;
  guint n_others;

  g_return_val_if_fail (text != NULL, NULL);

  lines = g_strsplit (text, "\n", -1);
  if (g_strv_length (lines) < 2)
    return g_strdup (text);

  n_others = g_strv_length (lines) - 1;
  others = g_strdup_printf (ngettext ("and %u more", "and %u more", n_others), n_others);

  return g_strdup_printf ("%s (%s)", lines[0], others);
}
