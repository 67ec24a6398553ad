/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bag-pool-warning"

#include "config.h"

#include "widgets/bag-pool-warning.h"

#include "session/bag-pool-pressure.h"

#include <glib/gi18n.h>

struct _BagPoolWarning
{
  GtkWidget parent_instance;

  guint64 machine_bytes;
  BagPoolPressure pressure; /* as it is said */

  /* Template */
  GtkWidget *content; /* bound so that the template's disposal takes it away */
  GtkLabel *cause;
  GtkLabel *remedy;
};

G_DEFINE_FINAL_TYPE (BagPoolWarning, bag_pool_warning, GTK_TYPE_WIDGET)

/* Shown after the words are there and hidden before they go: no half a text is read out. */
static void
say (BagPoolWarning *self)
{
  g_autofree char *cause = bag_pool_pressure_format_cause (&self->pressure);
  g_autofree char *remedy = bag_pool_pressure_format_remedy (&self->pressure);
  g_autofree char *text = cause != NULL ? g_strdup_printf ("%s. %s.", cause, remedy) : g_strdup ("");

  if (cause == NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_text (self->cause, cause != NULL ? cause : "");
  gtk_label_set_text (self->remedy, remedy != NULL ? remedy : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (cause != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
bag_pool_warning_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAG_TYPE_POOL_WARNING);

  G_OBJECT_CLASS (bag_pool_warning_parent_class)->dispose (object);
}

static void
bag_pool_warning_class_init (BagPoolWarningClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bag_pool_warning_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/bagscope/Bagscope/bag-pool-warning.ui");
  gtk_widget_class_bind_template_child (widget_class, BagPoolWarning, content);
  gtk_widget_class_bind_template_child (widget_class, BagPoolWarning, cause);
  gtk_widget_class_bind_template_child (widget_class, BagPoolWarning, remedy);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "poolwarning");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
bag_pool_warning_init (BagPoolWarning *self)
{
  self->machine_bytes = bag_pool_get_machine_bytes ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Memory warning"), -1);
}

/**
 * bag_pool_warning_new:
 *
 * Returns: (transfer floating): a warning that says nothing, hidden
 */
BagPoolWarning *
bag_pool_warning_new (void)
{
  return g_object_new (BAG_TYPE_POOL_WARNING, NULL);
}

/**
 * bag_pool_warning_update:
 * @stats: (transfer none): a snapshot
 * @n_slices: of the bag on screen; 0 for none
 * @budget: bytes that slices may take; 0 when that is not known
 *
 * Touches nothing while there is nothing else to say.
 */
void
bag_pool_warning_update (BagPoolWarning *self, const BagPoolStats *stats, guint n_slices, guint64 budget)
{
  BagPoolDemand demand = { n_slices, budget, 0 };
  BagPoolPressure next = { 0 };

  g_return_if_fail (BAG_IS_POOL_WARNING (self));
  g_return_if_fail (stats != NULL);

  demand.machine_bytes = self->machine_bytes;
  next = bag_pool_pressure_next (&self->pressure, stats, &demand);
  if (bag_pool_pressure_equal (&next, &self->pressure))
    return;

  self->pressure = next;
  say (self);
}
